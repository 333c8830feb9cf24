import type { Rule, Violation } from "../rule";
import { containersOf, type LocatedContainer } from "./support/containers";
import { imageName } from "./support/images";
import { FARGATE_GUIDE } from "./support/sources";
import { variablesWhere, wordsWhere } from "./support/texts";

/** The addresses of the instance metadata service. */
const ADDRESS = /169\.254\.169\.254|fd00:ec2::254/i;

/** Variables that tell AWS's SDKs how to reach the service; the one that turns it off is as it should be. */
const VARIABLE = /^AWS_EC2_METADATA_(?!DISABLED$)/;

/** What the AWS Load Balancer Controller asks the service for, unless it is told. */
const CONTROLLER_IMAGE = "aws-load-balancer-controller";
const CONTROLLER_ARGUMENTS = ["--aws-region", "--aws-vpc-id"];

export const instanceMetadata: Rule = {
  id: "instance-metadata",
  severity: "warning",
  title: "Pods do not ask the instance metadata service",
  reason: "pods on Fargate have no instance metadata",
  fix: "give the pods a role by their service account (IRSA), and write region, VPC and what else they ask for into their settings",
  source: FARGATE_GUIDE,
  check: (workload) =>
    containersOf(workload).flatMap((located) => [...addressViolations(located), ...controllerViolations(located)]),
};

function addressViolations(located: LocatedContainer): Violation[] {
  const words = wordsWhere(located, (word) => ADDRESS.test(word)).map(({ at, text }) => ({
    at,
    message: `${located.called} names ${ADDRESS.exec(text)?.[0]} in its command`,
  }));
  const variables = variablesWhere(located, (name, value) => ADDRESS.test(value) || VARIABLE.test(name)).map(
    ({ at, text }) => ({ at, message: `${located.called} is told of the service by the variable ${text}` }),
  );
  return [...words, ...variables];
}

function controllerViolations({ container, at, called }: LocatedContainer): Violation[] {
  if (imageName(container.image ?? "") !== CONTROLLER_IMAGE) {
    return [];
  }
  const missing = CONTROLLER_ARGUMENTS.filter((argument) => !container.args.some((each) => each.startsWith(argument)));
  return missing.length === 0
    ? []
    : [
        {
          at: [...at, "args"],
          message: `${called} is the AWS Load Balancer Controller without ${missing.join(" and ")}, which it then asks the service for`,
          fix: `add ${missing.join(" and ")} (values 'region' and 'vpcId' of the chart)`,
        },
      ];
}

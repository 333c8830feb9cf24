import * as v from "valibot";
import {
  type AppRunnerOptions,
  appRunnerAccountProblems,
  appRunnerNameProblems,
  appRunnerRegionProblems,
  appRunnerVpcProblems,
  appRunnerProblems as modelProblems,
} from "../../model/app-runner";
import { liesInZone } from "../../model/domain-name";
import { names } from "../../model/names";
import { ownValue } from "../../model/own-value";
import { roleStatementProblems } from "../../model/policy-statements";
import { type Problem, problemAt, quote, under } from "../../model/problem";
import { described, statement, text, names as texts } from "../pieces";
import { containerEntries, containerOf, imageRepositoryProblems } from "./containers";
import { missingProblem } from "./references";
import type { EcsSettings } from "./schema";

const service = v.strictObject({
  serviceName: v.exactOptional(
    described(text, "4 to 40 characters. Default: the name of the settings, - and the key."),
  ),
  container: described(v.strictObject(containerEntries), "What runs: one container with one port."),
  size: v.exactOptional(
    described(
      v.strictObject({ cpu: text, memory: text }),
      "CPU and memory of an instance, a pair that App Runner has. Default: the smallest that has what the container asks for.",
    ),
  ),
  scaling: v.exactOptional(
    v.strictObject({
      maxConcurrency: v.exactOptional(
        described(v.number(), "Requests at once for an instance, 1 to 200. Default: 100."),
      ),
      minSize: v.exactOptional(described(v.number(), "Instances that are kept, 1 to 25. Default: 1.")),
      maxSize: v.exactOptional(described(v.number(), "Instances at most. Default: 25.")),
    }),
  ),
  autoDeployments: v.exactOptional(
    described(v.boolean(), "Whether a new image under the same tag is deployed by itself. Default: false."),
  ),
  egress: v.exactOptional(
    described(v.picklist(["default", "vpc"]), "Where what the container sends goes. Default: default, the internet."),
  ),
  ingress: v.exactOptional(
    described(v.picklist(["public", "private"]), "Who may call it: everybody or the VPC alone. Default: public."),
  ),
  ipAddressType: v.exactOptional(described(v.picklist(["IPV4", "DUAL_STACK"]), "Default: IPV4.")),
  tracing: v.exactOptional(described(v.boolean(), "Whether the program may send traces to X-Ray. Default: false.")),
  kmsKeyArn: v.exactOptional(described(text, "Key that encrypts copies of image and settings. Default: AWS's own.")),
  secretKeyArns: v.exactOptional(described(texts, "KMS keys that encrypt the secrets, where they are not AWS's own.")),
  configurationName: v.exactOptional(
    described(text, "Name of the auto scaling and tracing configurations, 4 to 32 characters. Default: the service's."),
  ),
  domains: v.exactOptional(
    described(
      v.record(
        text,
        v.strictObject({
          enableWwwSubdomain: v.exactOptional(described(v.boolean(), "Whether www. leads there too. Default: false.")),
          zone: v.exactOptional(described(text, "Key of one of 'hostedZones', which gets the records. Default: none.")),
        }),
      ),
      "Domains of its own. Default: App Runner's alone.",
    ),
  ),
  webAcl: v.exactOptional(described(v.boolean(), "Whether that of 'webAcl' looks at requests first. Default: false.")),
  webAclArn: v.exactOptional(described(text, "ARN of another web ACL.")),
  policy: v.exactOptional(described(v.array(statement), "What the program may do in AWS. Default: nothing.")),
});

export const appRunnerSchema = described(v.record(text, service), "Services of AWS App Runner, by name.");

export type AppRunnerSettings = v.InferOutput<typeof service>;

/** Whether a service lies in the VPC, by what it sends or by who calls it. */
export function appRunnerUsesVpc({ egress, ingress }: AppRunnerSettings): boolean {
  return egress === "vpc" || ingress === "private";
}

/** Name of the service. */
export function appRunnerServiceName(app: string, key: string, { serviceName }: AppRunnerSettings): string {
  return serviceName ?? names.appRunnerService(app, key);
}

/**
 * The options as the model has them.
 *
 * @param urlOf URL of a repository by its key
 */
export function appRunnerOptions(settings: AppRunnerSettings, urlOf: (repository: string) => string): AppRunnerOptions {
  const {
    container,
    serviceName: _name,
    webAcl: _webAcl,
    webAclArn: _webAclArn,
    policy: _policy,
    ...options
  } = settings;
  return { ...options, container: containerOf(container, urlOf) };
}

/** What is wrong with them, seen from 'ecs'. */
export function appRunnerProblems(settings: EcsSettings): Problem[] {
  return under(
    "appRunner",
    Object.entries(settings.ecs.appRunner ?? {}).flatMap(([key, each]) => under(key, problemsOf(settings, key, each))),
  );
}

/** Stands for the URL of any repository of the account. */
const someRepository = (account = "111122223333") => `${account}.dkr.ecr.eu-west-1.amazonaws.com/repository`;

function problemsOf(settings: EcsSettings, key: string, each: AppRunnerSettings): Problem[] {
  const { name, region, account, ecs, network } = settings;
  const options = appRunnerOptions(each, () => someRepository(account));
  return [
    ...appRunnerNameProblems(appRunnerServiceName(name, key, each), options).map(({ at, message }) => ({
      at: at[0] === "serviceName" && each.serviceName === undefined ? [] : at,
      message,
    })),
    ...modelProblems(options),
    ...(account === undefined ? [] : appRunnerAccountProblems(options, account)),
    ...appRunnerVpcProblems(options, network === undefined ? undefined : "unknown"),
    ...imageRepositoryProblems([each.container], ecs.repositories).map(({ at, message }) => ({
      at: ["container", ...at.slice(1)],
      message,
    })),
    ...under("policy", roleStatementProblems(each.policy ?? [])),
    ...zoneProblems(each, ecs.hostedZones),
    ...webAclProblems(each, ecs.webAcl !== undefined),
    ...appRunnerRegionProblems(each.webAcl === true ? {} : each, region),
  ];
}

function zoneProblems({ domains = {} }: AppRunnerSettings, zones: EcsSettings["ecs"]["hostedZones"] = {}): Problem[] {
  return Object.entries(domains).flatMap(([domain, { zone }]) => {
    const { zoneName } = (zone === undefined ? undefined : ownValue(zones, zone)) ?? {};
    return problemAt(
      ["domains", domain, "zone"],
      zone === undefined
        ? undefined
        : zoneName === undefined
          ? missingProblem(`'zone' of domain ${quote(domain)}`, "hostedZones", zones, zone)
          : liesInZone(domain, zoneName)
            ? undefined
            : `domain ${quote(domain)} does not lie in zone ${quote(zone)}, ${quote(zoneName)}; name the zone that it lies in`,
    );
  });
}

function webAclProblems({ webAcl, webAclArn }: AppRunnerSettings, there: boolean): Problem[] {
  return [
    ...problemAt(
      ["webAcl"],
      webAcl !== true || there ? undefined : "'webAcl' is true, and there is no 'ecs.webAcl'; add webAcl: {}",
    ),
    ...problemAt(
      ["webAclArn"],
      webAcl !== true || webAclArn === undefined
        ? undefined
        : "'webAclArn' names another web ACL than 'webAcl' does; keep one",
    ),
  ];
}

import { EcrRegistryScanningConfiguration } from "@cdktf/provider-aws/lib/ecr-registry-scanning-configuration";
import { Construct } from "constructs";
import { type RegistryScanningOptions, registryScanningProblems, scanningRules } from "../../model/ecr-scanning";
import { refuse } from "../errors";

/**
 * How ECR scans the images of the whole account in one Region, those of pull through caches among them, which no
 * repository's own setting reaches. There is one such configuration, so that only one stack may have it; without it, ECR
 * goes back to basic scanning of what repositories say.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
 * @example
 * new RegistryScanning(this, "scanning", { type: "enhanced", continuous: ["shop/*"] });
 */
export class RegistryScanning extends Construct {
  constructor(scope: Construct, id: string, options: RegistryScanningOptions = {}) {
    super(scope, id);
    refuse(this, registryScanningProblems(options));
    new EcrRegistryScanningConfiguration(this, "scanning", {
      scanType: (options.type ?? "basic").toUpperCase(),
      rule: scanningRules(options).map(({ frequency, filters }) => ({
        scanFrequency: frequency,
        repositoryFilter: filters.map((filter) => ({ filter, filterType: "WILDCARD" })),
      })),
    });
  }
}

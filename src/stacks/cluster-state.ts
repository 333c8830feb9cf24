import { DataTerraformRemoteStateLocal, DataTerraformRemoteStateS3, propertyAccess, Token } from "cdktf";
import { Construct } from "constructs";
import type { IVpc } from "../constructs/network/ivpc";
import { localStatePath, s3StateKey } from "../model/state";
import type { BackendSettings } from "./platform-stack";

/** What a `ClusterState` is told. */
export interface ClusterStateProps {
  /** Id of the `ClusterStack`, from which the name of its state is derived. */
  readonly stackId: string;
  /** Where that stack keeps its state. */
  readonly backend: BackendSettings;
}

/**
 * What a `ClusterStack` puts out, read from its state when Terraform plans another stack. Apply the cluster first.
 *
 * @see https://developer.hashicorp.com/terraform/language/state/remote-state-data
 */
export class ClusterState extends Construct {
  private readonly state: DataTerraformRemoteStateLocal | DataTerraformRemoteStateS3;

  constructor(scope: Construct, id: string, { stackId, backend }: ClusterStateProps) {
    super(scope, id);
    this.state =
      backend.type === "local"
        ? new DataTerraformRemoteStateLocal(this, "state", { path: localStatePath(backend, stackId) })
        : new DataTerraformRemoteStateS3(this, "state", {
            bucket: backend.bucket,
            key: s3StateKey(backend, stackId),
            region: backend.region,
          });
  }

  /** An output that is text, by its name. */
  text(output: string): string {
    return this.state.getString(output);
  }

  /** One entry of an output that holds texts by name. */
  entry(output: string, key: string): string {
    return Token.asString(propertyAccess(this.state.get(output), [key]));
  }

  /**
   * The VPC of the cluster.
   *
   * @param zones keys of the zones, which have to be known at synth
   */
  vpc(zones: readonly string[]): IVpc {
    return {
      vpcId: this.text("vpc_id"),
      cidr: this.text("vpc_cidr"),
      privateSubnets: [...zones].sort().map((zone) => ({ zone, subnetId: this.entry("private_subnet_ids", zone) })),
      publicSubnets: [],
      egress: "unknown",
      proofs: [],
    };
  }
}

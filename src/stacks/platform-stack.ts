import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, S3Backend, TerraformElement, TerraformStack } from "cdktf";
import type { Construct, Node } from "constructs";
import { refuse } from "../constructs/errors";
import { localStatePath, s3StateKey } from "../model/state";
import { withQuickResolve } from "./quick-resolve";

/** Where Terraform keeps the state of a stack. */
export type BackendSettings =
  | {
      readonly type: "local";
      /** File, relative to the folder of the synthesized stack. @default - the project's root */
      readonly path?: string;
    }
  | {
      readonly type: "s3";
      readonly bucket: string;
      readonly region: string;
      /** @default - `<stack>.tfstate` */
      readonly key?: string;
      /** @default - the bucket's default encryption */
      readonly kmsKeyId?: string;
      /** DynamoDB table that holds the lock. @default - a lock file beside the state */
      readonly dynamodbTable?: string;
    };

/** What a `PlatformStack` is told. */
export interface PlatformStackProps {
  readonly region: string;
  /** The one account that the stack may be applied to. @default - that of whoever applies */
  readonly account?: string;
  /** Tags of everything in the stack. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly backend: BackendSettings;
}

/** The bindings are generated from 6.25; later 6.x releases add to them. */
const AWS_PROVIDER = { source: "hashicorp/aws", version: "~> 6.25" } as const;

/** Postconditions of data sources need 1.2, `startswith` 1.3; 1.5.7 is the oldest release that is still met in pipelines. */
const REQUIRED_VERSION = ">= 1.5.7";

/** The S3 backend locks without DynamoDB from Terraform 1.10 and OpenTofu 1.10 on. */
const REQUIRED_VERSION_FOR_LOCK_FILE = ">= 1.10.0";

const TERRAFORM_NAME = /[^A-Za-z0-9_-]/g;

/**
 * A stack as somebody else's pipeline takes it: providers by source and constraint, a backend without paths of this
 * machine, tags from one place, and addresses that people can read.
 */
export class PlatformStack extends TerraformStack {
  private readonly logicalIds = new Map<string, string>();

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id);
    new AwsProvider(this, "aws", {
      region: props.region,
      ...(props.account === undefined ? {} : { allowedAccountIds: [props.account] }),
      ...(props.tags === undefined ? {} : { defaultTags: [{ tags: { ...props.tags } }] }),
    });
    this.addOverride("terraform.required_providers.aws", AWS_PROVIDER);
    this.addOverride("terraform.required_version", this.configureBackend(props.backend));
  }

  /** Creates the backend; returns the Terraform that it needs. */
  private configureBackend(backend: BackendSettings): string {
    if (backend.type === "local") {
      new LocalBackend(this, { path: localStatePath(backend, this.node.id) });
      return REQUIRED_VERSION;
    }
    new S3Backend(this, {
      bucket: backend.bucket,
      key: s3StateKey(backend, this.node.id),
      region: backend.region,
      encrypt: true,
      ...(backend.kmsKeyId === undefined ? {} : { kmsKeyId: backend.kmsKeyId }),
      ...(backend.dynamodbTable === undefined ? {} : { dynamodbTable: backend.dynamodbTable }),
    });
    if (backend.dynamodbTable !== undefined) {
      return REQUIRED_VERSION;
    }
    this.addOverride("terraform.backend.s3.use_lockfile", true);
    return REQUIRED_VERSION_FOR_LOCK_FILE;
  }

  override prepareStack(): void {
    withQuickResolve(() => super.prepareStack());
  }

  override toTerraform(): unknown {
    return withQuickResolve(() => super.toTerraform());
  }

  /**
   * The construct path as it stands, without the hash that cdktf puts behind it: `aws_subnet.vpc_private-eu-west-1a`.
   * Two paths that would read the same are refused instead.
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const ids = node.scopes.slice(node.scopes.indexOf(this) + 1).map(({ node: { id } }) => id);
    const logicalId = ids
      .filter((name, index) => name !== ids[index - 1])
      .map((name) => name.replace(TERRAFORM_NAME, "-"))
      .join("_");
    const other = this.logicalIds.get(logicalId);
    if (other !== undefined && other !== node.path) {
      refuse(this, [
        `constructs "${other}" and "${node.path}" would both have the Terraform name "${logicalId}"; rename one of them`,
      ]);
    }
    this.logicalIds.set(logicalId, node.path);
    return logicalId;
  }
}

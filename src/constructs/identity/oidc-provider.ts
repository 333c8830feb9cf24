import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { quote } from "../../model/problem";
import type { IEksCluster } from "../cluster/ieks-cluster";
import { refuse } from "../errors";

/** Audience of the tokens that EKS gives to service accounts, the same in every partition. */
export const STS_AUDIENCE = "sts.amazonaws.com";

/** An IAM identity provider that roles for service accounts trust. */
export interface IOidcProvider {
  readonly providerArn: string;
  /** Issuer without `https://`, as it stands in the condition keys of trust policies. */
  readonly issuerHostPath: string;
}

/** What an `OidcProvider` is told. */
export interface OidcProviderProps {
  readonly cluster: IEksCluster;
  /**
   * SHA-1 thumbprints (40 hex digits) of the issuer's certificate authority.
   * @default - none: IAM trusts the authority of EKS issuers by itself
   */
  readonly thumbprints?: readonly string[];
}

/** What has to be known of a provider that is there already. */
export interface OidcProviderAttributes {
  readonly providerArn: string;
  /** URL of the issuer, with `https://`. */
  readonly issuer: string;
}

/**
 * Makes IAM trust the cluster's service accounts.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
 */
export class OidcProvider extends Construct implements IOidcProvider {
  /** A provider that exists already. */
  static fromAttributes({ providerArn, issuer }: OidcProviderAttributes): IOidcProvider {
    return { providerArn, issuerHostPath: withoutScheme(issuer) };
  }

  readonly providerArn: string;
  readonly issuerHostPath: string;

  constructor(scope: Construct, id: string, { cluster, thumbprints = [] }: OidcProviderProps) {
    super(scope, id);
    refuse(
      this,
      thumbprints
        .filter((thumbprint) => !/^[0-9a-fA-F]{40}$/.test(thumbprint))
        .map(
          (thumbprint) =>
            `'thumbprints' must be SHA-1 fingerprints of 40 hex digits, got ${quote(thumbprint)}; leave them out, IAM needs none for EKS`,
        ),
    );
    const provider = new IamOpenidConnectProvider(this, "provider", {
      url: cluster.oidcIssuer,
      clientIdList: [STS_AUDIENCE],
      ...(thumbprints.length === 0 ? {} : { thumbprintList: [...thumbprints] }),
    });
    this.providerArn = provider.arn;
    this.issuerHostPath = withoutScheme(cluster.oidcIssuer);
  }
}

function withoutScheme(issuer: string): string {
  return Fn.trimprefix(issuer, "https://");
}

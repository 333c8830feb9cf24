import { type Problem, problemAt, quote } from "./problem";

/** What has to be known of a cluster that exists already. */
export interface ClusterAttributes {
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly oidcIssuer: string;
  readonly clusterSecurityGroupId: string;
}

type Known = (value: string) => boolean;

const HTTPS = /^https:\/\/[^\s/]+/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const SECURITY_GROUP = /^sg-[0-9a-z]+$/;
const OIDC_PROVIDER_ARN = /^arn:[\w-]+:iam::\d{12}:oidc-provider\/(.+)$/;

/** What is wrong with the attributes of a cluster, as `aws eks describe-cluster` has them. */
export function clusterAttributesProblems(attributes: ClusterAttributes, known: Known = () => true): Problem[] {
  const { endpoint, certificateAuthority, oidcIssuer, clusterSecurityGroupId } = attributes;
  const wrong = (value: string, pattern: RegExp) => known(value) && !pattern.test(value);
  return [
    ...problemAt(
      ["endpoint"],
      wrong(endpoint, HTTPS)
        ? `'endpoint' must be the URL of the Kubernetes API, which begins with "https://", got ${quote(endpoint)}`
        : undefined,
    ),
    ...problemAt(
      ["certificateAuthority"],
      wrong(certificateAuthority, BASE64)
        ? "'certificateAuthority' must be in base64 in one line, as EKS gives it in 'certificateAuthority.data'"
        : undefined,
    ),
    ...problemAt(
      ["oidcIssuer"],
      wrong(oidcIssuer, HTTPS)
        ? `'oidcIssuer' must be a URL that begins with "https://", as EKS gives it, got ${quote(oidcIssuer)}`
        : undefined,
    ),
    ...problemAt(
      ["clusterSecurityGroupId"],
      wrong(clusterSecurityGroupId, SECURITY_GROUP)
        ? `'clusterSecurityGroupId' must be the id of a security group, like "sg-0123456789abcdef0", got ${quote(clusterSecurityGroupId)}`
        : undefined,
    ),
  ];
}

/** Why service accounts of the cluster are not trusted by way of the IAM identity provider, or `undefined`. */
export function oidcProviderArnProblem(property: string, arn: string, issuer: string): string | undefined {
  const [, trusted] = OIDC_PROVIDER_ARN.exec(arn) ?? [];
  const wanted = issuer.replace(/^https:\/\//, "");
  if (trusted === undefined) {
    return `'${property}' must be the ARN of an IAM identity provider, like "arn:aws:iam::111122223333:oidc-provider/${wanted}", got ${quote(arn)}`;
  }
  return trusted === wanted
    ? undefined
    : `'${property}' must be that of the cluster's issuer, so end in ${quote(`oidc-provider/${wanted}`)}, got ${quote(arn)}`;
}

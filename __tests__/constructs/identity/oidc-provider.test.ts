import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { OidcProvider } from "../../../src/constructs/identity/oidc-provider";
import { clusterIn, importedClusterIn } from "../../support/constructs";
import { addresses, PARTITIONS, refusal, resolved, resource, stackFor, synth } from "../../support/stack";

const thumbprint = "9e99a48a9960b14926bb7f3b02e22da2b0ab7280";

describe("OidcProvider", () => {
  test.each(PARTITIONS)(
    "in $region trusts the cluster's issuer for tokens to STS, without a thumbprint",
    ({ region }) => {
      const stack = stackFor(region);
      new OidcProvider(stack, "oidc", { cluster: importedClusterIn(stack) });
      expect(resource(synth(stack), IamOpenidConnectProvider)).toEqual({
        url: "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC",
        client_id_list: ["sts.amazonaws.com"],
      });
    },
  );

  test("keeps the thumbprints that are given", () => {
    const stack = stackFor();
    new OidcProvider(stack, "oidc", { cluster: importedClusterIn(stack), thumbprints: [thumbprint] });
    expect(synth(stack)).toHaveResourceWithProperties(IamOpenidConnectProvider, { thumbprint_list: [thumbprint] });
  });

  test("exposes its ARN, and the issuer without its scheme by an expression where only Terraform knows it", () => {
    const stack = stackFor();
    const provider = new OidcProvider(stack, "oidc", { cluster: clusterIn(stack) });
    const issuer = "aws_eks_cluster.cluster_cluster.identity[0].oidc[0].issuer";
    expect(resolved(stack, provider.providerArn)).toBe("${aws_iam_openid_connect_provider.oidc_provider.arn}");
    expect(resolved(stack, provider.issuerHostPath)).toBe(`\${trimprefix(${issuer}, "https://")}`);
  });

  test("that exists already is used as it stands", () => {
    const stack = stackFor();
    const providerArn = "arn:aws:iam::111122223333:oidc-provider/oidc.example/id/ABC";
    const provider = OidcProvider.fromAttributes({ providerArn, issuer: "https://oidc.example/id/ABC" });
    expect(provider.providerArn).toBe(providerArn);
    expect(resolved(stack, provider.issuerHostPath)).toBe('${trimprefix("https://oidc.example/id/ABC", "https://")}');
    expect(addresses(synth(stack))).toEqual([]);
  });

  test.each(["", "abc", `${thumbprint}0`, "g".repeat(40)])("refuses the thumbprint %j", (malformed) => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    expect(refusal(() => new OidcProvider(stack, "oidc", { cluster, thumbprints: [thumbprint, malformed] }))).toBe(
      `[test/oidc] 'thumbprints' must be SHA-1 fingerprints of 40 hex digits, got "${malformed}"; leave them out, IAM needs none for EKS`,
    );
  });
});

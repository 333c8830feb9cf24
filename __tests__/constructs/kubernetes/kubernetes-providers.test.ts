import { type KubeconfigAccess, KubernetesProviders } from "../../../src/constructs/kubernetes/kubernetes-providers";
import { importedClusterIn } from "../../support/constructs";
import { refusal, stackFor, synth } from "../../support/stack";

interface Synthesized {
  readonly provider: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  readonly terraform: { readonly required_providers: Readonly<Record<string, { readonly version: string }>> };
}

function build(access?: KubeconfigAccess): Synthesized {
  const stack = stackFor();
  new KubernetesProviders(stack, "providers", {
    cluster: importedClusterIn(stack),
    ...(access === undefined ? {} : { access }),
  });
  return JSON.parse(synth(stack)) as Synthesized;
}

const EXEC = {
  api_version: "client.authentication.k8s.io/v1beta1",
  command: "aws",
  args: ["eks", "get-token", "--region", "eu-west-1", "--cluster-name", "platform", "--output", "json"],
};
const ENDPOINT = {
  host: "https://ABC.gr7.eu-west-1.eks.amazonaws.com",
  cluster_ca_certificate: '${base64decode("Y2VydGlmaWNhdGU=")}',
};

describe("KubernetesProviders", () => {
  test("ask aws eks get-token for a token in each run, so that none stands in the state", () => {
    const { provider } = build();
    expect(provider.kubernetes).toEqual([{ ...ENDPOINT, exec: [EXEC] }]);
    expect(provider.helm).toEqual([{ kubernetes: { ...ENDPOINT, exec: EXEC } }]);
  });

  test("use a context of a kubeconfig where one is given", () => {
    const { provider } = build({ file: "cluster.kubeconfig", context: "platform" });
    const connection = { config_path: "cluster.kubeconfig", config_context: "platform" };
    expect(provider.kubernetes).toEqual([connection]);
    expect(provider.helm).toEqual([{ kubernetes: connection }]);
  });

  test("look for the context in the user's own kubeconfig when no file is named", () => {
    expect(build({ context: "platform" }).provider.kubernetes).toEqual([
      { config_path: "~/.kube/config", config_context: "platform" },
    ]);
  });

  test("take any later release of the same major version", () => {
    const { required_providers } = build().terraform;
    expect(required_providers.kubernetes?.version).toBe("~> 2.38");
    expect(required_providers.helm?.version).toBe("~> 3.1");
  });

  test("refuse an empty context, which would be whatever is current", () => {
    expect(refusal(() => build({ context: " " }))).toBe(
      `[test/providers] 'context' must name a context of the kubeconfig, got " "; kubectl config get-contexts lists them`,
    );
  });

  test("are refused a second time in one stack, where Terraform has no way to tell them apart", () => {
    const stack = stackFor();
    const cluster = importedClusterIn(stack);
    new KubernetesProviders(stack, "providers", { cluster });
    expect(refusal(() => new KubernetesProviders(stack, "more", { cluster }))).toBe(
      `[test/more] the stack has the providers already, by "test/providers", and each can be there once; remove one of the two`,
    );
  });
});

import type { KubernetesObject } from "../support/kubernetes";
import { tellTwoStackExample } from "../support/two-stack-example";

interface Ingress extends KubernetesObject {
  readonly status: { readonly loadBalancer: { readonly ingress: readonly { readonly hostname: string }[] } };
}

interface Workload extends KubernetesObject {
  readonly spec: {
    readonly template: { readonly metadata: { readonly labels: Readonly<Record<string, string>> } };
  };
}

tellTwoStackExample("lab", {
  meanwhile: (stage, stacks) => {
    test("has nginx on the default profile, by its label", async () => {
      const nginx = await stage.api.find<Workload>("Deployment", "nginx", "default");
      expect(nginx?.spec.template.metadata.labels).toMatchObject({ "compute-type": "fargate" });
    });

    test("has it behind a load balancer that sends to the addresses of its pods, and says where", async () => {
      const ingress = await stage.api.find<Ingress>("Ingress", "nginx", "default");
      expect(ingress?.metadata.annotations).toMatchObject({
        "alb.ingress.kubernetes.io/scheme": "internet-facing",
        "alb.ingress.kubernetes.io/target-type": "ip",
      });
      const [balancer] = ingress?.status.loadBalancer.ingress ?? [];
      expect(await stacks().inCluster.outputs()).toMatchObject({ url: `http://${balancer?.hostname}/` });
    });
  },
});

/** A production platform from one settings file, and the pods of a team in its two namespaces. */
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { App } from "cdktf";
import { ClusterStack, loadSettingsFile, synthesize } from "cdktf-eks-fargate";
import { Deployment, InClusterStack, Service } from "cdktf-eks-fargate/in-cluster";
import { Construct } from "constructs";

interface WebProps {
  readonly namespace: string;
  /** Claim of the files that users upload. */
  readonly uploads: string;
}

/** The shop as its users see it. How many pods it has is up to autoscaler and downscaler, and not said here. */
class Web extends Construct {
  constructor(stack: InClusterStack, id: string, { namespace, uploads }: WebProps) {
    super(stack, id);
    const web = new Deployment(this, "deployment", {
      cluster: stack.cluster,
      namespace,
      name: "web",
      template: {
        serviceAccountName: "web",
        containers: [
          {
            name: "web",
            image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:2.4.0",
            cpu: "500m",
            memory: "768Mi",
            user: 1000,
            ports: { http: 8080 },
            readiness: { http: { port: "http", path: "/health" } },
            liveness: { http: { port: "http", path: "/health" }, periodSeconds: 30 },
            // The load balancer goes on sending for a moment to a pod that ends.
            preStop: ["sleep", "15"],
            mounts: { "/tmp": { volume: "tmp" }, "/var/uploads": { volume: "uploads" } },
          },
        ],
        volumes: {
          tmp: { emptyDir: { sizeLimit: "1Gi" } },
          uploads: { persistentVolumeClaim: { claimName: uploads } },
        },
      },
      dependsOn: stack.readyIn(namespace),
    });
    new Service(this, "service", {
      namespace,
      name: "web",
      selector: web.selector,
      ports: { http: { port: 80, targetPort: "http" } },
      dependsOn: stack.readyIn(namespace),
    });
    // AWS patches pods on Fargate by evicting them, one at a time where a budget says so.
    new PodDisruptionBudgetV1(this, "disruption-budget", {
      metadata: { namespace, name: "web" },
      spec: { maxUnavailable: "1", selector: { matchLabels: { ...web.selector } } },
      dependsOn: [...stack.readyIn(namespace)],
    });
  }
}

synthesize(() => {
  const app = new App();
  const settings = loadSettingsFile("examples/platform/settings.yaml");
  const clusterStack = new ClusterStack(app, "platform-cluster", settings);
  const stack = new InClusterStack(app, "platform-in-cluster", settings);
  stack.addDependency(clusterStack);

  new Web(stack, "shop-web", { namespace: "shop", uploads: "uploads" });
  new Web(stack, "shop-staging-web", { namespace: "shop-staging", uploads: "staging-uploads" });
  return app;
});

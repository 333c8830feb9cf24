/** The lab: a small cluster, and nginx on its default Fargate profile behind an Application Load Balancer. */
import { App, TerraformOutput } from "cdktf";
import { ClusterStack, loadSettingsFile, synthesize } from "cdktf-eks-fargate";
import { AlbIngress, Deployment, InClusterStack, Service } from "cdktf-eks-fargate/in-cluster";

synthesize(() => {
  const app = new App();
  const settings = loadSettingsFile("examples/lab/settings.yaml");
  const clusterStack = new ClusterStack(app, "lab-cluster", settings);
  const stack = new InClusterStack(app, "lab-in-cluster", settings);
  stack.addDependency(clusterStack);

  const nginx = new Deployment(stack, "nginx", {
    cluster: stack.cluster,
    namespace: "default",
    name: "nginx",
    replicas: 2,
    template: {
      labels: { "compute-type": "fargate" }, // by which the default profile takes them
      containers: [
        {
          name: "nginx",
          // nginx as it runs without root: on port 8080, with its temporary files in /tmp.
          image: "public.ecr.aws/nginx/nginx-unprivileged:1.30.4-alpine-slim",
          cpu: "250m",
          memory: "256Mi",
          ports: { http: 8080 },
          readiness: { http: { port: "http" } },
          // The load balancer goes on sending for a moment to a pod that ends.
          preStop: ["sleep", "15"],
          mounts: { "/tmp": { volume: "tmp" } },
        },
      ],
      volumes: { tmp: { emptyDir: { sizeLimit: "64Mi" } } },
    },
  });
  const service = new Service(stack, "nginx-service", {
    namespace: nginx.namespace,
    name: "nginx",
    selector: nginx.selector,
    ports: { http: { port: 80, targetPort: "http" } },
    dependsOn: [nginx],
  });
  const ingress = new AlbIngress(stack, "nginx-ingress", {
    controller: stack.albController,
    namespace: nginx.namespace,
    name: "nginx",
    scheme: "internet-facing",
    hosts: { "*": { "/": { service: service.serviceName, port: "http" } } },
    dependsOn: [service.ready],
  });

  new TerraformOutput(stack, "url", { description: "Where nginx answers", value: `http://${ingress.hostname}/` });
  return app;
});

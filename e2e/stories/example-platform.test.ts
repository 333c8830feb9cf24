import { readFileSync } from "node:fs";
import { join } from "node:path";
import { succeeded } from "../support/emulator";
import type { KubernetesObject } from "../support/kubernetes";
import { ROOT } from "../support/project";
import { askAboutPods, settingsOf, tellTwoStackExample } from "../support/two-stack-example";

interface Pods extends KubernetesObject {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly serviceAccountName: string;
        readonly volumes: readonly { readonly persistentVolumeClaim?: { readonly claimName: string } }[];
      };
    };
  };
}

interface RoleBinding extends KubernetesObject {
  readonly subjects?: readonly { readonly name: string }[];
}

tellTwoStackExample("platform", {
  deletionProtection: true,
  unprotect: {
    resource: { aws_efs_file_system: { "efs-shop_file-system": { lifecycle: { prevent_destroy: false } } } },
  },

  prepare: async ({ emulator }) => {
    await emulator.hasBucket("platform-terraform-state", "eu-west-1");
    await emulator.hasLockTable("platform-terraform-locks", "eu-west-1");
    await emulator.hasHostedZone("Z0123456789ABCDEFGHIJ", "example.com");
  },

  meanwhile: (stage) => {
    test("keeps two states in one bucket, each behind its lock", async () => {
      const s3 = (await stage.emulator.calls("s3")).filter(succeeded).map(({ action }) => action);
      for (const stack of ["platform-cluster", "platform-in-cluster"]) {
        expect(s3).toContain(`PUT /platform-terraform-state/${stack}.tfstate`);
      }
      const locks = (await stage.emulator.calls("dynamodb")).filter(succeeded).map(({ action }) => action);
      expect(locks.lastIndexOf("DeleteItem")).toBeGreaterThan(locks.lastIndexOf("PutItem"));
    });

    test("answers its users over HTTPS behind a web ACL, and its testers within the network", async () => {
      const annotations = async (namespace: string) =>
        (await stage.api.find("Ingress", namespace, namespace))?.metadata.annotations;
      expect(await annotations("shop")).toMatchObject({
        "alb.ingress.kubernetes.io/scheme": "internet-facing",
        "alb.ingress.kubernetes.io/certificate-arn": expect.stringMatching(/^arn:aws:acm:eu-west-1:/),
        "alb.ingress.kubernetes.io/ssl-redirect": "443",
        "alb.ingress.kubernetes.io/wafv2-acl-arn": expect.stringMatching(/:regional\/webacl\/platform-ingress\//),
      });
      expect(await annotations("shop-staging")).toMatchObject({ "alb.ingress.kubernetes.io/scheme": "internal" });
    });

    test("has pods with the role, the files and the security group of their namespace", async () => {
      const mounted = async (namespace: string) => {
        const web = await stage.api.find<Pods>("Deployment", "web", namespace);
        const { serviceAccountName, volumes = [] } = web?.spec.template.spec ?? {};
        const claims = volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
        return { serviceAccountName, claims };
      };
      expect(await mounted("shop")).toEqual({ serviceAccountName: "web", claims: ["uploads"] });
      expect(await mounted("shop-staging")).toEqual({ serviceAccountName: "web", claims: ["staging-uploads"] });
      const account = await stage.api.find("ServiceAccount", "web", "shop");
      expect(account?.metadata.annotations).toEqual({
        "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/platform-shop.web",
      });
      expect(await stage.api.find("SecurityGroupPolicy", "shop-web", "shop")).toBeDefined();
    });

    test("lets the downscaler into staging alone", async () => {
      const bindings = await stage.api.list<RoleBinding>("RoleBinding");
      const downscaler = bindings.filter(({ subjects = [] }) =>
        subjects.some(({ name }) => name === "py-kube-downscaler"),
      );
      expect(downscaler.map(({ metadata }) => metadata.namespace)).toContain("shop-staging");
      expect(downscaler.map(({ metadata }) => metadata.namespace)).not.toContain("shop");
    });

    test("costs what its page says", async () => {
      const page = readFileSync(join(ROOT, "docs/platform.md"), "utf8");
      const fit = await askAboutPods(stage, settingsOf("platform"), "fit");
      const cost = await askAboutPods(stage, settingsOf("platform"), "cost");
      const [pods = ""] = fit.output.split("\n\n");
      const [, lines = ""] = /\n(EKS on Fargate\nLINE[\s\S]*?)\n\n/.exec(cost.output) ?? [];
      expect(pods).toMatch(/^WORKLOAD/);
      expect(page).toContain(`\`\`\`\n${pods}\n\`\`\``);
      expect(page).toContain(`\`\`\`\n${lines}\n\`\`\``);
      const [, least, most] = /EKS on Fargate +([\d.]+) -\s+([\d.]+)/.exec(cost.output) ?? [];
      expect(page).toContain(`That is $${least} to $${most} together`);
    });
  },
});

import { KubernetesApi, type KubernetesObject } from "../support/kubernetes";
import { setStage } from "../support/story";
import { Terraform } from "../support/terraform";

interface Policy extends KubernetesObject {
  readonly spec: { readonly securityGroups: { readonly groupIds: readonly string[] } };
}

interface Volume extends KubernetesObject {
  readonly spec: { readonly csi: { readonly driver: string; readonly volumeHandle: string } };
  readonly status: { readonly phase: string };
}

describe("pods with a security group and a file system of their own", () => {
  const stage = setStage();
  let api: KubernetesApi;
  let terraform: Terraform;

  beforeAll(async () => {
    api = await KubernetesApi.start();
    const folder = await stage.workspace.synthesizeProgram("edge-pods", {
      EDGE_ENDPOINT: api.url,
      EDGE_CERTIFICATE_AUTHORITY: api.certificateAuthority,
    });
    terraform = new Terraform(folder, stage.emulator, "terraform", api);
    await terraform.init();
  });

  afterAll(() => api?.stop());

  test("start, after which a second plan has no changes", async () => {
    await terraform.apply();
    expect(await terraform.plan()).toEqual([]);
    expect(await api.problems()).toEqual({});
  });

  test("have the group by a policy in their namespace", async () => {
    const [policy] = await api.list<Policy>("SecurityGroupPolicy", "shop");
    expect(policy?.spec).toMatchObject({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "orders" } },
      securityGroups: { groupIds: [expect.stringMatching(/^sg-/)] },
    });
  });

  test("mount volumes of Fargate's driver, each of one access point and bound to its claim", async () => {
    const volumes = await api.list<Volume>("PersistentVolume");
    expect(volumes.map(({ metadata, spec, status }) => [metadata.name, spec.csi.driver, status.phase])).toEqual([
      ["efs-default.reports.shop", "efs.csi.aws.com", "Bound"],
      ["efs-default.uploads.shop", "efs.csi.aws.com", "Bound"],
    ]);
    const handles = volumes.map(({ spec }) => spec.csi.volumeHandle);
    expect(new Set(handles).size).toBe(2);
    for (const handle of handles) {
      expect(handle).toMatch(/^fs-[0-9a-f]+::fsap-[0-9a-f]+$/);
    }
  });

  test("go before what they use, with nothing left", async () => {
    await terraform.destroy();
    expect(await api.leftovers()).toEqual([]);
    expect(await stage.emulator.leftovers()).toEqual({});
  });
});

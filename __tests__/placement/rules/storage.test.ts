import type { Inventory } from "../../../src/model/inventory";
import { findingsOf, foundBy } from "../../support/rules";
import {
  claim,
  claimVolume,
  inventory,
  source,
  statefulSet,
  volume,
  workload,
  workloadWith,
} from "../../support/workloads";

const storageClass = (name: string, provisioner: string) => ({ name, source: source(), provisioner });
const persistentVolume = (driver: string, more: object = {}) => ({ name: "pv", source: source(), driver, ...more });
const mounting = (claimName: string) => workload({ pod: { volumes: [claimVolume(claimName)] } });
const templated = (storageClassName?: string) =>
  statefulSet({ claimTemplates: [{ name: "data", ...(storageClassName === undefined ? {} : { storageClassName }) }] });

/** Which of the rules about claims speak, with their severity. */
function claimFindings(of: ReturnType<typeof workload>, among: Partial<Inventory>): string[] {
  return ["ebs-claim", "efs-dynamic", "other-csi", "claim-unknown"].flatMap((rule) =>
    findingsOf(rule, of, among).map(({ severity }) => `${rule}: ${severity}`),
  );
}

describe("volume-type", () => {
  test.each(["emptyDir", "secret", "configMap", "projected", "downwardAPI", "nfs", "persistentVolumeClaim"])(
    "%s is fine",
    (type) => {
      expect(foundBy("volume-type", workload({ pod: { volumes: [volume({ type })] } }))).toEqual([]);
    },
  );

  test.each(["hostPath", "awsElasticBlockStore", "ephemeral", "iscsi", "fc", "image"])("%s is refused", (type) => {
    expect(foundBy("volume-type", workload({ pod: { volumes: [volume({ type })] } }))).toEqual([
      `error: volume "data" is of type '${type}'`,
    ]);
  });

  test("an inline CSI volume is refused with its driver", () => {
    const volumes = [volume(), volume({ name: "keys", type: "csi", driver: "secrets-store.csi.k8s.io" })];
    const [finding] = findingsOf("volume-type", workload({ pod: { volumes } }));
    expect(finding?.message).toContain(`volume "keys" is of type 'csi' with driver "secrets-store.csi.k8s.io"; `);
    expect(finding?.at).toEqual(["spec", "template", "spec", "volumes", 1]);
  });
});

describe("volume-devices", () => {
  test("raw block devices are refused", () => {
    expect(foundBy("volume-devices", workloadWith({ volumeDevices: ["disk", "aux"] }))).toEqual([
      `error: container "app" uses "aux", "disk" as raw block devices ('volumeDevices')`,
    ]);
  });

  test("mounts are fine", () => {
    expect(foundBy("volume-devices", workloadWith({ volumeMounts: [{ name: "data", mountPath: "/data" }] }))).toEqual(
      [],
    );
  });
});

describe("claims", () => {
  const EFS = "efs.csi.aws.com";
  const static_ = { claims: [claim("data", { volumeName: "pv" })], volumes: [persistentVolume(EFS)] };

  test("a claim that names a static volume of EFS is fine", () => {
    expect(claimFindings(mounting("data"), static_)).toEqual([]);
  });

  test("a claim that a static volume of EFS names is fine", () => {
    const volumes = [persistentVolume(EFS, { claim: { namespace: "web", name: "data" } })];
    expect(claimFindings(mounting("data"), { claims: [claim("data")], volumes })).toEqual([]);
  });

  test("a claim whose class has a provisioner and a free static volume is fine, as AWS's own example", () => {
    const among = {
      claims: [claim("data", { storageClassName: "efs-sc" })],
      storageClasses: [storageClass("efs-sc", EFS)],
      volumes: [persistentVolume(EFS, { storageClassName: "efs-sc" })],
    };
    expect(claimFindings(mounting("data"), among)).toEqual([]);
  });

  test("a claim that EFS would have to be provisioned for is refused", () => {
    const among = {
      claims: [claim("data", { storageClassName: "efs-sc" })],
      storageClasses: [storageClass("efs-sc", EFS)],
    };
    expect(claimFindings(mounting("data"), among)).toEqual(["efs-dynamic: error"]);
    expect(foundBy("efs-dynamic", mounting("data"), among)).toEqual([
      'error: volume "data" leaves it to StorageClass "efs-sc" with provisioner efs.csi.aws.com to make its volume',
    ]);
  });

  test.each(["ebs.csi.aws.com", "kubernetes.io/aws-ebs", "ebs.csi.eks.amazonaws.com"])(
    "a claim of a class with provisioner %s is refused",
    (provisioner) => {
      const among = {
        claims: [claim("data", { storageClassName: "fast" })],
        storageClasses: [storageClass("fast", provisioner)],
      };
      expect(claimFindings(mounting("data"), among)).toEqual(["ebs-claim: error"]);
    },
  );

  test.each(["ebs.csi.aws.com", "awsElasticBlockStore"])("a claim bound to a volume of %s is refused", (driver) => {
    const among = { claims: [claim("data", { volumeName: "pv" })], volumes: [persistentVolume(driver)] };
    expect(claimFindings(mounting("data"), among)).toEqual(["ebs-claim: error"]);
  });

  test("the volume decides, whatever the class is called", () => {
    const claims = [claim("data", { volumeName: "pv", storageClassName: "gp3" })];
    expect(claimFindings(mounting("data"), { ...static_, claims })).toEqual([]);
  });

  test.each([
    ["gp2", "ebs-claim: error"],
    ["gp3", "ebs-claim: error"],
    ["gp3-encrypted", "ebs-claim: warning"],
    ["ebs-sc", "ebs-claim: warning"],
    ["io2", "ebs-claim: warning"],
    ["efs-sc", "claim-unknown: warning"],
    ["webs", "claim-unknown: warning"],
  ])("a class %s that is not among the manifests is judged by its name", (storageClassName, expected) => {
    const claims = [claim("data", { storageClassName })];
    expect(claimFindings(mounting("data"), { claims })).toEqual([expected]);
    expect(claimFindings(templated(storageClassName), {})).toEqual([expected]);
  });

  test("the class among the manifests counts, not its name", () => {
    const among = {
      claims: [claim("data", { storageClassName: "gp3" })],
      storageClasses: [storageClass("gp3", "s3.csi.aws.com")],
    };
    expect(claimFindings(mounting("data"), among)).toEqual(["other-csi: error"]);
  });

  test.each(["fsx.csi.aws.com", "s3.csi.aws.com", "nfs", "local"])("a volume of driver %s is refused", (driver) => {
    const among = { claims: [claim("data", { volumeName: "pv" })], volumes: [persistentVolume(driver)] };
    expect(foundBy("other-csi", mounting("data"), among)).toEqual([
      `error: volume "data" is on PersistentVolume "pv" with driver "${driver}"`,
    ]);
  });

  test("a claim without class gets the cluster's default, which is a warning", () => {
    expect(claimFindings(mounting("data"), { claims: [claim("data")] })).toEqual(["ebs-claim: warning"]);
    expect(claimFindings(templated(), {})).toEqual(["ebs-claim: warning"]);
  });

  test("a claim that is not among the manifests is a warning", () => {
    expect(foundBy("claim-unknown", mounting("data"))).toEqual([
      'warning: volume "data" is on claim "data", which is not among the manifests',
    ]);
  });

  test.each<[string, Partial<Inventory>]>([
    ["a volume that is not there", { claims: [claim("data", { volumeName: "gone" })] }],
    ["no class at all and no volume", { claims: [claim("data", { storageClassName: "" })] }],
    [
      "a class without provisioner and no volume",
      {
        claims: [claim("data", { storageClassName: "manual" })],
        storageClasses: [storageClass("manual", "kubernetes.io/no-provisioner")],
      },
    ],
  ])("a claim with %s is a warning", (_, among) => {
    expect(claimFindings(mounting("data"), among)).toEqual(["claim-unknown: warning"]);
  });

  test("an empty class is no class, so that only a volume made by hand can be behind it", () => {
    expect(foundBy("claim-unknown", mounting("data"), { claims: [claim("data", { storageClassName: "" })] })).toEqual([
      'warning: volume "data" is on claim "data", whose PersistentVolume is not among the manifests',
    ]);
  });

  test("a claim template is told where it stands", () => {
    const [finding] = findingsOf("ebs-claim", templated("gp3"));
    expect(finding?.at).toEqual(["spec", "volumeClaimTemplates", 0]);
    expect(finding?.message).toContain('claim template "data" has the storage class "gp3"; ');
  });

  test("a claim template with static volumes for its pods is fine", () => {
    const volumes = [persistentVolume(EFS, { claim: { namespace: "web", name: "data-api-0" } })];
    expect(claimFindings(templated("efs-sc"), { volumes })).toEqual([]);
  });

  test("a claim that the StatefulSet has made already counts more than its template", () => {
    const claims = [claim("data-api-0", { volumeName: "pv", storageClassName: "gp3" })];
    expect(claimFindings(templated("gp3"), { ...static_, claims })).toEqual([]);
  });

  test("pods without claims are fine", () => {
    expect(claimFindings(workload({ pod: { volumes: [volume()] } }), inventory())).toEqual([]);
  });
});

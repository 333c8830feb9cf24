import type { Container, PodSpec } from "../../../src/model/pod";
import { findingsOf, foundBy } from "../../support/rules";
import { container, workload, workloadWith } from "../../support/workloads";

describe("privileged", () => {
  test("a privileged container is refused", () => {
    expect(foundBy("privileged", workloadWith({ privileged: true }))).toEqual([
      `error: container "app" is privileged ('securityContext.privileged' is true)`,
    ]);
  });

  test("each privileged container is told, init containers too", () => {
    const init = container({ name: "sysctl", privileged: true });
    const sidecar = container({ name: "proxy", privileged: true, restartable: true });
    expect(
      foundBy("privileged", workload({ pod: { initContainers: [init, sidecar], containers: [container()] } })),
    ).toEqual([
      `error: init container "sysctl" is privileged ('securityContext.privileged' is true)`,
      `error: sidecar "proxy" is privileged ('securityContext.privileged' is true)`,
    ]);
  });

  test("other containers are fine", () => {
    expect(foundBy("privileged", workloadWith({ privileged: false }))).toEqual([]);
  });
});

describe("allow-privilege-escalation", () => {
  test.each<[string, Partial<Container>, number]>([
    ["true is refused", { allowPrivilegeEscalation: true }, 1],
    ["false is fine", { allowPrivilegeEscalation: false }, 0],
    ["a manifest that does not say is fine, though Kubernetes then allows it", {}, 0],
  ])("%s", (_, overrides, count) => {
    expect(foundBy("allow-privilege-escalation", workloadWith(overrides))).toHaveLength(count);
  });

  test("it is told where it stands", () => {
    const [finding] = findingsOf("allow-privilege-escalation", workloadWith({ allowPrivilegeEscalation: true }));
    expect(finding?.at.join(".")).toBe("spec.template.spec.containers.0.securityContext.allowPrivilegeEscalation");
  });
});

describe("capabilities", () => {
  const found = (...capabilitiesAdded: string[]) => foundBy("capabilities", workloadWith({ capabilitiesAdded }));

  test.each(["NET_ADMIN", "SYS_ADMIN", "ALL", "CAP_SYS_ADMIN", "BPF"])("%s is refused", (capability) => {
    expect(found(capability)).toEqual([`error: container "app" adds the capability "${capability}"`]);
  });

  test.each(["NET_BIND_SERVICE", "CHOWN", "SYS_CHROOT"])("%s is fine", (capability) => {
    expect(found(capability)).toEqual([]);
  });

  test.each(["IPC_LOCK", "LINUX_IMMUTABLE", "SYS_PTRACE", "SYS_RESOURCE", "CAP_SYS_PTRACE"])(
    "%s is a warning, as it is not verified",
    (capability) => {
      expect(found(capability)).toEqual([`warning: container "app" adds the capability "${capability}"`]);
    },
  );

  test.each(["CAP_CHOWN", "chown"])("%s is refused for its spelling, which Fargate compares as it is", (capability) => {
    const [finding] = findingsOf("capabilities", workloadWith({ capabilitiesAdded: [capability] }));
    expect(finding).toMatchObject({ severity: "error", fix: "write CHOWN" });
  });

  test("each is told where it stands in the list", () => {
    const findings = findingsOf("capabilities", workloadWith({ capabilitiesAdded: ["CHOWN", "NET_ADMIN", "BPF"] }));
    expect(findings.map(({ at }) => at.at(-1))).toEqual([1, 2]);
  });
});

describe.each<[string, keyof PodSpec, string]>([
  ["host-network", "hostNetwork", "the pods use the host's network ('hostNetwork' is true)"],
  ["host-pid", "hostPID", "the pods use the host's process namespace ('hostPID' is true)"],
  ["host-ipc", "hostIPC", "the pods use the host's IPC namespace ('hostIPC' is true)"],
])("%s", (rule, property, message) => {
  test("true is refused", () => {
    const findings = findingsOf(rule, workload({ pod: { [property]: true } }));
    expect(findings.map(({ at }) => at)).toEqual([["spec", "template", "spec", property]]);
    expect(findings[0]?.message).toContain(message);
  });

  test("false is fine", () => {
    expect(foundBy(rule, workload({ pod: { [property]: false } }))).toEqual([]);
  });
});

describe("host-port", () => {
  test("a port of the host is refused", () => {
    expect(foundBy("host-port", workloadWith({ ports: [{ containerPort: 80, hostPort: 8080 }] }))).toEqual([
      `error: container "app" takes port 8080 of the host ('hostPort')`,
    ]);
  });

  test("an address of the host is refused, in init containers too", () => {
    const init = container({ name: "probe", ports: [{ containerPort: 80, hostIP: "0.0.0.0" }] });
    expect(foundBy("host-port", workload({ pod: { initContainers: [init] } }))).toEqual([
      `error: init container "probe" takes address "0.0.0.0" of the host ('hostIP')`,
    ]);
  });

  test("a port of 0 and an empty address take nothing", () => {
    expect(foundBy("host-port", workloadWith({ ports: [{ containerPort: 80, hostPort: 0, hostIP: "" }] }))).toEqual([]);
  });

  test("every port is told by itself, with its container", () => {
    const ports = [{ hostPort: 1 }, { hostPort: 2 }];
    const pod = { containers: [container({ name: "a", ports }), container({ name: "b", ports })] };
    expect(foundBy("host-port", workload({ pod })).map((message) => message.slice(0, 41))).toEqual([
      `error: container "a" takes port 1 of the `,
      `error: container "a" takes port 2 of the `,
      `error: container "b" takes port 1 of the `,
      `error: container "b" takes port 2 of the `,
    ]);
  });
});

describe("windows", () => {
  test.each<[string, Partial<PodSpec>]>([
    ["pods for Windows are refused", { os: "windows" }],
    ["a selector for Windows nodes is refused", { nodeSelector: { "kubernetes.io/os": "windows" } }],
    ["host processes are refused", { hostProcess: true }],
    ["a runtime class of that name is refused", { runtimeClassName: "windows-2022" }],
  ])("%s", (_, pod) => {
    expect(findingsOf("windows", workload({ pod })).map(({ severity }) => severity)).toEqual(["error"]);
  });

  test("pods for Linux are fine", () => {
    const pod = { os: "linux", nodeSelector: { "kubernetes.io/os": "linux" }, runtimeClassName: "gvisor" };
    expect(foundBy("windows", workload({ pod }))).toEqual([]);
  });
});

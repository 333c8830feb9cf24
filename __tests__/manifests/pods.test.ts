import { readOne, told } from "./reading";

const pod = (spec: string) =>
  readOne(`apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  ${spec.replaceAll("\n", "\n  ")}\n`).pod;
const CONTAINERS = "containers: [{name: a, image: b}]";

test("a pod that says the least has nothing else", () => {
  expect(pod("containers: [{name: a}]")).toEqual({
    containers: [
      {
        name: "a",
        index: 0,
        command: [],
        args: [],
        env: [],
        ports: [],
        restartable: false,
        privileged: false,
        capabilitiesAdded: [],
        volumeMounts: [],
        volumeDevices: [],
        resources: { requests: { extended: {} }, limits: { extended: {} } },
      },
    ],
    initContainers: [],
    volumes: [],
    nodeSelector: {},
    topologySpreadConstraints: [],
    hostNetwork: false,
    hostPID: false,
    hostIPC: false,
    hostProcess: false,
  });
});

test("a container is read with all that matters", () => {
  const [container] = pod(`containers:
- name: a
  image: b
  command: [c]
  args: [d]
  env: [{name: E, value: f}, {name: G, valueFrom: {fieldRef: {fieldPath: h}}}]
  ports: [{name: http, containerPort: 80, hostPort: 8080, hostIP: 10.0.0.1, protocol: TCP}]
  securityContext: {privileged: true, allowPrivilegeEscalation: false, capabilities: {add: [NET_ADMIN], drop: [ALL]}}
  volumeMounts: [{name: i, mountPath: /j, readOnly: true}]
  volumeDevices: [{name: k, devicePath: /dev/l}]`).containers;
  expect(container).toMatchObject({
    name: "a",
    image: "b",
    command: ["c"],
    args: ["d"],
    env: [{ name: "E", value: "f" }, { name: "G" }],
    ports: [{ name: "http", containerPort: 80, hostPort: 8080, hostIP: "10.0.0.1" }],
    privileged: true,
    allowPrivilegeEscalation: false,
    capabilitiesAdded: ["NET_ADMIN"],
    volumeMounts: [{ name: "i", mountPath: "/j" }],
    volumeDevices: ["k"],
  });
});

test("an init container that is always restarted is a sidecar", () => {
  const { initContainers } = pod(`${CONTAINERS}\ninitContainers: [{name: a, restartPolicy: Always}, {name: b}]`);
  expect(initContainers.map(({ name, index, restartable }) => [name, index, restartable])).toEqual([
    ["a", 0, true],
    ["b", 1, false],
  ]);
});

test("volumes are of the type that their source names, and empty without one", () => {
  const { volumes } = pod(`${CONTAINERS}
volumes:
- {name: a, hostPath: {path: /x}}
- {name: b, persistentVolumeClaim: {claimName: c}}
- {name: d, csi: {driver: efs.csi.aws.com}}
- {name: e}
- {name: f, emptyDir: {}, configMap: null}
- {name: g, hologram: {}}`);
  expect(volumes).toEqual([
    { name: "a", type: "hostPath" },
    { name: "b", type: "persistentVolumeClaim", claimName: "c" },
    { name: "d", type: "csi", driver: "efs.csi.aws.com" },
    { name: "e", type: "emptyDir" },
    { name: "f", type: "emptyDir" },
    { name: "g", type: "hologram" },
  ]);
});

test("where it may run is read", () => {
  const read = pod(`${CONTAINERS}
nodeSelector: {kubernetes.io/arch: arm64}
nodeName: n
schedulerName: s
runtimeClassName: gvisor
serviceAccountName: sa
os: {name: windows}
hostNetwork: true
hostPID: true
hostIPC: true
securityContext: {windowsOptions: {hostProcess: true}}
topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]
affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
      - {matchExpressions: [{key: k, operator: In, values: [v]}], matchFields: [{key: metadata.name, operator: In, values: [n]}]}
      - {matchExpressions: [{key: e, operator: Exists}]}
    preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: {matchExpressions: [{key: p, operator: Exists}]}}]
  podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone}]}
  podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: host}]}`);
  expect(read).toMatchObject({
    nodeSelector: { "kubernetes.io/arch": "arm64" },
    nodeName: "n",
    schedulerName: "s",
    runtimeClassName: "gvisor",
    serviceAccountName: "sa",
    os: "windows",
    hostNetwork: true,
    hostPID: true,
    hostIPC: true,
    hostProcess: true,
    topologySpreadConstraints: [{ topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" }],
    affinity: {
      requiredNodeTerms: [
        [
          { key: "k", operator: "In", values: ["v"] },
          { key: "metadata.name", operator: "In", values: ["n"] },
        ],
        [{ key: "e", operator: "Exists", values: [] }],
      ],
      preferredNodeTerms: [[{ key: "p", operator: "Exists", values: [] }]],
      requiredPodAffinity: ["zone"],
      requiredPodAntiAffinity: ["host"],
    },
  });
});

test("the older name of the service account is read", () => {
  expect(pod(`${CONTAINERS}\nserviceAccount: old`).serviceAccountName).toBe("old");
});

test("a container may ask for a host process", () => {
  expect(pod("containers: [{name: a, securityContext: {windowsOptions: {hostProcess: true}}}]").hostProcess).toBe(true);
});

describe("resources", () => {
  const of = (resources: string) => pod(`containers: [{name: a, resources: ${resources}}]`).containers[0]?.resources;
  const shown = (resources: string) => {
    const { requests, limits } = of(resources) ?? {};
    return [requests, limits].map((each) => [
      each?.cpu?.toString(),
      each?.memory?.toString(),
      each?.ephemeralStorage?.toString(),
    ]);
  };

  test("are in quotes or numbers", () => {
    expect(shown('{requests: {cpu: 1, memory: 1073741824}, limits: {cpu: "1.5", memory: 2Gi}}')).toEqual([
      ["1", "1Gi", undefined],
      ["1500m", "2Gi", undefined],
    ]);
    expect(shown("{requests: {cpu: 0.5, memory: 1.5e9, ephemeral-storage: 10G}}")[0]).toEqual(["500m", "1500M", "10G"]);
  });

  test("that are not there are undefined, which is not 0", () => {
    expect(of("{requests: {cpu: 0}}")).toEqual({
      requests: { cpu: expect.objectContaining({ millis: 0 }), extended: {} },
      limits: { extended: {} },
    });
  });

  test("a limit without a request is the request too, resource by resource", () => {
    expect(shown("{requests: {cpu: 100m}, limits: {cpu: 1, memory: 1Gi, ephemeral-storage: 5Gi}}")[0]).toEqual([
      "100m",
      "1Gi",
      "5Gi",
    ]);
    expect(of("{limits: {nvidia.com/gpu: 1}}")?.requests.extended).toEqual({ "nvidia.com/gpu": "1" });
  });

  test("memory in millis is valid, however unlikely", () => {
    expect(shown("{requests: {memory: 512m}}")[0]).toEqual([undefined, "1", undefined]);
  });

  test("of the pod as a whole: a limit without a request is the request, unless containers request it", () => {
    const whole = (text: string) => {
      const { requests, limits } = pod(text).resources ?? {};
      return [
        requests?.cpu?.toString(),
        requests?.memory?.toString(),
        limits?.cpu?.toString(),
        limits?.memory?.toString(),
      ];
    };
    expect(whole(`${CONTAINERS}\nresources: {limits: {cpu: 2, memory: 1Gi}}`)).toEqual(["2", "1Gi", "2", "1Gi"]);
    expect(
      whole("containers: [{name: a, resources: {limits: {cpu: 1}}}]\nresources: {limits: {cpu: 2, memory: 1Gi}}"),
    ).toEqual([undefined, "1Gi", "2", "1Gi"]);
    expect(whole(`${CONTAINERS}\nresources: {requests: {cpu: 1}, limits: {cpu: 2}}`)).toEqual([
      "1",
      undefined,
      "2",
      undefined,
    ]);
    expect(pod(CONTAINERS).resources).toBeUndefined();
    expect(pod(`${CONTAINERS}\nresources: {limits: {ephemeral-storage: 1Gi}}`).resources?.requests).toEqual({
      extended: {},
    });
  });

  test("of the pod as a whole that are no amounts are told", () => {
    expect(
      told(
        `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {${CONTAINERS}, resources: {limits: {cpu: 2 cores}}}\n`,
      ),
    ).toEqual([
      '1, 4: Pod "x", spec.resources.limits.cpu: \'cpu\' must be a Kubernetes quantity of 0 or more, such as "500m" or "1.5", got "2 cores"; write "2"',
    ]);
  });
});

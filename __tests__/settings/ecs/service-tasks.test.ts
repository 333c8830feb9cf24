import { SettingsError } from "../../../src/settings/errors";
import { parseEcsSettings } from "../../../src/settings/load";

const file = (ecs: string) =>
  `name: shop\nregion: eu-west-1\nnetwork: { zones: [eu-west-1a, eu-west-1b] }\necs:\n${ecs}`;

function problems(ecs: string): string[] {
  try {
    parseEcsSettings(file(ecs), "ecs.yaml");
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).message.split("\n").slice(1);
  }
}

const web = (task: string, service: string, more = "") => `  cluster: { serviceConnectNamespace: shop.local ${more} }
  efs: { shared: { accessPoints: { data: {} } } }
  services: { web: { ${service} } }
  taskDefinitions:
    web:
      containers: [{ name: web, image: "registry.example.com/web:1", cpu: 250m, memory: 512Mi${task}
`;

const GROUPS = ", autoScalingGroups: { general: { instanceTypes: [m7i.large], maxSize: 2 } }";
const MOUNTED = `, mounts: { /data: { volume: data } } }]
      volumes: { data: { efs: { fileSystem: shared, accessPoint: data } } }`;

describe("services and what their tasks are", () => {
  test("have memory for the proxy of Service Connect", () => {
    expect(problems(web(" }]", "serviceConnect: {}"))).toEqual([
      expect.stringMatching(
        /ecs\.services\.web\.serviceConnect.*'size' of task definition "shop-web" must have more memory than its containers together, 512Mi, .*, got 0\.25vCPU 0\.5GB; give it \{ cpu: "250m", memory: "1Gi" \}/,
      ),
    ]);
    expect(problems(web(" }]\n      size: { cpu: 500m, memory: 1Gi }", "serviceConnect: {}"))).toEqual([]);
    const router = " }]\n      fireLens: { memory: 512Mi, outputs: { web: { options: { Name: 'null' } } } }";
    expect(problems(web(router, "serviceConnect: {}"))).toEqual([expect.stringContaining("containers together, 1Gi")]);
    expect(problems(web(" }]\n      launch: EC2", "serviceConnect: {}", GROUPS))).toEqual([
      expect.stringContaining("got none; give it"),
    ]);
  });

  test("have no Service Connect and no FireLens with Windows, and may mount volumes on a drive", () => {
    const windows = "\n      operatingSystem: WINDOWS_SERVER_2022_CORE\n      size: { cpu: '1', memory: 3Gi }";
    expect(problems(web(` }]${windows}`, "serviceConnect: {}"))).toEqual([
      expect.stringContaining("'serviceConnect' is not there for tasks with Windows"),
    ]);
    const router = "\n      fireLens: { outputs: { web: { options: { Name: 'null' } } } }";
    expect(problems(web(` }]${windows}${router}`, ""))).toEqual([
      expect.stringContaining("'fireLens' is not there for tasks with Windows"),
    ]);
    const scratch = ", mounts: { 'C:\\data': { volume: scratch } } }]\n      volumes: { scratch: { bind: {} } }";
    expect(problems(web(`${scratch}${windows}`, ""))).toEqual([]);
    expect(problems(web(scratch, ""))).toEqual([expect.stringContaining(`must have absolute paths without ":"`)]);
  });

  test("mount EFS by the network of instances that the cluster has", () => {
    const bridge = `${MOUNTED}\n      launch: EC2\n      networkMode: bridge`;
    expect(problems(web(bridge, "", GROUPS))).toEqual([]);
    expect(problems(web(bridge, "scheduling: DAEMON"))).toEqual([
      expect.stringContaining(
        `task definition "shop-web" mounts EFS by the network of its instances, and the cluster has none that are known`,
      ),
    ]);
    const nightly = "\n  scheduledTasks: { nightly: { taskDefinition: web, schedule: rate(1 day) } }";
    const scheduled = (more?: string) =>
      problems(web(`${bridge}${nightly}`, "", more).replace("  services: { web: {  } }\n", ""));
    expect(scheduled(GROUPS)).toEqual([]);
    expect(scheduled()).toEqual([expect.stringContaining("mounts EFS by the network of its instances")]);
  });
});

import {
  cpSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parse, stringify } from "yaml";
import { ROOT } from "./project";
import { runToSuccess } from "./run";
import { valuesSchema } from "./values-schema";

const FOLDER = join(ROOT, "e2e/charts");
/** What every stand-in has: templates, and the shapes to which schemas refer. */
const SHARED = join(FOLDER, "shared");

/** `Chart.yaml` of a stand-in. */
export interface StandIn {
  readonly name: string;
  /** Of the real chart, whose contract it has. */
  readonly version: string;
  readonly appVersion: string;
}

/** The stand-ins, by the names of the real charts. */
export const STAND_INS: readonly StandIn[] = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && join(FOLDER, entry.name) !== SHARED)
  .map(({ name }) => readYaml<StandIn>(name, "Chart.yaml"));

/** A Helm chart repository on this machine, with a stand-in for each real chart. See e2e/charts/README.md. */
export class ChartRepository {
  private constructor(
    private readonly server: Server,
    private readonly folder: string,
  ) {}

  static async start(): Promise<ChartRepository> {
    const folder = mkdtempSync(join(tmpdir(), "charts-"));
    await Promise.all(STAND_INS.map((standIn) => pack(standIn, folder)));
    writeFileSync(join(folder, "index.yaml"), index());
    const server = createServer((request, response) => {
      const file = createReadStream(join(folder, basename(request.url ?? "")));
      file.once("error", () => response.writeHead(404).end());
      file.pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new ChartRepository(server, folder);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const archive = ({ name, version }: StandIn): string => `${name}-${version}.tgz`;

/** What Helm reads first: the charts and their files. */
function index(): string {
  const entries = STAND_INS.map((standIn) => [standIn.name, [{ ...standIn, urls: [archive(standIn)] }]]);
  return stringify({ apiVersion: "v1", entries: Object.fromEntries(entries) });
}

/** Packs a stand-in with what is shared, and the schema of its values. */
async function pack(standIn: StandIn, folder: string): Promise<void> {
  const { name } = standIn;
  const chart = join(folder, name);
  mkdirSync(chart);
  for (const part of readdirSync(join(FOLDER, name)).filter((file) => file !== "types.yaml")) {
    cpSync(join(FOLDER, name, part), join(chart, part), { recursive: true });
  }
  cpSync(join(SHARED, "_shared.tpl"), join(chart, "templates/_shared.tpl"));
  const schema = valuesSchema(readYaml(name, "values.yaml"), readYaml(name, "types.yaml"));
  writeFileSync(
    join(chart, "values.schema.json"),
    JSON.stringify({ ...schema, ...readYaml<object>("shared", "shapes.yaml") }),
  );
  await runToSuccess("tar", ["-czf", archive(standIn), name], { cwd: folder });
}

function readYaml<T = never>(chart: string, file: string): T {
  return parse(readFileSync(join(FOLDER, chart, file), "utf8")) as T;
}

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { findManifests } from "../../src/manifests/find-files";
import { readManifests } from "../../src/manifests/read-manifests";
import { GOOD, names } from "./reading";

let folder: string;
const noStdin = () => {
  throw new Error("standard input was read");
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "manifests-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text = GOOD): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const found = (...paths: string[]) => {
  const { texts, problems } = findManifests(paths, noStdin);
  return {
    files: texts.map(({ file }) => relative(folder, file)),
    problems: problems.map(({ message }) => message.replaceAll(folder, "")),
  };
};

const answered = (...paths: string[]) => {
  const { texts } = findManifests(paths, noStdin);
  const inventory = readManifests(texts);
  return {
    names: names(inventory),
    problems: inventory.problems.map(({ message }) => message),
    files: inventory.counts.files,
  };
};

describe("files", () => {
  test("that are named are read whatever they are called", () => {
    expect(found(write("pods.txt"), write(".hidden/a"))).toEqual({ files: ["pods.txt", ".hidden/a"], problems: [] });
  });

  test("that do not exist are told with the path and the fix", () => {
    expect(found(join(folder, "nothing.yaml"))).toEqual({
      files: [],
      problems: ['there is nothing at "/nothing.yaml"; name a file or folder that exists, or - for standard input'],
    });
  });

  test("that cannot be read are told with the reason", () => {
    expect(found(join(write("a.yaml"), "b"))).toEqual({
      files: [],
      problems: ['"/a.yaml/b" cannot be read (ENOTDIR); check the path and its permissions'],
    });
  });

  test("that are named besides their folder count as named", () => {
    const file = write("values.yaml", "replicas: 2\n");
    expect(answered(folder, file).problems).toEqual([expect.stringContaining("'apiVersion' and 'kind' are missing")]);
  });

  test("that several paths name are read once", () => {
    const file = write("a.yaml");
    expect(found(file, folder, file, join(folder, ".", "a.yaml")).files).toEqual(["a.yaml"]);
  });

  test("that are named and hold no object are told", () => {
    const { problems } = answered(write("empty.yaml", "# nothing\n"), write("values.yaml", "replicas: 2\n"));
    expect(problems).toEqual([
      expect.stringContaining("holds no Kubernetes object"),
      expect.stringContaining("'apiVersion' and 'kind' are missing"),
    ]);
  });
});

describe("folders", () => {
  test("are read at any depth, in order, without hidden folders, node_modules and other files", () => {
    for (const path of [
      "b.yml",
      "a/z.yaml",
      "a/b/c.JSON",
      "c.yaml",
      ".git/a.yaml",
      "node_modules/x/a.yaml",
      "notes.md",
      "a.yaml.bak",
    ]) {
      write(path);
    }
    expect(found(folder).files).toEqual(["a/b/c.JSON", "a/z.yaml", "b.yml", "c.yaml"]);
  });

  test("that lead back to themselves are survived", () => {
    write("a/b.yaml");
    symlinkSync(folder, join(folder, "a", "loop"));
    symlinkSync("self", join(folder, "self"));
    expect(found(folder).files).toEqual(["a/b.yaml"]);
  });

  test("with a link to a file that is gone tell so", () => {
    symlinkSync(join(folder, "gone"), join(folder, "a.yaml"));
    expect(found(folder).problems).toEqual([expect.stringContaining('there is nothing at "/a.yaml"')]);
  });

  test("of files that are no manifests are passed over in silence", () => {
    write("values.yaml", "replicas: 2\n");
    write("Chart.yaml", "apiVersion: v2\nname: web\n");
    write(
      "kustomization.yaml",
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n",
    );
    write("package.json", '{"name": "web"}');
    write("tsconfig.json", '{\n  // comments\n  "a": 1,\n}');
    write("list.yaml", "- a\n- b\n");
    write("empty.yaml", "");
    expect(answered(folder)).toEqual({ names: [], problems: [], files: 0 });
    write("web.yaml");
    expect(answered(folder)).toEqual({ names: ["Deployment default/good"], problems: [], files: 1 });
  });

  test("with a manifest that cannot be read tell it", () => {
    write("a.yaml", `${GOOD}  b: [\n`);
    write("b.yaml", Buffer.from(GOOD, "utf16le").toString("latin1"));
    expect(answered(folder).problems).toEqual([
      expect.stringContaining("this is not YAML"),
      expect.stringContaining("binary file"),
    ]);
  });

  test("of Helm's templates tell so once for each file, however many documents it has", () => {
    write(
      "templates/a.yaml",
      '{{- if .Values.on }}\napiVersion: v1\n{{- end }}\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ include "x" . }}\n',
    );
    write("templates/b.yaml", 'apiVersion: v1\nkind: Pod\nmetadata: {name: "{{ .Release.Name }}"}\nspec: 5\n');
    write("templates/_helpers.tpl", '{{ define "x" }}y{{ end }}');
    expect(answered(folder).problems).toEqual(
      Array(2).fill('this is a Helm template; render it first with "helm template"'),
    );
  });

  test("with templates of other tools in values that are whole are read", () => {
    write("a.yaml", GOOD.replace("image: app", 'image: app\n          args: ["{{ .Labels.app }}"]'));
    expect(answered(folder)).toMatchObject({ names: ["Deployment default/good"], problems: [] });
  });
});

describe("standard input", () => {
  const piped = (text: string) => findManifests(["-"], () => Buffer.from(text));

  test("is read as -", () => {
    expect(piped(GOOD)).toEqual({ texts: [{ file: "-", text: Buffer.from(GOOD) }], problems: [] });
  });

  test.each(["", " \n\t\r\n"])("is refused when it is empty: %j", (text) => {
    expect(piped(text)).toEqual({
      texts: [],
      problems: [
        {
          file: "-",
          message:
            'standard input is empty; pipe manifests into it, such as from "helm template" or "kubectl get -o yaml"',
        },
      ],
    });
  });

  test("that cannot be read is told", () => {
    expect(findManifests(["-"], noStdin).problems).toEqual([
      { file: "-", message: expect.stringContaining("standard input was read") },
    ]);
  });

  test("is read once", () => {
    expect(findManifests(["-", "-"], () => Buffer.from(GOOD)).texts).toHaveLength(1);
  });
});

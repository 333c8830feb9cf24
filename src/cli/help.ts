import { wrap } from "../report/terminal";
import { COMMANDS, GROUPS, OPTION_TABLE } from "./options";

const COLUMNS = 120;
/** Width of the column of options; a longer one has its text on the next line. */
const OPTION_WIDTH = 30;
const COMMAND_WIDTH = 18;

/**
 * The text of `--help`, in the form that shells complete from: `complete -F _longopt` in bash, `compdef _gnu_generic`
 * in zsh.
 */
export function helpText(): string {
  const commands = Object.entries(COMMANDS).map(([name, text]) => line(`  ${name}`, text, COMMAND_WIDTH));
  const groups = Object.entries(GROUPS).flatMap(([group, title]) => [
    "",
    `${title}:`,
    ...Object.entries(OPTION_TABLE)
      .filter(([, option]) => option.group === group)
      .map(([name, { value, help }]) =>
        line(`  --${name}${value === undefined ? "" : `=${value}`}`, help, OPTION_WIDTH),
      ),
  ]);
  return [
    "Usage: cdktf-eks-fargate COMMAND [OPTION]... FILE|FOLDER|-...",
    "",
    "Will it run on Fargate, where does it land, what does it cost: answered from Kubernetes manifests, before anything is",
    "deployed. Reads YAML and JSON, as helm template, kustomize build and kubectl get -o yaml write it; - is standard input.",
    "",
    "Commands:",
    ...commands,
    ...groups,
    "",
    "Exit status: 0 when nothing was found, 1 when --fail-on says so or a manifest cannot be read, 2 when the command line",
    "or a file that it names cannot be used.",
    "",
    "Examples:",
    "  cdktf-eks-fargate fit k8s/",
    '  helm template shop charts/shop | cdktf-eks-fargate fit - --selector "shop" --region eu-west-1',
    "  cdktf-eks-fargate cost k8s/ --instance-types m6i.large,m7g.large",
    "  cdktf-eks-fargate report k8s/ --output report.html",
    "",
    "Completion from this text: complete -F _longopt cdktf-eks-fargate (bash), compdef _gnu_generic cdktf-eks-fargate (zsh)",
    "",
  ].join("\n");
}

function line(left: string, text: string, width: number): string {
  const indent = " ".repeat(width);
  const [first = "", ...rest] = wrap(text, COLUMNS - width);
  const start = left.length < width ? left.padEnd(width) : `${left}\n${indent}`;
  return [`${start}${first}`, ...rest.map((each) => `${indent}${each}`)].join("\n");
}

import { wrap } from "../report/terminal";
import { COMMANDS, GROUPS, OPTION_TABLE } from "./options";

/** The text is as wide as the terminal, within these widths. */
const MIN_COLUMNS = 60;
const MAX_COLUMNS = 120;
/** Width of the column of options; a longer one has its text on the next line. */
const OPTION_WIDTH = 30;
const COMMAND_WIDTH = 18;

/**
 * The text of `--help`, in the form that shells complete from: `complete -F _longopt` in bash, `compdef _gnu_generic`
 * in zsh.
 *
 * @param terminal width of the terminal, in characters
 */
export function helpText(terminal = MAX_COLUMNS): string {
  const columns = Math.min(Math.max(terminal, MIN_COLUMNS), MAX_COLUMNS);
  const commands = Object.entries(COMMANDS).map(([name, text]) => line(`  ${name}`, text, COMMAND_WIDTH, columns));
  const groups = Object.entries(GROUPS).flatMap(([group, title]) => [
    "",
    `${title}:`,
    ...Object.entries(OPTION_TABLE)
      .filter(([, option]) => option.group === group)
      .map(([name, { value, help }]) =>
        line(`  --${name}${value === undefined ? "" : `=${value}`}`, help, OPTION_WIDTH, columns),
      ),
  ]);
  return [
    "Usage: cdktf-eks-fargate COMMAND [OPTION]... FILE|FOLDER|-...",
    "",
    ...wrap(PURPOSE, columns),
    "",
    "Commands:",
    ...commands,
    ...groups,
    "",
    ...wrap(EXIT_STATUS, columns),
    "",
    "Examples:",
    "  cdktf-eks-fargate fit k8s/",
    "  cdktf-eks-fargate fit k8s/ --selector 'web-*' --region eu-west-1",
    "  helm template shop charts/shop | cdktf-eks-fargate fit -",
    "  cdktf-eks-fargate cost k8s/ --instance-types m6i.large,m7g.large",
    "  cdktf-eks-fargate report k8s/ --output report.html",
    "",
    ...wrap(COMPLETION, columns),
    "",
  ].join("\n");
}

const PURPOSE =
  "Will it run on Fargate, where does it land, what does it cost: answered from Kubernetes manifests, before anything is deployed. Reads YAML and JSON, as helm template, kustomize build and kubectl get -o yaml write it; - is standard input.";

const EXIT_STATUS =
  "Exit status: 0 when nothing was found, 1 when --fail-on says so or a manifest cannot be read, 2 when the command line or a file that it names cannot be used, 3 when this program is at fault.";

const COMPLETION =
  "Completion from this text: complete -F _longopt cdktf-eks-fargate (bash, with the package bash-completion), compdef _gnu_generic cdktf-eks-fargate (zsh)";

function line(left: string, text: string, width: number, columns: number): string {
  const indent = " ".repeat(width);
  const [first = "", ...rest] = wrap(text, columns - width);
  const start = left.length < width ? left.padEnd(width) : `${left}\n${indent}`;
  return [`${start}${first}`, ...rest.map((each) => `${indent}${each}`)].join("\n");
}

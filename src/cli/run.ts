import { version } from "../../package.json";
import { PriceError } from "../pricing/errors";
import { SettingsError } from "../settings/errors";
import { type Arguments, parseArguments } from "./arguments";
import { UsageError } from "./errors";
import { EXIT } from "./exit";
import { helpText } from "./help";
import type { Io } from "./io";
import type { Command } from "./options";

/**
 * Runs a command line.
 *
 * @param args what stands behind the program's name
 * @returns the exit status: 0, 1 when something was found, 2 when the command line cannot be answered
 * @throws Error when this program is at fault
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  if (args.includes("--help") || args.includes("-h") || args[0] === "help") {
    io.stdout(helpText(io.columns));
    return EXIT.ok;
  }
  if (args.includes("--version")) {
    io.stdout(`cdktf-eks-fargate ${version}\n`);
    return EXIT.ok;
  }
  try {
    const parsed = parseArguments(args);
    return await COMMAND_MODULES[parsed.command]()(parsed, io);
  } catch (error) {
    if (error instanceof UsageError || error instanceof SettingsError || error instanceof PriceError) {
      io.stderr(`error: ${error.message}\n`);
      return EXIT.unusable;
    }
    throw error;
  }
}

type Run = (args: Arguments, io: Io) => number | Promise<number>;

/** Each command is loaded when it is asked for: `fit` does not wait for what `report` needs. */
const COMMAND_MODULES: Readonly<Record<Command, () => Run>> = {
  fit: () => (require("./commands/fit") as typeof import("./commands/fit")).fit,
  cost: () => (require("./commands/cost") as typeof import("./commands/cost")).cost,
  decide: () => (require("./commands/decide") as typeof import("./commands/decide")).decide,
  report: () => (require("./commands/report") as typeof import("./commands/report")).report,
  "prices refresh": () =>
    (require("./commands/prices-refresh") as typeof import("./commands/prices-refresh")).pricesRefresh,
};

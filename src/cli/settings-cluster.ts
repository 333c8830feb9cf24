import { existsSync } from "node:fs";
import { endpointServices, natZones } from "../model/egress";
import { zoneKeys } from "../model/zones";
import { SettingsError } from "../settings/errors";
import { allProfiles } from "../settings/in-cluster/tenants";
import { loadSettings, loadSettingsFile } from "../settings/load";
import { linuxNodeGroups } from "../settings/node-group-specs";
import { hasLinuxNodes } from "../settings/nodes";
import type { Settings } from "../settings/schema";
import type { Cluster, Platform } from "./cluster";
import { UsageError } from "./errors";
import { readNamed } from "./files";

/**
 * The cluster of the settings file that `--settings` names.
 *
 * @throws SettingsError
 */
export function clusterOfSettings(file: string): Cluster {
  return ofSettings(loadSettingsFile(file, "from --settings"), file);
}

/**
 * The cluster of the app's settings file: the one that the environment or the app's `cdktf.json` names, else the default.
 *
 * @throws UsageError, SettingsError
 */
export function clusterOfApp(): Cluster {
  const fromContext = contextFile();
  try {
    return ofSettings(loadSettings(fromContext), "the app's settings file");
  } catch (error) {
    if (error instanceof SettingsError && error.missing) {
      throw new UsageError(
        `say which Fargate profiles there are: --selector NAMESPACE, --profiles FILE, --stacks FOLDER or --settings FILE; nothing says it now, because ${error.message}`,
      );
    }
    throw error;
  }
}

/** The settings file that the app's own cdktf.json names, where there is one. */
function contextFile(): string | undefined {
  if (!existsSync("cdktf.json")) {
    return undefined;
  }
  try {
    const { context } = JSON.parse(readNamed("cdktf.json", "the app")) as { context?: { settings?: unknown } };
    return typeof context?.settings === "string" ? context.settings : undefined;
  } catch (error) {
    throw new UsageError(
      `cdktf.json is not JSON (${(error as Error).message}); mend it, or name the settings file with --settings`,
    );
  }
}

function ofSettings(settings: Settings, from: string): Cluster {
  const { network, cluster, region, pricing } = settings;
  return {
    profiles: allProfiles(settings),
    from,
    region,
    nodes: hasLinuxNodes(settings),
    instanceTypes: linuxNodeGroups(settings).flatMap(({ instanceTypes }) => instanceTypes),
    platform: { ...networkOf(network), extendedSupport: cluster?.support === "extended" },
    ...(pricing?.savingsPlan === undefined ? {} : { discounts: pricing.savingsPlan }),
  };
}

function networkOf({ existing, zones = [], ...options }: Settings["network"]): Partial<Platform> {
  if (existing !== undefined) {
    return { zones: Object.keys(existing.privateSubnetIds ?? {}).length };
  }
  const keys = zoneKeys(zones);
  return {
    zones: keys.length,
    natGateways: natZones(options, keys).size,
    interfaceEndpoints: endpointServices(options).length,
  };
}

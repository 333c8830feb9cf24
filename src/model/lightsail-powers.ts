import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";
import { Money } from "../units/money";

/** What one node of a Lightsail container service has, and what it costs. */
export interface LightsailPower {
  readonly name: LightsailPowerName;
  readonly cpu: Cpu;
  /** What AWS calls "GB" is GiB. */
  readonly memory: Memory;
  /** US dollars for a node and month. */
  readonly usdPerMonth: Money;
  /** Whether it was read in one place only. */
  readonly singleSource: boolean;
}

/** Source: API model of Lightsail, ContainerServicePowerName, 2026-11-17. */
export const LIGHTSAIL_POWER_NAMES = ["nano", "micro", "small", "medium", "large", "xlarge"] as const;

/** A size of Lightsail's nodes, by name. */
export type LightsailPowerName = (typeof LIGHTSAIL_POWER_NAMES)[number];

/**
 * When the powers were read. Source: `aws lightsail get-container-service-powers` of us-east-2, as two public
 * repositories quote it.
 */
export const LIGHTSAIL_POWERS_AS_OF = "2026-08";

/**
 * The powers from the smallest. Prices are those of us-east-2; Lightsail sells for nearly the same elsewhere.
 *
 * @see https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_GetContainerServicePowers.html
 */
export const LIGHTSAIL_POWERS: readonly LightsailPower[] = [
  power("nano", 0.25, 0.5, "7"),
  power("micro", 0.25, 1, "10"),
  power("small", 0.5, 1, "15"),
  power("medium", 1, 2, "40"),
  power("large", 2, 4, "80"),
  { ...power("xlarge", 4, 8, "160"), singleSource: true },
];

function power(name: LightsailPowerName, vcpu: number, gib: number, usd: string): LightsailPower {
  return {
    name,
    cpu: Cpu.ofVcpu(vcpu),
    memory: Memory.ofGib(gib),
    usdPerMonth: Money.usd(usd),
    singleSource: false,
  };
}

/** The smallest power that has enough of both, or `undefined`. */
export function smallestPower(cpu: Cpu, memory: Memory): LightsailPower | undefined {
  return LIGHTSAIL_POWERS.find((each) => each.cpu.covers(cpu) && each.memory.covers(memory));
}

/** The power of that name, or `undefined`. */
export function powerOf(name: string): LightsailPower | undefined {
  return LIGHTSAIL_POWERS.find((each) => each.name === name);
}

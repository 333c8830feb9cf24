import type { ResourceAmounts, Resources } from "../model/pod";
import { type Problem, quote, under } from "../model/problem";
import { Cpu } from "../units/cpu";
import { Memory } from "../units/memory";
import { parseQuantity } from "../units/quantity";
import type { ResourcesInput } from "./pod-schema";
import { defined } from "./schema";

/** Amounts by resource as a manifest writes them. */
export type WrittenAmounts = Readonly<Record<string, string>>;

export interface WrittenResources {
  readonly requests: WrittenAmounts;
  readonly limits: WrittenAmounts;
}

/** Resources of which an amount is counted; each other one is extended, and what it is called counts. */
const CPU = "cpu";
const MEMORY = "memory";
const EPHEMERAL_STORAGE = "ephemeral-storage";

/** The amounts as text, with a request equal to each limit that has none, as the Kubernetes API has it. */
export function writtenResources(input: ResourcesInput | null | undefined): WrittenResources {
  const limits = written(input?.limits);
  return { limits, requests: { ...limits, ...written(input?.requests) } };
}

export function written(amounts: ResourcesInput["limits"]): WrittenAmounts {
  const entries = Object.entries(amounts ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries.map(([resource, value]) => [resource, String(value)]));
}

export function parseResources({ requests, limits }: WrittenResources): Resources {
  return { requests: parseAmounts(requests), limits: parseAmounts(limits) };
}

function parseAmounts(amounts: WrittenAmounts): ResourceAmounts {
  const { [CPU]: cpu, [MEMORY]: memory, [EPHEMERAL_STORAGE]: storage, ...extended } = amounts;
  return {
    ...defined({ cpu: parseCpu(cpu), memory: parseMemory(memory), ephemeralStorage: parseMemory(storage) }),
    extended,
  };
}

function parseCpu(text: string | undefined): Cpu | undefined {
  const millis = text === undefined ? undefined : parseQuantity(text, 3);
  return millis === undefined ? undefined : Cpu.ofMillis(millis);
}

function parseMemory(text: string | undefined): Memory | undefined {
  const bytes = text === undefined ? undefined : parseQuantity(text, 0);
  return bytes === undefined ? undefined : Memory.ofBytes(bytes);
}

/** Every amount that is no quantity, and every request above its limit, which the Kubernetes API refuses. */
export function resourceProblems(input: ResourcesInput | null | undefined): Problem[] {
  const noQuantities = (["requests", "limits"] as const).flatMap((key) => under(key, amountProblems(input?.[key])));
  return noQuantities.length > 0 ? noQuantities : excessProblems(writtenResources(input), "its limit");
}

/** @param limit how messages call what sets the limit */
export function excessProblems({ requests, limits }: WrittenResources, limit: string): Problem[] {
  return Object.entries(requests).flatMap(([resource, request]) => {
    const most = Object.hasOwn(limits, resource) ? limits[resource] : undefined;
    return most === undefined || most === request || quantityOf(resource, request) <= quantityOf(resource, most)
      ? []
      : [
          {
            at: ["requests", resource],
            message: `the request for '${resource}' must be at most ${limit}, ${quote(most)}, got ${quote(request)}; request less or raise the limit`,
          },
        ];
  });
}

function quantityOf(resource: string, text: string): number {
  return parseQuantity(text, resource === CPU ? 3 : 0) ?? 0;
}

export function amountProblems(amounts: ResourcesInput["limits"]): Problem[] {
  return Object.entries(written(amounts)).flatMap(([resource, text]) =>
    parseQuantity(text, 0) === undefined ? [{ at: [resource], message: quantityProblem(resource, text) }] : [],
  );
}

function quantityProblem(resource: string, text: string): string {
  const example = EXAMPLES[resource] ?? 'a whole number such as "1"';
  const meant = intended(resource, text);
  const fix = meant === undefined ? "write digits with one suffix of Kubernetes, or none" : `write ${quote(meant)}`;
  return `'${resource}' must be a Kubernetes quantity of 0 or more, ${example}, got ${quote(text)}; ${fix}`;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  [CPU]: 'such as "500m" or "1.5"',
  [MEMORY]: 'such as "512Mi" or "2Gi"',
  [EPHEMERAL_STORAGE]: 'such as "512Mi" or "2Gi"',
};

/** Digits, blanks and a unit as people write it: `512mb`, `1 Gi`, `2 GB`, `1 vcpu`. */
const COLLOQUIAL = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i;

/** What a text that is no quantity was surely meant to be. */
function intended(resource: string, text: string): string | undefined {
  const [, digits = "", unit = ""] = COLLOQUIAL.exec(text) ?? [];
  if (digits === "") {
    return undefined;
  }
  if (resource === CPU) {
    return /^(|v?cpus?|cores?)$/i.test(unit)
      ? digits
      : /^m(illi)?s?(cpu|core)?s?$/i.test(unit)
        ? `${digits}m`
        : undefined;
  }
  const [, prefix] = /^([kmgtpe])i?(?:b|bytes?)?$/i.exec(unit) ?? [];
  return prefix === undefined
    ? /^(b|bytes?)?$/i.test(unit)
      ? digits
      : undefined
    : `${digits}${prefix.toUpperCase()}i`;
}

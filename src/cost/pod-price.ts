import { FARGATE_EPHEMERAL_STORAGE, type FargateSize } from "../model/fargate-sizes";
import type { PriceKey } from "../pricing/price";
import type { Cpu } from "../units/cpu";
import type { Memory } from "../units/memory";
import type { Money } from "../units/money";
import { discounted, type UsedPrices } from "./prices";

/** Under which keys a kind of Fargate capacity has its prices, and whether Savings Plans cover it. */
export interface FargateRate {
  readonly vcpu: PriceKey;
  readonly gib: PriceKey;
  /** Compute Savings Plans cover vCPU and memory of Fargate, and not Fargate Spot. */
  readonly savingsPlans: boolean;
}

export const FARGATE_RATES = {
  x86: { vcpu: "fargate/x86/vcpu-hour", gib: "fargate/x86/gib-hour", savingsPlans: true },
  arm: { vcpu: "fargate/arm/vcpu-hour", gib: "fargate/arm/gib-hour", savingsPlans: true },
  spot: { vcpu: "fargate/spot/vcpu-hour", gib: "fargate/spot/gib-hour", savingsPlans: false },
} as const satisfies Record<string, FargateRate>;

const EPHEMERAL: PriceKey = "fargate/ephemeral-storage/gib-hour";

/** A price for an hour, or the keys of what is missing to tell it. */
export interface HourPrice {
  readonly usd?: Money;
  readonly missing: readonly PriceKey[];
}

/** Prices of pods or tasks on one kind of Fargate capacity. Each size is computed once. */
export class PodPrices {
  private readonly vcpu: Money | undefined;
  private readonly gib: Money | undefined;
  private readonly hours = new Map<string, HourPrice>();

  /** @param discount percent off vCPU and memory by Savings Plans, where they cover the rate */
  constructor(
    private readonly prices: UsedPrices,
    private readonly rate: FargateRate,
    discount: number,
  ) {
    const off = rate.savingsPlans ? discount : 0;
    const [vcpu, gib] = [prices.find(rate.vcpu), prices.find(rate.gib)];
    this.vcpu = vcpu && discounted(vcpu, off);
    this.gib = gib && discounted(gib, off);
  }

  /**
   * One pod for an hour: its vCPU, its memory, and the ephemeral storage above what every pod has.
   *
   * @param ephemeralStorage that the pod requests
   */
  hour(size: FargateSize, ephemeralStorage: Memory): HourPrice {
    const extra = ephemeralStorage.minus(FARGATE_EPHEMERAL_STORAGE);
    const key = `${size.cpu.millis}/${size.memory.bytes}/${extra.bytes}`;
    const price = this.hours.get(key) ?? this.compute(size, extra);
    this.hours.set(key, price);
    return price;
  }

  /** Exactly so much CPU and memory for an hour; `undefined` when a price is missing. */
  amount(cpu: Cpu, memory: Memory): Money | undefined {
    return this.vcpu && this.gib && this.vcpu.times(cpu.vcpu).plus(this.gib.times(memory.gib));
  }

  private compute({ cpu, memory }: FargateSize, extra: Memory): HourPrice {
    const storage = extra.bytes > 0 ? this.prices.find(EPHEMERAL) : undefined;
    const missing = [
      ...(this.vcpu === undefined ? [this.rate.vcpu] : []),
      ...(this.gib === undefined ? [this.rate.gib] : []),
      ...(extra.bytes > 0 && storage === undefined ? [EPHEMERAL] : []),
    ];
    const usd = this.amount(cpu, memory);
    return usd === undefined || missing.length > 0
      ? { missing }
      : { usd: storage === undefined ? usd : usd.plus(storage.times(extra.gib)), missing };
  }
}

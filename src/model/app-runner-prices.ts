import { Money } from "../units/money";

/** What App Runner bills for an instance, in US dollars. */
export interface AppRunnerPrices {
  /** For an hour of a GiB, which AWS calls GB, whether the instance works or waits. */
  readonly gibHour: Money;
  /** For an hour of a vCPU, while the instance works. */
  readonly vcpuHour: Money;
}

/** Regions for which AWS's page names these prices. */
export const APP_RUNNER_PRICE_REGIONS = ["eu-west-1", "us-east-1", "us-east-2", "us-west-2"] as const;

/** Where they were read; the day of that copy of the page is not known. */
export const APP_RUNNER_PRICES_SOURCE = "https://aws.amazon.com/apprunner/pricing/";

/**
 * Prices of App Runner in `APP_RUNNER_PRICE_REGIONS`. Automatic deployments cost beside them.
 *
 * Read in 2026-11 from a copy of AWS's page; a copy of AWS's price list of 2024-01 has the same price of a vCPU.
 * @see https://aws.amazon.com/apprunner/pricing/
 */
export const APP_RUNNER_PRICES: AppRunnerPrices = { gibHour: Money.usd("0.007"), vcpuHour: Money.usd("0.064") };

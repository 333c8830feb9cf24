/** Hours that AWS's own price examples count for a month. Source: AWS Pricing Calculator, 730 = 365 x 24 / 12. */
export const HOURS_PER_MONTH = 730;

export const SECONDS_PER_HOUR = 3600;

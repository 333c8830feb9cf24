const SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };

const DURATION = /^(?:\d+(?:\.\d+)?[dhms])+$/;
const PART = /(\d+(?:\.\d+)?)([dhms])/g;

/** Seconds of a duration such as `90s`, `10m` or `1h30m`; `undefined` when it is none, or nothing. */
export function parseDuration(text: string): number | undefined {
  if (!DURATION.test(text)) {
    return undefined;
  }
  let seconds = 0;
  for (const [, number, unit = ""] of text.matchAll(PART)) {
    seconds += Number(number) * (SECONDS[unit] ?? 0);
  }
  return seconds > 0 && Number.isFinite(seconds) ? seconds : undefined;
}

/** Whether it is the name of a time zone, such as `Europe/Berlin`, in the IANA database that Node has. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Local times that a time zone leaves out, as milliseconds since 1970 in that zone: from the first up to the second. */
export type LeftOut = readonly [from: number, to: number];

const DAY_MS = 86_400_000;

/** Times that clocks of the zone leave out when they are put forward, in the years from the first to the last. */
export function leftOutTimes(timeZone: string, firstYear: number, lastYear: number): LeftOut[] {
  const offset = offsetsOf(timeZone);
  const leftOut: LeftOut[] = [];
  for (let day = Date.UTC(firstYear, 0, 1); day < Date.UTC(lastYear + 1, 0, 1); day += DAY_MS) {
    const before = offset(day);
    const after = offset(day + DAY_MS);
    if (after > before) {
      const moment = changeBetween(day, day + DAY_MS, (time) => offset(time) > before);
      leftOut.push([moment + before, moment + after]);
    }
  }
  return leftOut;
}

/** By how many milliseconds the zone's clocks are ahead of UTC at a moment. */
function offsetsOf(timeZone: string): (moment: number) => number {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (moment) => {
    const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - moment;
  };
}

/** The first second in which it is so; before the first moment it is not, and at the last it is. */
function changeBetween(first: number, last: number, isSo: (moment: number) => boolean): number {
  let [no, yes] = [first, last];
  while (yes - no > 1000) {
    const middle = no + Math.floor((yes - no) / 2000) * 1000;
    [no, yes] = isSo(middle) ? [no, middle] : [middle, yes];
  }
  return yes;
}

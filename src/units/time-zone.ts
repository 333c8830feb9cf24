/** Whether it is the name of a time zone, such as `Europe/Berlin`, in the IANA database that Node has. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const DAY_MS = 86_400_000;

/** The server's own calendar day of an instant, such as `2026-11-28`. */
export function dayOf(date: Date): string {
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${date.getFullYear()}-${month}-${day}`;
}

/** The last `count` days, the oldest first, today included. */
export function lastDays(count: number, now: Date): string[] {
  // Days are counted from noon: a change of the clocks moves no noon into another day.
  const noon = new Date(now).setHours(12, 0, 0, 0);
  return Array.from({ length: count }, (_, index) => dayOf(new Date(noon - (count - 1 - index) * DAY_MS)));
}

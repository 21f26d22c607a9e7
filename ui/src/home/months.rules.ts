/** A month of the scrubber: where it stands, and what is written there. */
export interface Tick {
  /** `YYYY-MM`. */
  readonly month: string;
  /** From the top, 0 to 1. */
  readonly at: number;
  /** Whether its name has room. */
  readonly named: boolean;
  /** It is called by its year: the newest of an earlier one. */
  readonly year: boolean;
}

/** Lays months out over a height, newest first; names keep apart, and years go before months. CSS pixels. */
export function layTicks(months: readonly string[], height: number, apart: number): Tick[] {
  const last = Math.max(1, months.length - 1);
  const newest = months[0]?.slice(0, 4);
  const ticks = months.map((month, index) => {
    const before = months[index - 1]?.slice(0, 4);
    const year = before !== undefined && before !== month.slice(0, 4);
    return { month, at: index / last, year, wanted: year || month.startsWith(newest ?? '') };
  });
  const named: number[] = [];
  const place = (wanted: (tick: (typeof ticks)[number]) => boolean): void => {
    for (const [index, tick] of ticks.entries()) {
      const y = tick.at * height;
      if (wanted(tick) && named.every((other) => Math.abs((ticks[other]?.at ?? 0) * height - y) >= apart))
        named.push(index);
    }
  };
  place(({ year }) => year);
  place(({ wanted }) => wanted);
  return ticks.map(({ month, at, year }, index) => ({ month, at, year, named: named.includes(index) }));
}

/** The month nearest to a place between 0 and 1. */
export const monthAt = (months: readonly string[], at: number): string | undefined =>
  months[Math.round(Math.min(1, Math.max(0, at)) * (months.length - 1))];

/** The place of a month; of one that is not there, that of the next older one. */
export function indexOfMonth(months: readonly string[], month: string): number {
  const found = months.findIndex((known) => known <= month);
  return found < 0 ? Math.max(0, months.length - 1) : found;
}

/** CSS pixels of a sheet's top by which it is held. */
const HANDLE = 72;
/** CSS pixels, and share of the sheet, that it is drawn down until letting go closes it. */
const FAR = 160;
const SHARE = 0.4;
/** CSS pixels a millisecond, and the least way, of a flick. */
const FLICK = 0.5;
const LEAST = 32;

/** @param y - CSS pixels from the sheet's top */
export const isOnHandle = (y: number): boolean => y >= 0 && y <= HANDLE;

/** Whether letting go there closes. @param speed - CSS pixels a millisecond */
export function closesSheet(offset: number, speed: number, height: number): boolean {
  if (speed < -FLICK) return false; // It was thrown back.
  return offset >= Math.min(FAR, height * SHARE) || (offset >= LEAST && speed >= FLICK);
}

/** Milliseconds of a time as CSS writes it, "360ms" or ".36s"; 0 for anything else. */
export function parseTime(css: string): number {
  const [, number, unit] = /^\s*([\d.]+)(m?s)\s*$/.exec(css) ?? [];
  return (Number(number) || 0) * (unit === 's' ? 1000 : 1);
}

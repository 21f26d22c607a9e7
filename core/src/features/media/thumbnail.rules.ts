/** The smallest width that is enough, else the largest there is. */
export function chooseWidth(widths: readonly number[], size: number): number | undefined {
  const sorted = widths.toSorted((a, b) => a - b);
  return sorted.find((width) => width >= size) ?? sorted.at(-1);
}

/** Bytes before a WebP's picture: `RIFF`, the length of what follows, `WEBP`. */
const HEADER = 12;

/** Whether a file is a WebP with all the bytes that it says it has: a full disk or a crash leaves less. */
export function isWholeWebp(bytes: Buffer): boolean {
  if (bytes.length <= HEADER) return false;
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, HEADER) === 'WEBP';
  return isWebp && bytes.readUInt32LE(4) + 8 <= bytes.length;
}

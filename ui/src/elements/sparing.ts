interface Connection {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

/** True on a line that costs by the byte, or is so slow that it is wanted for what is looked at now. */
export function isSparing(): boolean {
  const { connection } = navigator as { connection?: Connection }; // Not in every browser.
  return connection?.saveData === true || connection?.effectiveType?.includes('2g') === true;
}

const MONGO_DUPLICATE = 11000;

/** Whether a write was refused because an index holds that value already. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === MONGO_DUPLICATE;
}

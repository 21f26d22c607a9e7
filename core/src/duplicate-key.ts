const MONGO_DUPLICATE = 11000;

/** Whether a write was refused because an index holds that value already. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === MONGO_DUPLICATE;
}

/** Whether of many writes at once only such were refused. */
export function areDuplicateKeys(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('writeErrors' in error)) return isDuplicateKey(error);
  const errors: unknown = error.writeErrors;
  return Array.isArray(errors) ? errors.every(isDuplicateKey) : isDuplicateKey(errors);
}

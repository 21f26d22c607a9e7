/** GraphQL's null and "not given" are the same to us. */
export function present<T extends object>(input: T | null | undefined): { [K in keyof T]?: NonNullable<T[K]> } {
  const given = Object.entries(input ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(given) as { [K in keyof T]?: NonNullable<T[K]> };
}

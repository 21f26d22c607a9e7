/** The account of jobs without cookies: what the platform sees is this house's address. */
export const ANONYMOUS = 'anonymous';

/** How one account of a person is called where accounts of everybody stand side by side. */
export function accountKey(userId: string, account: string): string {
  return `${userId}:${account}`;
}

/** Whose account it is, and which; undefined for {@link ANONYMOUS}. */
export function ownerOf(key: string): { readonly userId: string; readonly account: string } | undefined {
  const colon = key.indexOf(':');
  return colon < 0 ? undefined : { userId: key.slice(0, colon), account: key.slice(colon + 1) };
}

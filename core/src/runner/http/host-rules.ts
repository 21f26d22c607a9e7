/**
 * True when a host is on a list of exact names and `.example.com` (that name and all below it).
 * Hosts are compared as `URL` gives them: lower case.
 */
export function isListedHost(host: string, list: readonly string[]): boolean {
  const name = host.replace(/\.$/, '');
  return list.some((entry) => {
    const listed = entry.toLowerCase();
    return listed.startsWith('.') ? name === listed.slice(1) || name.endsWith(listed) : name === listed;
  });
}

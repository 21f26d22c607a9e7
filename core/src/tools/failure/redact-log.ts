/** Characters of a tool's last words that go with an error. */
const KEPT = 4_000;

/** The end of a tool's log without names and passwords in addresses and without signed queries. */
export function redactLog(text: string): string {
  return text
    .slice(-KEPT)
    .replace(/(\b[a-z][\w+.-]*:\/\/)[^\s/@]+@/gi, '$1')
    .replace(/(\bhttps?:\/\/[^\s?'"]+)\?[^\s'"]+/gi, '$1?…');
}

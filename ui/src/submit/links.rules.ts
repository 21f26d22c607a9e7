/** Hosts whose glyph is shown before the server has answered. The server decides what is taken. */
const HOSTS: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)(instagram\.com|instagr\.am|ddinstagram\.com|kkinstagram\.com)$/, 'instagram'],
  [/(^|\.)(tiktok\.com|tiktokv\.com)$/, 'tiktok'],
  [/(^|\.)(reddit\.com|redd\.it|redditmedia\.com|reddit\.app\.link)$/, 'reddit'],
  [/(^|\.)(x\.com|twitter\.com|t\.co|fxtwitter\.com|vxtwitter\.com|fixupx\.com)$/, 'x'],
  [/(^|\.)(youtube\.com|youtu\.be|youtube-nocookie\.com)$/, 'youtube'],
];

const LINK = /https?:\/\/[^\s<>"'`]+/gi;
/** `tiktok.com/@a/video/1` as people type it; only for hosts that are known, so that a word with a dot stays a word. */
const BARE = /(?:^|\s)((?:[\w-]+\.)+[a-z]{2,}\/[^\s<>"'`]+)/gi;
const TRAILING = /[),.;:!?\]}»”’…]+$/;
/** So many are taken in one go: each is shown, and the server is asked about each. */
export const LINKS_AT_MOST = 100;

/** All links in a text, in their order, each once. */
export function extractLinks(text: string): string[] {
  const found: { at: number; url: string }[] = [];
  for (const match of text.matchAll(LINK)) found.push({ at: match.index, url: trim(match[0]) });
  for (const match of text.replace(LINK, (whole) => ' '.repeat(whole.length)).matchAll(BARE)) {
    const url = trim(match[1] ?? '');
    if (guessPlatform(url)) found.push({ at: match.index, url });
  }
  const inOrder = found.sort((a, b) => a.at - b.at).map(({ url }) => url);
  return [...new Set(inOrder)];
}

/** True for a text that is nothing but links: it is saved, not searched. */
export function isOnlyLinks(text: string): boolean {
  const links = new Set(extractLinks(text));
  const parts = text.trim().split(/\s+/).filter(Boolean);
  return links.size > 0 && parts.every((part) => links.has(trim(part)));
}

/** The platform that an address seems to belong to, by its host alone. */
export function guessPlatform(url: string): string | undefined {
  try {
    const { hostname, username } = new URL(/^https?:/i.test(url) ? url : `https://${url}`);
    return username ? undefined : HOSTS.find(([pattern]) => pattern.test(hostname))?.[1];
  } catch {
    return undefined;
  }
}

/** An address as it is shown: without scheme and `www.`. */
export const showLink = (url: string): string => url.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');

/** Punctuation of the sentence around it is no part of a link; a closing bracket is if it was opened in it. */
function trim(url: string): string {
  let text = url;
  for (;;) {
    const next = text.replace(TRAILING, '');
    if (next === text) return text;
    const cut = text.slice(next.length);
    if (cut.startsWith(')') && next.includes('(')) return `${next})`;
    text = next;
  }
}

import { withoutInvisible } from '../words/names.ts';

/** A piece of a caption: plain text, a link that may be opened, or a hashtag. */
export type CaptionPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'tag'; readonly text: string; readonly tag: string };

const LINK_OR_TAG = /(https?:\/\/[^\s<>"'`]+)|(?<![\p{L}\p{N}_&/#])(#[\p{L}\p{N}_\p{M}]{1,100})/giu;
const TRAILING = /[),.;:!?\]}»”’…]+$/;
const LONGEST = 20_000;

/** Splits a caption. Markup stays text; only http and https become links. */
export function parseCaption(caption: string): CaptionPart[] {
  const text = withoutInvisible(caption.slice(0, LONGEST))
    .replace(/\r\n?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  const parts: CaptionPart[] = [];
  let at = 0;
  for (const match of text.matchAll(LINK_OR_TAG)) {
    const [whole, link, tag] = match;
    const piece = link ? link.replace(TRAILING, '') : whole;
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) });
    if (tag) parts.push({ kind: 'tag', text: piece, tag: piece.slice(1) });
    else parts.push(linkPart(piece));
    at = match.index + piece.length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

function linkPart(text: string): CaptionPart {
  try {
    const { protocol, href } = new URL(text);
    if (protocol === 'https:' || protocol === 'http:') return { kind: 'link', text, href };
  } catch {
    // Looks like an address and is none: plain text.
  }
  return { kind: 'text', text };
}

import type { Post } from '../api/types.ts';
import { coverOf } from '../api/media-url.ts';
import { formatClock } from './format.ts';
import { t, tn } from './t.ts';

const PLATFORM_NAMES: Readonly<Record<string, string>> = {
  instagram: 'Instagram',
  tiktok: 'TikTok',
  reddit: 'Reddit',
  x: 'X',
  youtube: 'YouTube Shorts',
};

/** Characters; cards show two lines of it, and a screen reader says it all. */
const LONGEST_TITLE = 300;

/** Platforms that the official connectors serve, in the order of the chips. */
export const PLATFORMS = Object.keys(PLATFORM_NAMES);

/** A platform's own name; ids that it does not know are shown as they are. */
export const platformName = (id: string): string => PLATFORM_NAMES[id] ?? id;

/** How a sentence calls the platform: the site, not the product on it. */
export const siteName = (id: string): string => (id === 'youtube' ? 'YouTube' : platformName(id));

/** Title on one line; empty when the post has none. A caption without an end is cut as a title. */
export const titleOf = (post: Pick<Post, 'title' | 'caption'>): string =>
  shorten(oneLine(post.title ?? '') || oneLine(post.caption?.split('\n', 1)[0] ?? ''));

/** Who posted, as the platform writes it. */
export function authorOf(post: Pick<Post, 'authorName' | 'authorHandle' | 'platform'>): string {
  return oneLine(post.authorName ?? '') || handleOf(post);
}

/** The handle with the platform's own prefix. */
export function handleOf({ authorHandle, platform }: Pick<Post, 'authorHandle' | 'platform'>): string {
  const handle = oneLine(authorHandle ?? '').replace(/^(@|u\/)/, '');
  if (!handle) return '';
  return platform === 'reddit' ? `u/${handle}` : `@${handle}`;
}

/** What a screen reader calls the card, with the words that are seen on it: "TikTok video: title, 0:34". */
export function cardName(post: Post): string {
  const platform = platformName(post.platform);
  const what =
    post.kind === 'carousel'
      ? tn('card_carousel', post.items.length, { platform })
      : t(`card_${post.kind}`, { platform });
  const title = titleOf(post) || authorOf(post);
  const name = title ? t('card_name', { what, title }) : what;
  const seconds = post.kind === 'video' || post.kind === 'audio' ? durationOf(post) : undefined;
  return seconds === undefined ? name : `${name}, ${formatClock(seconds)}`;
}

/** Length in seconds of what plays first; nothing for pictures. */
export const durationOf = (post: Post): number | undefined =>
  (
    post.items.find((item) => item.kind === 'video') ??
    post.items.find((item) => item.kind === 'audio') ??
    coverOf(post)
  )?.duration ?? undefined;

/** White space and control characters as single spaces; what hides or turns the direction is left out. */
export const oneLine = (text: string): string =>
  withoutInvisible(text)
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim();

/** Without characters that turn the direction of what follows, or hide: no text may rearrange the page. */
export const withoutInvisible = (text: string): string =>
  text.replace(/[\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]/g, '');

function shorten(title: string): string {
  if (title.length <= LONGEST_TITLE) return title;
  // Half of a pair is no character.
  return `${title
    .slice(0, LONGEST_TITLE)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}

/** The letter that stands for a person. */
export const initialOf = (name: string): string => String.fromCodePoint(name.codePointAt(0) ?? 0x20).trim();

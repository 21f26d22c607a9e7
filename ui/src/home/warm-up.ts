import { ownTask } from '../elements/own-task.ts';
import type { Post } from '../api/types.ts';
import './mf-card.ts';
import { titleFonts, warmFont } from './wall-layout.ts';

/** A post that has all a card can show but its picture, which would be asked for. */
const SAMPLE: Post = {
  id: '',
  key: '',
  platform: 'tiktok',
  kind: 'video',
  title: '–',
  caption: null,
  authorHandle: null,
  authorName: null,
  authorUrl: null,
  url: '',
  postedAt: null,
  addedAt: '2020-01-01T00:00:00Z',
  hashtags: [],
  nsfw: false,
  size: 0,
  favourite: false,
  tags: [],
  note: null,
  ownTitle: null,
  folderIds: [],
  hiddenItems: [],
  foreign: false,
  items: [],
};

let warm = false;

/**
 * Gets ready for cards, once, while their posts are still on their way: what the first one of a page takes longer for
 * than all others comes before it. A title in another script makes the browser look for each family of the font, one a
 * task, so that no press of a key has to wait for all of them.
 */
export async function warmUp(): Promise<void> {
  if (warm) return;
  warm = true;
  await new Promise(requestAnimationFrame); // The page shows first.
  await ownTask();
  const card = document.createElement('mf-card');
  card.fill({ post: SAMPLE, href: '', width: 190, picked: false, picking: false, current: false });
  await ownTask();
  for (const font of titleFonts()) {
    await ownTask();
    warmFont(font);
  }
}

import type { FetchedItem } from '@mediafetcher/sdk';
import { PluginError } from '@mediafetcher/sdk';

const KINDS: readonly unknown[] = ['video', 'image', 'audio'];

/** Takes what a plugin's fetch returned, in the order of the post. @throws MF_ERR_NO_MEDIA, MF_ERR_PLUGIN */
export function readFetchedItems(returned: unknown): FetchedItem[] {
  if (!Array.isArray(returned)) throw new PluginError('MF_ERR_PLUGIN', 'The plugin returned no list of files.');
  if (returned.length === 0) throw new PluginError('MF_ERR_NO_MEDIA', 'There is nothing to download in this post.');
  if (returned.length > 1000) throw new PluginError('MF_ERR_PLUGIN', 'The plugin returned more than a thousand files.');
  const items = returned.map(readFetchedItem).sort((a, b) => a.index - b.index);
  if (new Set(items.map(({ index }) => index)).size !== items.length) {
    throw new PluginError('MF_ERR_PLUGIN', 'The plugin gave two files the same place in the post.');
  }
  return items;
}

/** Takes one file as a plugin describes it. @throws MF_ERR_PLUGIN */
export function readFetchedItem(returned: unknown): FetchedItem {
  const item: Partial<Record<keyof FetchedItem, unknown>> =
    typeof returned === 'object' && returned !== null ? returned : {};
  const { index, kind, path, engine } = item;
  const wellFormed =
    typeof index === 'number' && Number.isInteger(index) && index >= 0 && index <= 9999 && KINDS.includes(kind);
  if (!wellFormed || typeof path !== 'string' || path === '') {
    throw new PluginError('MF_ERR_PLUGIN', 'The plugin described a file in a way that makes no sense.');
  }
  // One of the three words: looked up above.
  return {
    index,
    kind: kind as FetchedItem['kind'],
    path,
    engine: typeof engine === 'string' ? engine.slice(0, 60) : 'unknown',
  };
}

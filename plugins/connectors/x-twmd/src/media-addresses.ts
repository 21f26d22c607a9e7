import type { ItemKind } from '@mediafetcher/sdk';
import { PluginError, kindOfFile } from '@mediafetcher/sdk';

export interface MediaAddress {
  readonly url: string;
  readonly kind: ItemKind;
  /** File name, safe as it is. */
  readonly name: string;
}

/**
 * Reads the addresses that twmd printed: each once, photos at their original size, in a fixed order (twmd prints them as
 * its goroutines come). @throws MF_ERR_NO_MEDIA when there is none, which twmd also prints for posts it may not see
 */
export function readMediaAddresses(addresses: readonly string[]): readonly MediaAddress[] {
  const media = new Map(addresses.flatMap((address) => readAddress(address)).map((one) => [one.url, one]));
  if (media.size === 0) throw new PluginError('MF_ERR_NO_MEDIA', 'twmd found no media in this post.');
  return [...media.values()].sort((a, b) => (a.url < b.url ? -1 : 1));
}

function readAddress(address: string): readonly MediaAddress[] {
  if (!URL.canParse(address)) return [];
  const url = new URL(address);
  if (url.protocol !== 'https:' || !`.${url.hostname}`.endsWith('.twimg.com')) return [];
  const last = url.pathname.split('/').at(-1) ?? '';
  const format = url.searchParams.get('format');
  const name = kindOfFile(last) === undefined && format !== null ? `${last}.${format}` : last;
  const kind = kindOfFile(name);
  if (kind === undefined || !/^[\w-]{1,100}\.\w{2,5}$/.test(name)) return [];
  if (kind === 'image') {
    url.searchParams.delete('format');
    url.searchParams.set('name', 'orig');
    url.pathname = [...url.pathname.split('/').slice(0, -1), name].join('/');
  }
  return [{ url: url.href, kind, name }];
}

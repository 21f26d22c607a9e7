/** Families of files that are told apart by their first bytes. */
export type FileFamily = 'jpeg' | 'png' | 'gif' | 'webp' | 'heif' | 'mp4' | 'text' | 'unknown';

/** Bytes that {@link sniffFile} wants to see. */
export const SNIFF_BYTES = 512;

const HEIF_BRANDS = new Set(['avif', 'avis', 'heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1']);
const MARKUP = /^\s*(?:<!doctype|<html|<head|<body|<\?xml|<script|<svg|\{"|\[\{|#EXTM3U|<MPD)/i;

/** Tells a file's family by its first bytes. Markup, JSON and playlists are `text`: never media, whatever their name. */
export function sniffFile(head: Buffer): FileFamily {
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpeg';
  if (head.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'png';
  const text = head.toString('latin1');
  if (/^GIF8[79]a/.test(text)) return 'gif';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  if (text.slice(4, 8) === 'ftyp') return HEIF_BRANDS.has(text.slice(8, 12)) ? 'heif' : 'mp4';
  if (['moov', 'mdat', 'wide', 'styp', 'free', 'skip'].includes(text.slice(4, 8))) return 'mp4';
  return MARKUP.test(text.replace(/^\xef\xbb\xbf/, '')) ? 'text' : 'unknown';
}

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LabItem, LabPost } from '../lab/index.ts';
import type { LibraryItem } from './api-client.ts';
import type { Product } from './product.ts';

const execute = promisify(execFile);
type Media = LibraryItem['items'][number];

/** What is wrong with a stored post, file by file; empty when all is well. */
export async function checkPost(product: Product, post: LabPost): Promise<string[]> {
  const stored = await product.api.postOf(post.key);
  if (stored === undefined) return ['it is not in the library'];
  if (stored.items.length !== post.items.length)
    return [`${stored.items.length} items instead of ${post.items.length}`];
  const files = await readdir(join(product.mediaRoot, 'final'));
  const problems = await Promise.all(
    post.items.map(async (source, index) => {
      const media = stored.items[index];
      const file = media && files.find((name) => name.startsWith(`${media.sha256}.`));
      if (media === undefined || file === undefined) return [`item ${index + 1} has no file`];
      return (await checkFile(join(product.mediaRoot, 'final', file), media, source)).map(
        (problem) => `item ${index + 1} ${problem}`,
      );
    }),
  );
  return problems.flat();
}

async function checkFile(path: string, media: Media, source: LabItem): Promise<string[]> {
  const problems: string[] = [];
  if ((await sha256(path)) !== media.sha256) problems.push('is not what its name says');
  if (media.kind !== source.kind) problems.push(`is ${media.kind} instead of ${source.kind}`);
  if (mustBeUntouched(source) && media.sha256 !== source.sourceSha256) problems.push('is not the source byte for byte');
  if (media.kind === 'video') problems.push(...(await playability(path)));
  if (media.kind !== 'audio' && media.thumbnails.length === 0) problems.push('has no thumbnail');
  return problems;
}

/** Pictures always; videos that play already and came in one piece. */
function mustBeUntouched({ kind, playable, separateSound }: LabItem): boolean {
  return kind === 'image' || (kind === 'video' && playable === 'as-is' && separateSound === undefined);
}

/** The web-playable test: MP4, H.264 8-bit 4:2:0, AAC or silent. */
async function playability(path: string): Promise<string[]> {
  const { stdout } = await execute('ffprobe', ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', path]);
  const { streams, format } = JSON.parse(stdout) as {
    streams: { codec_type: string; codec_name: string; pix_fmt?: string }[];
    format: { format_name: string; tags?: { major_brand?: string } };
  };
  const video = streams.find(({ codec_type }) => codec_type === 'video');
  const audio = streams.find(({ codec_type }) => codec_type === 'audio');
  return [
    ...(format.format_name.includes('mp4') && format.tags?.major_brand !== 'qt  '
      ? []
      : [`is in ${format.format_name}`]),
    ...(video?.codec_name === 'h264' && video.pix_fmt === 'yuv420p'
      ? []
      : [`shows ${String(video?.codec_name)} ${String(video?.pix_fmt)}`]),
    ...(audio === undefined || audio.codec_name === 'aac' ? [] : [`sounds in ${audio.codec_name}`]),
  ];
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

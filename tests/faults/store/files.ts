import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StagedItem, StagedResult } from '../../../core/src/channel/messages.ts';

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
const WEBP = Buffer.from('52494646240000005745425056503820', 'hex');
const WIDTH = 240;

/** Bytes that begin as a JPEG does; the same number gives the same bytes, other ones another size. */
function bytesOf(file: number): Buffer {
  return Buffer.concat([JPEG, Buffer.alloc(2_000 + file * 321, `file ${file}`)]);
}

/** Puts files into a staging folder as a worker would, and says of them what it would say. */
export async function stageFiles(directory: string, key: string, files: readonly number[]): Promise<StagedResult> {
  await mkdir(directory, { recursive: true });
  const items: StagedItem[] = [];
  for (const [index, file] of files.entries()) {
    const bytes = bytesOf(file);
    const [path, thumbnail] = [`${index}.jpg`, `${index}-${WIDTH}.webp`];
    await writeFile(join(directory, path), bytes);
    await writeFile(join(directory, thumbnail), Buffer.concat([WEBP, Buffer.alloc(64, 1)]));
    items.push({
      index,
      kind: 'image',
      path,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
      thumbnails: [{ width: WIDTH, path: thumbnail }],
      engine: 'faults',
    });
  }
  const postId = key.slice(key.indexOf(':') + 1);
  return { key, url: `https://www.tiktok.com/@a/video/${postId}`, post: { postId }, items, usedCookies: false };
}

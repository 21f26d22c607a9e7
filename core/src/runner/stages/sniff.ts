import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';

/** What the first bytes of a file say it is. */
export interface Sniffed {
  readonly kind: 'image' | 'container' | 'text' | 'unknown';
  /** Empty when unknown. */
  readonly mime: string;
}

const HEAD_BYTES = 4_100;

/** Reads the head of a file. An MP4, WebM or Ogg is a `container`: only its streams tell whether it is video or audio. */
export async function sniffFile(path: string): Promise<Sniffed> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return await sniffBytes(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** Pure part of {@link sniffFile}. */
export async function sniffBytes(head: Uint8Array): Promise<Sniffed> {
  const type = await fileTypeFromBuffer(head);
  if (type === undefined) return { kind: looksLikeText(head) ? 'text' : 'unknown', mime: '' };
  const [family] = type.mime.split('/');
  if (family === 'image') return { kind: 'image', mime: type.mime };
  if (family === 'video' || family === 'audio') return { kind: 'container', mime: type.mime };
  // An XML or SVG document is what a site sends instead of a picture.
  return { kind: /xml|html|json/.test(type.mime) ? 'text' : 'unknown', mime: type.mime };
}

function looksLikeText(head: Uint8Array): boolean {
  return head.length > 0 && !head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27));
}

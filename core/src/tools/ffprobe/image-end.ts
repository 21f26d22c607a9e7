import type { FileFamily } from './sniff-file.ts';

/** Bytes of the file's end that {@link endsWhole} wants to see. */
export const TAIL_BYTES = 4_096;

/** False when an image stops before its own end mark. Formats without one count as whole. */
export function endsWhole(family: FileFamily, head: Buffer, tail: Buffer, size: number): boolean {
  switch (family) {
    case 'jpeg':
      return tail.lastIndexOf(Buffer.from([0xff, 0xd9])) !== -1;
    case 'png':
      return tail.includes('IEND', 0, 'latin1');
    case 'gif':
      return tail.lastIndexOf(0x3b) !== -1;
    case 'webp':
      return head.length >= 8 && head.readUInt32LE(4) + 8 <= size;
    default:
      return true;
  }
}

import { open } from 'node:fs/promises';

/**
 * True when the top boxes of an MP4 claim more bytes than the file has: the end is missing.
 * Reads 16 bytes a box.
 */
export async function isMp4Truncated(path: string, size: number): Promise<boolean> {
  const file = await open(path);
  const header = Buffer.alloc(16);
  try {
    let position = 0;
    for (let boxes = 0; position < size && boxes < 10_000; boxes++) {
      const { bytesRead } = await file.read(header, 0, 16, position);
      if (bytesRead < 8) return true;
      const length = readBoxLength(header, bytesRead);
      // Zero: to the end of the file. Less than its own header: no box, nothing can be said.
      if (length === 0) return false;
      if (length === undefined || length < 8) return false;
      position += length;
    }
    return position > size;
  } finally {
    await file.close();
  }
}

function readBoxLength(header: Buffer, bytesRead: number): number | undefined {
  const short = header.readUInt32BE(0);
  if (short !== 1) return short;
  return bytesRead < 16 ? undefined : Number(header.readBigUInt64BE(8));
}

const FIRST_CHUNK = 8;
const LARGEST_CHUNK = 256;
const CHUNK_BYTES = 1024 * 1024;

/** How many rows to read at a time: few at first, more as long as they are small. */
export class Chunk {
  size: number = FIRST_CHUNK;

  /** @param rows `[key, row, document]`, or without the document */
  read(rows: readonly unknown[][]): void {
    let bytes = 0;
    for (const [key, , document] of rows) bytes += ((document ?? key) as Uint8Array).byteLength;
    this.took(bytes, CHUNK_BYTES);
  }

  took(bytes: number, most: number): void {
    if (bytes > most) this.size = Math.max(1, this.size >> 1);
    else this.size = Math.min(LARGEST_CHUNK, this.size * 2);
  }
}

/** Cuts a byte stream into lines (at `\n` and `\r`) without ever holding more than one capped line. */
export interface LineSplitter {
  push(chunk: Buffer): void;
  /** Hands over what is left after the last line break. */
  end(): void;
}

export interface Line {
  readonly text: string;
  /** True when the line was longer than the cap; `text` is then its beginning. */
  readonly cut: boolean;
}

const LF = 10;
const CR = 13;

/** Longest line that is kept whole, in bytes: an info document of yt-dlp is one line. */
export const MAX_LINE_BYTES: number = 8 * 1024 * 1024;

/**
 * Creates a splitter. Empty lines are left out.
 * @param maxBytes bytes of a line that are kept; the rest is thrown away as it arrives
 */
export function createLineSplitter(onLine: (line: Line) => void, maxBytes: number = MAX_LINE_BYTES): LineSplitter {
  let parts: Buffer[] = [];
  let held = 0;
  let cut = false;

  const keep = (part: Buffer): void => {
    const room = maxBytes - held;
    if (part.length > room) cut = true;
    if (room <= 0 || part.length === 0) return;
    const kept = part.subarray(0, room);
    parts.push(kept);
    held += kept.length;
  };
  const flush = (): void => {
    if (held > 0) onLine({ text: Buffer.concat(parts, held).toString('utf8'), cut });
    parts = [];
    held = 0;
    cut = false;
  };

  const close = (chunk: Buffer, start: number, end: number): void => {
    if (held === 0 && end - start <= maxBytes) {
      // The common case, without a copy.
      if (end > start) onLine({ text: chunk.toString('utf8', start, end), cut: false });
      return;
    }
    keep(chunk.subarray(start, end));
    flush();
  };

  return {
    push(chunk) {
      let start = 0;
      let feed = chunk.indexOf(LF);
      let carriage = chunk.indexOf(CR);
      while (feed !== -1 || carriage !== -1) {
        const atCarriage = feed === -1 || (carriage !== -1 && carriage < feed);
        const end = atCarriage ? carriage : feed;
        close(chunk, start, end);
        start = end + 1;
        if (atCarriage) carriage = chunk.indexOf(CR, start);
        else feed = chunk.indexOf(LF, start);
      }
      // A copy: the slice would keep the whole chunk of the pipe alive.
      if (start < chunk.length) keep(Buffer.from(chunk.subarray(start)));
    },
    end: flush,
  };
}

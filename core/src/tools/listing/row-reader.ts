import type { GalleryDlRow } from '@mediafetcher/sdk';
import { parseExactJson } from '../parse-json.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Puts gallery-dl's lines together: one for each post, followed by one for each of its files. */
export interface RowReader {
  take(line: string): void;
  /** Hands over the last post. */
  end(): void;
}

/** @param idField the field that posts have and files have not */
export function createRowReader(idField: string, onRow: (row: GalleryDlRow) => void): RowReader {
  let post: Fields | undefined;
  let files: Fields[] = [];
  const flush = (): void => {
    if (post !== undefined) onRow({ post, files });
    post = undefined;
    files = [];
  };
  return {
    take(line) {
      const fields = parseFields(line);
      if (fields === undefined) return;
      if (idField in fields) {
        flush();
        post = fields;
      } else if (post !== undefined) files.push(fields);
      // Where the number of files is told nobody has to wait for the next post.
      if (post !== undefined && typeof post['count'] === 'number' && files.length >= post['count']) flush();
    },
    end: flush,
  };
}

function parseFields(line: string): Fields | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    // A JSON object: the line starts with a brace.
    return parseExactJson(line) as Fields;
  } catch {
    return undefined; // A line that was cut.
  }
}

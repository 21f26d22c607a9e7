import type { LibraryFilter, LibrarySort } from '../../core/src/features/library/library-query.ts';
import type { MadeLibrary } from './generate.ts';

/** One list that a person looks at. */
export interface Question {
  readonly filter: LibraryFilter;
  readonly sort: LibrarySort;
  readonly seed?: number;
  /** Pages before the one that is timed. */
  readonly skip?: number;
}

const SORTS: readonly LibrarySort[] = ['added_desc', 'posted_desc', 'size_desc', 'random'];
const DAY = 86_400_000;

/** What is asked, by kind of question; `n` counts up and no two are quite the same. */
export function questionsOf({
  words,
  folders,
  random,
}: MadeLibrary): Readonly<Record<string, (n: number) => Question>> {
  const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
  const rank = (): number => Math.floor(5000 ** random()) - 1;
  const from = (): Date => new Date(Date.UTC(2020, 0, 1) + random() * 1900 * DAY);
  const filters = (n: number): LibraryFilter => {
    const begin = from();
    const choice: readonly LibraryFilter[] = [
      { platform: pick(['instagram', 'tiktok', 'youtube', 'x', 'reddit'], n) },
      { kind: pick(['video', 'image', 'carousel'], n) },
      { platform: 'reddit', kind: 'carousel' },
      { author: `author${n % 60}` },
      { tag: words.word(0, rank()) },
      { favourite: true },
      { favourite: true, platform: 'x' },
      { from: begin, to: new Date(begin.getTime() + 30 * DAY) },
      { postedFrom: begin, postedTo: new Date(begin.getTime() + 30 * DAY) },
      { minDuration: 120, platform: 'tiktok' },
      { folder: 'inbox', kind: 'image' },
    ];
    return pick(choice, n);
  };
  const searches = (n: number): LibraryFilter => {
    const word = words.word(n % 4, rank());
    const other = words.word(0, Math.floor(30 * random()));
    return pick<LibraryFilter>(
      [
        { q: word },
        { q: words.word(0, rank()).slice(0, 3) },
        { q: `${words.word(0, rank())} ${other}` },
        { q: word, platform: 'tiktok' },
        { q: words.word(0, rank()), kind: 'video', favourite: true },
      ],
      n,
    );
  };
  return {
    'first page': (n) => ({ filter: {}, sort: pick(SORTS, n), seed: n }),
    'tenth page': (n) => ({ filter: {}, sort: pick(SORTS, n), seed: n, skip: 9 }),
    filtered: (n) => ({ filter: filters(n), sort: n % 3 === 0 ? pick(SORTS, n) : 'added_desc', seed: n }),
    searched: (n) => ({ filter: searches(n), sort: 'added_desc' }),
    'folder with sub-folders': (n) => ({
      filter: { folder: pick(folders, n), subfolders: true, ...(n % 3 === 0 && { platform: 'tiktok' }) },
      sort: n % 4 === 0 ? 'posted_desc' : 'added_desc',
    }),
  };
}

import Type from 'typebox';
import type { Static } from 'typebox';
import { MAX_LIMIT } from '../library-query.ts';
import type { PageOptions } from '../library-query.ts';
import { LIBRARY_SORTS } from './list-sort.ts';
import type { LibrarySort } from './list-sort.ts';

const KINDS = ['video', 'image', 'audio', 'carousel'] as const;
type Kind = (typeof KINDS)[number];
const Flag = Type.Boolean();
const Instant = Type.String({ format: 'date-time' });
const Word = Type.String({ minLength: 1, maxLength: 200 });

/** Query of `GET /api/library`. */
export const ListQuery = Type.Object({
  kind: Type.Optional(Type.Unsafe<Kind>(Type.String({ enum: [...KINDS] }))),
  platform: Type.Optional(Type.String({ maxLength: 60 })),
  folder: Type.Optional(Type.String({ pattern: '^([0-9a-f]{24}|inbox)$' })),
  subfolders: Type.Optional(Flag),
  tag: Type.Optional(Word),
  author: Type.Optional(Word),
  q: Type.Optional(Type.String({ maxLength: 500 })),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
  postedFrom: Type.Optional(Instant),
  postedTo: Type.Optional(Instant),
  favourite: Type.Optional(Flag),
  minDuration: Type.Optional(Type.Number({ minimum: 0 })),
  maxDuration: Type.Optional(Type.Number({ minimum: 0 })),
  trash: Type.Optional(Flag),
  sort: Type.Unsafe<LibrarySort>(Type.String({ enum: [...LIBRARY_SORTS], default: 'added_desc' })),
  seed: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, default: 0 }),
  limit: Type.Integer({ minimum: 1, maximum: MAX_LIMIT, default: 60 }),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
});

export function pageOptionsOf(query: Static<typeof ListQuery>): PageOptions {
  const { sort, seed, limit, cursor, from, to, postedFrom, postedTo, ...filter } = query;
  const dates = Object.entries({ from, to, postedFrom, postedTo }).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, new Date(text)]],
  );
  return { filter: { ...filter, ...(Object.fromEntries(dates) as object) }, sort, seed, limit, cursor };
}

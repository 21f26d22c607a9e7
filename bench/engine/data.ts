import { ObjectId, serialize } from 'bson';

export const DOCUMENTS = 100_000;
export const OWNERS = 20;
/** Documents of 1 kB, with the fields of a list in a media library. */
export function documentOf(number: number): { id: ObjectId; bytes: Uint8Array } {
  const id = new ObjectId();
  const bytes = serialize({
    _id: id,
    owner: `user${number % OWNERS}`,
    kind: number % 3 === 0 ? 'image' : 'video',
    number,
    score: (number % 1000) / 10,
    createdAt: new Date(1_700_000_000_000 + number * 1000),
    tags: ['a', 'b', `c${number % 7}`],
    seen: number % 2 === 0,
    views: 0,
    caption: 'x'.repeat(852),
  });
  return { id, bytes };
}

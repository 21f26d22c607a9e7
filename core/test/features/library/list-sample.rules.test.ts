import assert from 'node:assert/strict';
import test from 'node:test';
import { Types } from 'mongoose';
import type { LibraryFilter } from '../../../src/features/library/listing/library-filter.ts';
import { facetsOf } from '../../../src/features/library/listing/list-filter.rules.ts';
import { hitsOf, holds, shareOf, sizeFrom } from '../../../src/features/library/listing/list-sample.rules.ts';

const folder = new Types.ObjectId();
const link = {
  kind: 'video',
  platform: 'tiktok',
  author: 'ann',
  folders: [new Types.ObjectId(), new Types.ObjectId(folder.toHexString())],
  labels: ['sea', 'ete'],
  terms: ['harbour', 'sun'],
  favourite: true,
  addedAt: new Date(100),
  postedAt: new Date(50),
  duration: 30,
};

for (const [filter, expected] of [
  [{ kind: 'video' }, true],
  [{ kind: 'image' }, false],
  [{ platform: 'x' }, false],
  [{ q: 'harb' }, true],
  [{ q: 'arb' }, false],
  [{ q: 'sun harbour' }, true],
  [{ q: 'sun moon' }, false],
  [{ tag: '#Été' }, true],
  [{ author: '@ANN' }, true],
  [{ favourite: true }, true],
  [{ folder: folder.toHexString() }, true],
  [{ folder: 'inbox' }, false],
  [{ from: new Date(100), to: new Date(100) }, true],
  [{ from: new Date(101) }, false],
  [{ postedTo: new Date(49) }, false],
  [{ minDuration: 30, maxDuration: 31 }, true],
  [{ maxDuration: 29 }, false],
] as const satisfies readonly (readonly [LibraryFilter, boolean])[]) {
  test(`a link ${expected ? 'satisfies' : 'does not satisfy'} ${JSON.stringify(filter)}, as in the database`, () => {
    for (const folders of [[folder], [new Types.ObjectId(), folder]])
      assert.equal(
        facetsOf(filter, folders).every(({ where }) => holds(where, link)),
        expected,
      );
  });
}

test('a stretch of the ring tells how long the whole list is', () => {
  assert.equal(sizeFrom(600, 0.5), 1200);
  assert.equal(sizeFrom(600, 0.0006), 1_000_000);
});

test('a share is never none, and conditions count together', () => {
  const facets = facetsOf({ kind: 'video', platform: 'tiktok' });
  const links = [link, { ...link, kind: 'image' }, { ...link, platform: 'x' }, { ...link, kind: undefined }];
  assert.equal(hitsOf(links, facets), 1);
  assert.equal(shareOf({ links, size: 4 }, facets), 1.5 / 5);
  assert.ok(shareOf({ links: [], size: 0 }, facets) > 0);
});

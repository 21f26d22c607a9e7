import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameOf } from '../../../src/features/library/download-name.rules.ts';

const one = {
  key: 'x:2090000000000000001',
  author: { handle: 'lea.voyage' },
  postedAt: new Date('2026-05-04T10:00:00Z'),
  items: [{ sha256: 'a' }],
};
const two = { ...one, items: [{ sha256: 'b' }, { sha256: 'a' }] };

for (const [post, format, name] of [
  [one, undefined, 'x-2090000000000000001'],
  [two, undefined, 'x-2090000000000000001-02'],
  [one, '{DATE} {USERNAME} {ID}', '2026-05-04 lea.voyage 2090000000000000001'],
  [two, '{ID}', '2090000000000000001-02'],
  [{ ...one, key: 'instagram:story:12' }, '{ID}', 'story-12'],
  [{ ...one, author: { handle: '../../etc/passwd' } }, '{USERNAME}_{ID}', 'etc-passwd_2090000000000000001'],
  [{ ...one, author: { handle: '東京' } }, '{USERNAME} {ID}', '2090000000000000001'],
  [{ key: one.key, items: one.items }, '{USERNAME} {DATE}', 'x-2090000000000000001'],
  [one, '{TITLE}', 'x-2090000000000000001'],
  [one, 7, 'x-2090000000000000001'],
] as const) {
  test(`${post.key} of ${post.items.length} as ${String(format)} is ${name}`, () => {
    assert.equal(nameOf(post, { sha256: 'a' }, format), name);
  });
}

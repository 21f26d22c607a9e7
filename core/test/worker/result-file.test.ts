import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPluginError } from '@mediafetcher/sdk';
import type { Staged, StagedItem, StagedResult } from '../../src/channel/messages.ts';
import { validateResult } from '../../src/worker/result-file.ts';

const item: StagedItem = {
  index: 0,
  kind: 'video',
  path: 'video.mp4',
  sha256: '0'.repeat(64),
  size: 1,
  thumbnails: [],
  engine: 'actor',
};

function makeStaged(changes: Partial<StagedResult>): Staged {
  const result = { key: 'stage:one', url: '', post: { postId: 'one' }, items: [item], usedCookies: false, ...changes };
  return { type: 'staged', jobId: 'a'.repeat(24), attempt: 1, result };
}

const foreign: object = { size: 1n };
const refused: [what: string, changes: Partial<StagedResult>][] = [
  ['a path that is too long', { items: [{ ...item, path: 'x'.repeat(501) }] }],
  ['an odd key', { key: 'no key' }],
  ['too many items', { items: Array.from({ length: 1_001 }, () => item) }],
  ['more text than a message may have', { items: [{ ...item, ...{ extra: 'x'.repeat(4_000_000) } }] }],
  ['what JSON cannot hold', { items: [{ ...item, ...foreign }] }],
];

describe('a result', () => {
  it('that the server takes is let through', () => {
    assert.doesNotThrow(() => validateResult(makeStaged({})));
  });

  for (const [what, changes] of refused) {
    it(`with ${what} is the plugin's failure`, () => {
      assert.throws(
        () => validateResult(makeStaged(changes)),
        (error) => isPluginError(error) && error.code === 'MF_ERR_PLUGIN',
      );
    });
  }

  it('that was made playable and is of a size that the server refuses is a failure', () => {
    const file = { path: 'made.mp4', sha256: '0'.repeat(64), size: 1, width: 1 };
    const answer = { type: 'rendition', jobId: 'a'.repeat(24), attempt: 1, file } as const;
    assert.doesNotThrow(() => validateResult(answer));
    assert.throws(() => validateResult({ ...answer, file: { ...file, width: 100_001 } }), { code: 'MF_ERR_PLUGIN' });
  });
});

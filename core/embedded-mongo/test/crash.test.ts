import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildSyncRecorder, crashRounds } from './support/crash/rounds.ts';
import { seedOf } from './support/random.ts';

const ROUNDS = 3;

for (const durability of ['normal', 'full'] as const) {
  test(`kill -9 loses nothing that was acknowledged, with durability ${durability}`, async (context) => {
    const seed = seedOf();
    context.diagnostic(`SEED=${seed}`);
    const { acknowledged } = await crashRounds({
      durability,
      powerCut: false,
      seed,
      goesOn: (round) => round < ROUNDS,
    });
    assert.ok(acknowledged > 0);
  });
}

test('with durability full a power cut loses nothing that was acknowledged', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'em-cc-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  if (buildSyncRecorder(folder) === undefined) {
    context.skip('there is no C compiler');
    return;
  }
  const seed = seedOf();
  context.diagnostic(`SEED=${seed}`);
  await crashRounds({ durability: 'full', powerCut: true, seed, goesOn: (round) => round < ROUNDS });
});

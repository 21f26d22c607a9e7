import assert from 'node:assert/strict';
import test from 'node:test';
import { runRound } from './store.ts';

/** `SEED=…` repeats a round; `npm run faults -- store` runs the long form. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_007);

test(`three servers on one database, killed and held at random, leave nothing that a recount would find (SEED=${seed})`, async () => {
  const { differences, mistakes, figures } = await runRound({ operations: 240, seed, killEvery: 30, hangEvery: 120 });
  assert.deepEqual({ differences, mistakes }, { differences: [], mistakes: [] }, JSON.stringify(figures));
  assert.ok(Number(figures['kills']) > 0);
});

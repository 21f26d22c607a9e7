import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crashRounds } from './support/crash/rounds.ts';
import type { CrashOptions } from './support/crash/rounds.ts';
import { seedOf } from './support/random.ts';

const ROUNDS = Number(process.env['CRASHES'] ?? 3);

const cases: readonly (readonly [string, Pick<CrashOptions, 'durability' | 'journal' | 'powerCut'>])[] = [
  ['kill -9, with durability normal', { durability: 'normal', powerCut: false }],
  ['kill -9, with durability full', { durability: 'full', powerCut: false }],
  ['a power cut, with durability full', { durability: 'full', powerCut: true }],
  ['a power cut, of writes that asked for the journal', { durability: 'normal', journal: true, powerCut: true }],
];

for (const [name, options] of cases) {
  test(`nothing that was acknowledged is lost by ${name}`, async (context) => {
    const seed = seedOf();
    context.diagnostic(`SEED=${seed}`);
    const { acknowledged } = await crashRounds({ ...options, seed, goesOn: (round) => round < ROUNDS });
    assert.ok(acknowledged > 0);
  });
}

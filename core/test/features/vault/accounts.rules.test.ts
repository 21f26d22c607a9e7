import assert from 'node:assert/strict';
import test from 'node:test';
import { chooseAccount, stateOf } from '../../../src/features/vault/accounts.rules.ts';
import type { AccountFacts } from '../../../src/features/vault/accounts.rules.ts';

const NOW = Date.UTC(2026, 10, 28);
const HOUR = 3_600_000;
const at = (hours: number): Date => new Date(NOW + hours * HOUR);
const account = (name: string, facts: Partial<AccountFacts> = {}): AccountFacts => ({
  account: name,
  savedAt: at(-100),
  ...facts,
});

for (const [what, facts, state] of [
  ['without an end', {}, 'valid'],
  ['that ends in a month', { sessionEndsAt: at(24 * 30) }, 'valid'],
  ['that ends in six days', { sessionEndsAt: at(24 * 6) }, 'expiring'],
  ['that has ended', { sessionEndsAt: at(0) }, 'rejected'],
  ['that the platform refused', { rejectedAt: at(-1), sessionEndsAt: at(24 * 30) }, 'rejected'],
] as const) {
  test(`a session ${what} is ${state}`, () => assert.equal(stateOf(account('a', facts), NOW), state));
}

const good = account('good');
const better = account('better', { lastSuccessAt: at(-2) });
const ending = account('ending', { sessionEndsAt: at(30), lastSuccessAt: at(-1) });
const refused = account('refused', { rejectedAt: at(-25) });
const due = account('due', { rejectedAt: at(-29) });
const ended = account('ended', { sessionEndsAt: at(-1), rejectedAt: at(-50) });

for (const [what, accounts, chosen] of [
  ['nobody', [], undefined],
  ['the only one', [good], 'good'],
  ['the one that worked last', [good, better], 'better'],
  ['what lasts before what ends soon', [ending, good], 'good'],
  ['what ends soon before a refused one', [due, ending], 'ending'],
  ['no refused one while its platform may still rest', [refused], undefined],
  ['a refused one after a day, to see', [refused, due], 'due'],
  ['never one whose session has ended', [ended], undefined],
] as const) {
  test(`a job gets ${what}`, () => assert.equal(chooseAccount(accounts, NOW)?.account, chosen));
}

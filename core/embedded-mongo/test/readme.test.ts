import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { accumulatorNames } from '../src/aggregate/accumulators.ts';
import { operators } from '../src/aggregate/expressions/table.ts';
import { stageNames } from '../src/aggregate/run.ts';
import { commandNames } from '../src/commands/registry.ts';
import { sourceStages } from '../src/commands/source-stages.ts';
import { fieldOperators } from '../src/match/operators.ts';
import { documentOperators } from '../src/match/parse.ts';
import { updateOperators } from '../src/update/operators.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The names in the first code span after a heading of the list. */
function listed(heading: string): string[] {
  const found = new RegExp(`- \\*\\*${heading}\\*\\*:\\s+\`([^\`]+)\``).exec(readme);
  assert.ok(found?.[1], `README has no list of ${heading}`);
  return found[1].split(/\s+/).sort();
}

const stages = new Set([...stageNames(), ...sourceStages.keys()]);
stages.delete('$changeStream');

const registries: readonly (readonly [string, Iterable<string>])[] = [
  ['Commands', commandNames],
  ['Query operators of a field', fieldOperators],
  ['Query operators of a document', documentOperators],
  ['Update operators', updateOperators],
  ['Stages', stages],
  ['Accumulators', accumulatorNames],
  ['Expressions', operators.keys()],
];
for (const [heading, names] of registries) {
  test(`README lists exactly the ${heading.toLowerCase()} that there are`, () => {
    assert.deepEqual(listed(heading), [...names].sort());
  });
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runNodeFile } from '../testing/node-file.ts';
import { chooseNext, runPool } from '../testing/pool.ts';
import { formatSummary } from '../testing/summary.ts';
import { listWorks } from '../testing/suites.ts';
import { readCounts } from '../testing/web-tests.ts';
import type { Outcome, Work } from '../testing/work.ts';

const fixture = (name: string): string => `scripts/test/fixtures/${name}.fixture.ts`;
const LIMIT = { limitMs: 120_000 };

describe('a test file', () => {
  it('that has a failed test: the rest counts, the failure has its groups and its error', async () => {
    const { passed, failures } = await runNodeFile(fixture('mixed'), LIMIT);
    assert.equal(passed, 2);
    assert.deepEqual(
      failures.map(({ title }) => title),
      ['a group › is wrong'],
    );
    assert.match(failures[0]?.error ?? '', /1 !== 2/);
  });

  it('that ends badly without a failed test has failed', async () => {
    const { passed, failures } = await runNodeFile(fixture('crash'), LIMIT);
    assert.equal(passed, 1);
    assert.deepEqual(failures, [{ title: fixture('crash'), error: 'It ended with exit code 7 and no failed test.' }]);
  });

  it('that hangs is ended and has failed', async () => {
    const { failures } = await runNodeFile(fixture('hang'), { limitMs: 1_500 });
    assert.equal(failures.at(-1)?.error, 'It did not end within 2 seconds.');
  });

  it('whose clean-up fails has failed', async () => {
    const { passed, failures } = await runNodeFile(fixture('hook'), LIMIT);
    assert.equal(passed, 1);
    assert.match(failures[0]?.error ?? '', /the end went wrong/);
  });

  it('without a test has failed', async () => {
    const { failures, output } = await runNodeFile(fixture('empty'), LIMIT);
    assert.equal(failures[0]?.error, 'It has no test.');
    assert.equal(output, 'nothing to see\n');
  });
});

const outcome = (seconds: number, ...titles: string[]): Outcome => ({
  passed: 1,
  failures: titles.map((title) => ({ title, error: 'reason' })),
  seconds,
  output: '',
});
const work = (name: string, kind: Work['kind'], expected = 1, run = async () => outcome(1)): Work => ({
  suite: 'unit',
  name,
  kind,
  expected,
  run,
});

describe('works side by side', () => {
  const [sum, other, server, disk] = [
    work('sum', 'computes'),
    work('other', 'computes'),
    work('server', 'waits'),
    work('disk', 'waits'),
  ];
  for (const [running, queue, chosen] of [
    [[], [sum, server], sum],
    [[sum, other], [work('third', 'computes'), server], server],
    [[server, disk], [work('third', 'waits'), sum], sum],
    [[server, disk], [work('third', 'waits')], undefined],
    [[server, disk, sum], [other], undefined],
    [[sum], [], undefined],
  ] as const) {
    const names = (works: readonly Work[]): string => works.map(({ name }) => name).join(' and ') || 'nothing';
    it(`beside ${names(running)}, of ${names(queue)}: ${chosen?.name ?? 'none'} is next on two cores`, () =>
      assert.equal(chooseNext(queue, running, 2), chosen));
  }

  it('start by the longest, and each ends, also one that throws', async () => {
    const started: string[] = [];
    const note = (name: string, expected: number): Work =>
      work(name, 'computes', expected, async () => {
        started.push(name);
        if (name === 'broken') throw new Error('no such file');
        return outcome(expected);
      });
    const ended: [string, number][] = [];
    await runPool([note('short', 1), note('broken', 2), note('long', 3)], {
      cores: 1,
      onEnd: ({ name }, { failures }) => ended.push([name, failures.length]),
    });
    assert.deepEqual(started, ['long', 'broken', 'short']);
    assert.deepEqual(ended.sort(), [
      ['broken', 1],
      ['long', 0],
      ['short', 0],
    ]);
  });
});

it('every test file belongs to one suite', () => {
  const works = listWorks(new Map());
  assert.equal(new Set(works.map(({ name }) => name)).size, works.length);
  assert.ok(works.length > 100);
});

it('the summary names each failure with its file, and ends with the counts', () => {
  const text = formatSummary(
    [
      [work('a.test.ts', 'waits'), outcome(2, 'a group › is wrong')],
      [work('b.test.ts', 'waits'), outcome(9)],
    ],
    11,
  );
  assert.match(text, /✖ a group › is wrong\n {2}a\.test\.ts\n {2}reason/);
  assert.match(text, /9\.0 s {2}b\.test\.ts\n +2\.0 s {2}a\.test\.ts/);
  assert.equal(text.trimEnd().split('\n').at(-1), '2 passed, 1 failed');
});

it('the last figures of the web test runner count', () => {
  const output = 'Chrome: 1/2 test files | 3 passed, 0 failed\nChrome: 2/2 test files | 7 passed, 1 failed\n';
  assert.deepEqual(readCounts(output), { passed: 7, failed: 1 });
});

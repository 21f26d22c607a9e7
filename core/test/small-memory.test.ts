import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { isQuietAfterWork } from '../src/small-memory.ts';

const MODULE = join(import.meta.dirname, '../src/small-memory.ts');

/** Bytes that V8 holds for what is young, after much has come and gone. */
function youngBytes(begin: string): number {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { giveMemoryBack, keepMemorySmall } from ${JSON.stringify(MODULE)};
    ${begin}
    const kept = [];
    for (let index = 0; index < 2_000_000; index += 1) kept[index % 50_000] = { index, list: [index] };
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    process.stdout.write(String(young.space_size));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  assert.match(stdout, /^\d+$/, stderr);
  return Number(stdout);
}

test('what lives for a moment is not left to pile up', () => {
  const kept = youngBytes('keepMemorySmall();');
  assert.ok(kept < youngBytes('') / 4, String(kept));
});

test('memory is given back after work, when it has become quiet', () => {
  const cases = [
    [{ since: 5, lately: 0.01 }, true],
    [{ since: 5, lately: 2 }, false],
    [{ since: 0.5, lately: 0.01 }, false],
  ] as const;
  for (const [work, expected] of cases) assert.equal(isQuietAfterWork(work), expected, JSON.stringify(work));
});

test('what nobody holds any more is gone when memory is given back', () => {
  const script = `
    import { giveMemoryBack } from ${JSON.stringify(MODULE)};
    let held = { big: new Array(1_000_000).fill(0) };
    const reference = new WeakRef(held);
    held = undefined;
    // A reference that has just been made or read keeps its target to the end of the turn.
    await new Promise((resolve) => setTimeout(resolve));
    giveMemoryBack();
    process.stdout.write(String(reference.deref() === undefined));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  assert.equal(stdout, 'true', stderr);
});

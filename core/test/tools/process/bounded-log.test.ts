import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createBoundedLog } from '../../../src/tools/process/bounded-log.ts';

describe('bounded log', () => {
  it('keeps a short log as it is', () => {
    const log = createBoundedLog();
    for (const line of ['one', 'two']) log.add(line);
    assert.equal(log.text(), 'one\ntwo');
  });

  it('keeps the beginning and the end of a long one, and says how much is missing', () => {
    const log = createBoundedLog({ head: 20, tail: 20 });
    for (let number = 1; number <= 1000; number += 1) log.add(`line ${number}`);
    const lines = log.text().split('\n');
    assert.equal(lines[0], 'line 1');
    assert.equal(lines.at(-1), 'line 1000');
    assert.match(log.text(), /… 99\d lines left out …/);
    assert.ok(log.text().length < 120);
  });

  it('cuts a long line', () => {
    const log = createBoundedLog({ line: 5 });
    log.add('x'.repeat(100));
    assert.equal(log.text(), 'xxxxx…');
  });
});

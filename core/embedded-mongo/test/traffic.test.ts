import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Traffic } from '../src/wire/traffic.ts';
import type { Holder } from '../src/wire/traffic.ts';

const MB = 1024 * 1024;

function holder(megabytes: number, dropped: number[]): Holder {
  return { held: megabytes * MB, drop: () => void dropped.push(megabytes) };
}

test('the connection that holds most goes when all together hold too much', () => {
  const dropped: number[] = [];
  const traffic = new Traffic();
  const all = [100, 90, 70].map((size) => holder(size, dropped));
  for (const one of all) traffic.add(one);
  const [first, second, third] = all;
  assert.ok(first && second && third);
  traffic.check(third);
  assert.deepEqual(dropped, [100]);
  traffic.remove(first);
  traffic.check(third);
  assert.deepEqual(dropped, [100]);
});

test('a connection that holds little is not looked at', () => {
  const dropped: number[] = [];
  const traffic = new Traffic();
  for (const size of [200, 200]) traffic.add(holder(size, dropped));
  traffic.check(holder(0.5, dropped));
  assert.deepEqual(dropped, []);
});

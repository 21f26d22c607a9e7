import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Remembered } from '../src/remembered.ts';

/** A value that says how often it was read. */
function counter(alone: boolean) {
  let reads = 0;
  return new Remembered(async () => Promise.resolve((reads += 1)), alone);
}

test('what this process alone writes is read once', async () => {
  const value = counter(true);
  assert.deepEqual([await value.get(), await value.get()], [1, 1]);
});

test('what others write too is read each time', async () => {
  const value = counter(false);
  assert.deepEqual([await value.get(), await value.get()], [1, 2]);
});

test('a change is seen by whoever asks after it, and what was read while it was made is forgotten', async () => {
  const value = counter(true);
  await value.get();
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const changing = value.change(async () => promise);
  assert.equal(await value.get(), 1);
  resolve(undefined);
  await changing;
  assert.equal(await value.get(), 2);
});

test('a change that failed may have been made: it is read again', async () => {
  const value = counter(true);
  await value.get();
  await assert.rejects(value.change(async () => Promise.reject(new Error('no'))));
  assert.equal(await value.get(), 2);
});

test('a read that failed is tried again', async () => {
  let reads = 0;
  const value = new Remembered(async () => {
    reads += 1;
    return reads === 1 ? Promise.reject(new Error('no')) : Promise.resolve(reads);
  }, true);
  await assert.rejects(value.get());
  assert.equal(await value.get(), 2);
});

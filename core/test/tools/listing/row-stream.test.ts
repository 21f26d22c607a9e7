import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRowReader } from '../../../src/tools/listing/row-reader.ts';
import { streamRows } from '../../../src/tools/listing/row-stream.ts';

async function collect(rows: AsyncIterable<number>): Promise<{ rows: number[]; error?: unknown }> {
  const found: number[] = [];
  try {
    for await (const row of rows) found.push(row);
    return { rows: found };
  } catch (error) {
    return { rows: found, error };
  }
}

test('rows come in their order, and the end after the last', async () => {
  const rows = streamRows<number>(async (sink) => {
    sink.push(1);
    sink.push(2);
    await new Promise(setImmediate);
    sink.push(3);
  });
  assert.deepEqual(await collect(rows), { rows: [1, 2, 3] });
});

test('a failure comes after the rows that came before it', async () => {
  const error = new Error('broken');
  const rows = streamRows<number>(async (sink) => {
    sink.push(1);
    await new Promise(setImmediate);
    throw error;
  });
  assert.deepEqual(await collect(rows), { rows: [1], error });
});

test('whoever leaves the loop ends the run, and waits for its end', async () => {
  let ended = false;
  const rows = streamRows<number>(async (sink) => {
    sink.push(1);
    sink.push(2);
    await new Promise((resolve) => sink.signal.addEventListener('abort', resolve, { once: true }));
    ended = true;
  });
  for await (const row of rows) {
    assert.equal(row, 1);
    break;
  }
  assert.equal(ended, true);
});

test('a post is handed over with its files: at once where their number is told, else with the next post', () => {
  const rows: unknown[] = [];
  const reader = createRowReader('id', (row) => rows.push(row));
  const lines = [{ id: 'a', count: 2 }, { num: 1 }, { num: 2 }, { id: 'b', count: 0 }, { id: 'c' }, { num: 1 }].map(
    (line) => JSON.stringify(line),
  );
  const counts = lines.map((line) => {
    reader.take(line);
    return rows.length;
  });
  assert.deepEqual(counts, [0, 0, 1, 2, 2, 2]);
  reader.take('[reddit][warning] what is no row');
  reader.take('{"id": "cut');
  reader.end();
  assert.deepEqual(rows, [
    { post: { id: 'a', count: 2 }, files: [{ num: 1 }, { num: 2 }] },
    { post: { id: 'b', count: 0 }, files: [] },
    { post: { id: 'c' }, files: [{ num: 1 }] },
  ]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEngine } from './support/server.ts';

const DOCUMENTS = 40_000;

test('point reads are answered while another connection scans, sorts and groups everything', async (context) => {
  const { client, db } = await startEngine(context);
  const all = db.collection<{ _id: number; n: number; text: string }>('a');
  for (let from = 0; from < DOCUMENTS; from += 10_000) {
    await all.insertMany(
      Array.from({ length: 10_000 }, (_, at) => ({ _id: from + at, n: (from + at) % 997, text: 'x'.repeat(300) })),
    );
  }
  const works: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['scan', () => all.find({ text: /y$/ }).toArray()],
    ['sort', () => all.find({}).sort({ n: 1, text: 1 }).limit(5).toArray()],
    ['group', () => all.aggregate([{ $group: { _id: '$n', count: { $sum: 1 } } }, { $limit: 1 }]).toArray()],
  ];
  await client.db('admin').command({ ping: 1 });
  for (const [name, work] of works) {
    const state = { running: true };
    const ended = work().finally(() => {
      state.running = false;
    });
    let answered = 0;
    while (state.running) {
      assert.equal((await all.findOne({ _id: answered }))?._id, answered);
      answered++;
    }
    await ended;
    assert.ok(answered > 2, `${answered} point reads were answered during a ${name}`);
  }
});

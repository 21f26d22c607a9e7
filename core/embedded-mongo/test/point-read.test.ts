import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Binary, Double, Long, ObjectId, serialize } from 'bson';
import { readPoint } from '../src/commands/point-read.ts';
import { LocalEngine } from './support/local.ts';

/** An OP_MSG without its header. */
function payload(command: object): Buffer {
  return Buffer.concat([Buffer.alloc(5), serialize(command)]);
}

const ids = [
  new ObjectId(),
  'text',
  'é',
  5,
  1.5,
  Long.fromBigInt(2n ** 60n),
  new Date(5),
  new Binary(Buffer.from('x')),
];

test('a find by _id gets the same bytes from the short way as from the whole one', async (context) => {
  const local = new LocalEngine();
  context.after(() => local.close());
  await local.run({ insert: 'é', documents: ids.map((_id, at) => ({ _id, at })) });
  for (const _id of [...ids, new Double(5), Long.fromNumber(5), new ObjectId(), 'none']) {
    const command = { find: 'é', filter: { _id }, limit: 1, singleBatch: true, lsid: { id: 1 }, $db: 'test' };
    const quick = readPoint(payload(command), local.engine);
    assert.ok(quick, String(_id));
    assert.deepEqual(quick.subarray(21), await local.bytes(command), String(_id));
  }
});

test('whatever is more than a find by _id goes the whole way', async (context) => {
  const local = new LocalEngine();
  context.after(() => local.close());
  await local.run({ insert: 'a', documents: [{ _id: 1 }] });
  const find = { find: 'a', filter: { _id: 1 }, $db: 'test' };
  assert.ok(readPoint(payload(find), local.engine));
  const others: object[] = [
    { ...find, filter: {} },
    { ...find, filter: { _id: 1, a: 1 } },
    { ...find, filter: { id: 1 } },
    { ...find, filter: { _id: { $gt: 1 } } },
    { ...find, filter: { _id: null } },
    { ...find, filter: { _id: /a/ } },
    { ...find, filter: 5 },
    { ...find, limit: -1 },
    { ...find, limit: 'x' },
    { ...find, skip: 1 },
    { ...find, projection: { a: 1 } },
    { ...find, unknown: 1 },
    { ...find, find: 'missing' },
    { ...find, find: 1 },
    { count: 'a', $db: 'test' },
  ];
  for (const other of others) assert.equal(readPoint(payload(other), local.engine), undefined, JSON.stringify(other));
});

test('bytes that lie about their lengths are left to the whole check', async (context) => {
  const local = new LocalEngine();
  context.after(() => local.close());
  await local.run({ insert: 'a', documents: [{ _id: 1 }] });
  const bytes = payload({ find: 'a', filter: { _id: 'x' }, limit: 1, $db: 'test' });
  for (let at = 0; at < bytes.length; at++) {
    for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
      const bent = Buffer.from(bytes);
      bent[at] = value;
      assert.doesNotThrow(() => readPoint(bent, local.engine));
    }
    assert.doesNotThrow(() => readPoint(bytes.subarray(0, at), local.engine));
  }
});

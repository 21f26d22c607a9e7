import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { serialize } from 'bson';
import type { Document } from 'bson';
import type { Db } from 'mongodb';
import type { EmbeddedMongo } from '../src/index.ts';
import { RawClient, frame, message, uint32 } from './support/raw-socket.ts';
import { refusedWith } from './support/refused.ts';
import { sharedEngine } from './support/shared.ts';

const logs: string[] = [];
const shared = sharedEngine({ onLog: (line) => logs.push(line) });
let engine: EmbeddedMongo;
let db: Db;
const open: RawClient[] = [];

before(async () => {
  ({ engine, db } = await shared.start());
});
afterEach(async () => {
  for (const client of open.splice(0)) await client.cut();
  assert.equal((await db.command({ ping: 1 }))['ok'], 1, 'the engine lives');
});
after(() => shared.stop());

async function client(): Promise<RawClient> {
  const one = await RawClient.open(engine);
  open.push(one);
  return one;
}

const ping = Buffer.from(serialize({ ping: 1, $db: 'x' }));
const body = (bytes: Buffer): Buffer => Buffer.concat([uint32(0), Buffer.from([0]), bytes]);

function lying(document: Document, at: number, value: number): Buffer {
  const bytes = Buffer.from(serialize(document));
  bytes.writeInt32LE(value, at);
  return bytes;
}

const sequence = (size: number, name: string, rest: Buffer): Buffer =>
  Buffer.concat([uint32(0), Buffer.from([0]), ping, Buffer.from([1]), uint32(size), Buffer.from(name, 'latin1'), rest]);

const endings: [string, Buffer][] = [
  ['a length of 0', frame(2013, body(ping), 0)],
  ['a length of 15', frame(2013, body(ping), 15)],
  ['a negative length', frame(2013, body(ping), -1)],
  ['a length of 49 MB', frame(2013, body(ping), 49_000_000)],
  ['an operation that does not exist', frame(9999, body(ping))],
  ['a compressed message', frame(2012, body(ping))],
  ['an OP_MSG of nothing', frame(2013, Buffer.alloc(0))],
  ['an OP_MSG without a body', frame(2013, uint32(0))],
  ['a required flag that does not exist', message({ ping: 1, $db: 'x' }, 1 << 5)],
  ['a section of a kind that does not exist', frame(2013, Buffer.concat([uint32(0), Buffer.from([9]), ping]))],
  ['two bodies', frame(2013, Buffer.concat([body(ping), Buffer.from([0]), ping]))],
  ['a body longer than its message', message(lying({ ping: 1, $db: 'x' }, 0, 1_000_000))],
  ['a body with a negative length', message(lying({ ping: 1, $db: 'x' }, 0, -5))],
  ['a body of 4 bytes', message(uint32(4))],
  ['a sequence longer than its message', frame(2013, sequence(1_000_000, 'documents\0', ping))],
  ['a sequence with a negative size', frame(2013, sequence(-1, 'documents\0', ping))],
  ['a sequence without an end of its name', frame(2013, sequence(12, 'document', Buffer.alloc(0)))],
  ['a sequence whose document lies', frame(2013, sequence(14 + 5, 'documents\0', uint32(500)))],
  ['an OP_QUERY that is cut off', frame(2004, Buffer.from('\0\0\0\0admin.$cmd\0', 'latin1'))],
  [
    'an OP_QUERY whose document lies',
    frame(2004, Buffer.concat([Buffer.from('\0\0\0\0a.$cmd\0', 'latin1'), Buffer.alloc(8), uint32(99)])),
  ],
];
for (const [what, bytes] of endings) {
  test(`${what} ends the connection and nothing else`, async () => {
    const one = await client();
    assert.equal(await one.ask(bytes), undefined);
  });
}

const value = (type: number, rest: Buffer): Buffer => {
  const inner = Buffer.concat([Buffer.from([type]), Buffer.from('v\0', 'latin1'), rest, Buffer.from([0])]);
  return Buffer.concat([uint32(inner.length + 4), inner]);
};
const inserting = (document: Buffer): Buffer => {
  const command = Buffer.from(serialize({ insert: 'lies', $db: 'mf' }));
  const array = Buffer.concat([Buffer.from([3]), Buffer.from('0\0', 'latin1'), document, Buffer.from([0])]);
  const field = Buffer.concat([
    Buffer.from([4]),
    Buffer.from('documents\0', 'latin1'),
    uint32(array.length + 4),
    array,
  ]);
  const whole = Buffer.concat([command.subarray(0, -1), field, Buffer.from([0])]);
  whole.writeInt32LE(whole.length, 0);
  return message(whole);
};

const lies: [string, Buffer][] = [
  ['a string of 2 GB', value(2, uint32(0x7fffffff))],
  ['a string of no length', value(2, uint32(0))],
  ['a string without an end', value(2, Buffer.concat([uint32(2), Buffer.from('ab')]))],
  ['a string that is not UTF-8', value(2, Buffer.concat([uint32(3), Buffer.from([0xc3, 0x28, 0])]))],
  ['a document longer than its parent', value(3, uint32(5000))],
  ['a document of no length', value(3, uint32(0))],
  ['an array that is cut off', value(4, Buffer.from([9, 0]))],
  ['binary data of a negative length', value(5, Buffer.concat([uint32(-7), Buffer.from([0])]))],
  ['a boolean of 7', value(8, Buffer.from([7]))],
  ['a type that does not exist', value(0x42, Buffer.alloc(8))],
  ['a regular expression without an end', value(11, Buffer.from('abc'))],
  ['code with a scope that lies', value(15, Buffer.concat([uint32(90), uint32(2), Buffer.from('a\0'), uint32(80)]))],
];
for (const [what, document] of lies) {
  test(`${what} is refused or ends the connection, and is not stored`, async () => {
    const one = await client();
    const reply = await one.ask(inserting(document));
    if (reply) assert.equal(reply['code'], 22, JSON.stringify(reply));
    assert.equal(await db.collection('lies').countDocuments(), 0);
  });
}

function nested(levels: number, array: boolean): Buffer {
  let bytes = Buffer.from(serialize({}));
  const name = array ? '0\0' : 'a\0';
  const parts: Buffer[] = [];
  for (let level = 0; level < levels; level++) {
    parts.push(
      Buffer.concat([
        uint32(bytes.length + 8 * (level + 1)),
        Buffer.from([array ? 4 : 3]),
        Buffer.from(name, 'latin1'),
      ]),
    );
  }
  bytes = Buffer.concat([...parts.reverse(), bytes, Buffer.alloc(levels)]);
  return bytes;
}

for (const array of [false, true]) {
  test(`10,000 levels of ${array ? 'arrays' : 'documents'} are refused with 15`, async () => {
    const one = await client();
    assert.equal((await one.ask(inserting(nested(10_000, array))))?.['code'], 15);
  });
}

test('a body above 16 MB is refused with 10334', async () => {
  const one = await client();
  const size = 17 * 1024 * 1024;
  const reply = await one.ask(inserting(value(5, Buffer.concat([uint32(size), Buffer.alloc(size + 1)]))));
  assert.equal(reply?.['code'], 10334);
});

test('expressions and paths that build endless nesting are refused', async () => {
  const deep = db.collection('deep');
  await deep.insertOne({ a: 1 });
  const path = Array.from({ length: 5000 }, () => 'a').join('.');
  for (const run of [
    (): Promise<unknown> => deep.updateOne({}, { $set: { [path]: 1 } }),
    (): Promise<unknown> => deep.find({ [path]: 1 }).toArray(),
    (): Promise<unknown> => deep.find({}, { projection: { [path]: 1 } }).toArray(),
    (): Promise<unknown> => deep.find({}, { sort: { [path]: 1 } }).toArray(),
    (): Promise<unknown> => deep.aggregate([{ $set: { [path]: 1 } }]).toArray(),
    (): Promise<unknown> => deep.updateOne({ [`q.${path}`]: 1 }, { $set: { z: 1 } }, { upsert: true }),
    (): Promise<unknown> =>
      deep
        .aggregate([
          { $set: { b: { $reduce: { input: { $range: [0, 20_000] }, initialValue: 1, in: { x: '$$value' } } } } },
        ])
        .toArray(),
  ]) {
    await assert.rejects(run(), refusedWith(15));
  }
});

test('an array of a million elements is stored, matched, changed and given back', async () => {
  const many = db.collection<{ _id: number; a: number[] }>('many');
  await many.insertOne({ _id: 1, a: Array.from({ length: 1_000_000 }, (_, at) => at) });
  assert.equal(await many.countDocuments({ a: 999_999 }), 1);
  assert.equal(await many.countDocuments({ a: -5 }), 0);
  await many.updateOne({ _id: 1 }, { $pullAll: { a: Array.from({ length: 10_000 }, (_, at) => at) } });
  await many.updateOne({ _id: 1 }, { $addToSet: { a: { $each: Array.from({ length: 10_000 }, (_, at) => at) } } });
  const [found] = await many.aggregate<{ n: number }>([{ $project: { n: { $size: '$a' } } }]).toArray();
  assert.equal(found?.n, 1_000_000);
});

for (const name of ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf']) {
  test(`${name} is a name like others everywhere`, async () => {
    const odd = db.collection(`odd-${name}`);
    const own = (value: unknown): Document => Object.fromEntries([[name, value]]);
    await odd.createIndex({ [`${name}.x`]: 1 }, {}, {});
    const one = await client();
    const inserted = await one.ask(
      message(
        Buffer.from(serialize({ insert: odd.collectionName, $db: 'mf', documents: [{ _id: 1, ...own({ x: 5 }) }] })),
      ),
    );
    assert.equal(inserted?.['n'], 1);
    const command = async (fields: Document): Promise<Document> => {
      const reply = await one.ask(message({ ...fields, $db: 'mf' }));
      assert.ok(reply?.['ok'] === 1, JSON.stringify(reply));
      return reply;
    };
    const collection = odd.collectionName;
    await command({ update: collection, updates: [{ q: { [`${name}.x`]: 5 }, u: { $set: { [`${name}.y`]: 6 } } }] });
    const grouped = await command({
      aggregate: collection,
      pipeline: [{ $group: { _id: `$${name}.y`, [name]: { $sum: `$${name}.x` } } }, { $sort: { [name]: 1 } }],
      cursor: {},
    });
    const [group] = (grouped['cursor'] as Document)['firstBatch'] as Document[];
    assert.equal(group?.['_id'], 6);
    assert.equal(Object.getOwnPropertyDescriptor(group, name)?.value, 5);
    const distinct = await command({ distinct: collection, key: `${name}.y` });
    assert.deepEqual(distinct['values'], [6]);
    const found = await command({
      find: collection,
      filter: { [`${name}.x`]: { $gt: 1 } },
      projection: { [`${name}.y`]: 1, _id: 0 },
    });
    const [first] = (found['cursor'] as Document)['firstBatch'] as Document[];
    assert.deepEqual(Object.getOwnPropertyDescriptor(first, name)?.value, { y: 6 });
    // No command, operator or stage is found by such a name.
    assert.equal(
      (
        await one.ask(
          message(
            Object.fromEntries<unknown>([
              [name, 1],
              ['$db', 'mf'],
            ]),
          ),
        )
      )?.['code'],
      59,
    );
    const stage = await one.ask(message({ aggregate: collection, pipeline: [own(1)], cursor: {}, $db: 'mf' }));
    assert.equal(stage?.['code'], 40324);
    assert.equal(({} as Document)['x'], undefined);
  });
}

test('an expression that back-tracks for ever is cut off, and others are answered', async () => {
  const texts = db.collection('texts');
  await texts.insertOne({ t: `${'a'.repeat(80)}b` });
  const endless = texts.find({ t: /^(a+)+$/ }).toArray();
  const refused = assert.rejects(endless, refusedWith(51156));
  assert.equal((await db.command({ ping: 1 }))['ok'], 1);
  await refused;
  await assert.rejects(
    texts.aggregate([{ $project: { m: { $regexMatch: { input: '$t', regex: '(a|aa)+$' } } } }]).toArray(),
    refusedWith(51156),
  );
});

test('a client that never reads is not answered further, and takes no memory for it', async () => {
  const big = db.collection('big');
  await big.insertOne({ _id: 1 as unknown as never, text: 'x'.repeat(1024 * 1024) });
  const rss = process.memoryUsage().rss;
  const deaf = await client();
  deaf.socket.pause();
  const ask = message({ find: 'big', filter: { _id: 1 }, $db: 'mf' });
  for (let round = 0; round < 600; round++) deaf.socket.write(ask);
  for (let round = 0; round < 20; round++) assert.equal((await db.command({ ping: 1 }))['ok'], 1);
  const finds = (await engine.stats()).commands['find'] ?? 0;
  assert.ok(finds < 300, `${finds} finds were answered into nowhere`);
  assert.ok(process.memoryUsage().rss - rss < 400 * 1024 * 1024);
});

test('sockets cut in mid-reply and in mid-request leave nothing behind', async () => {
  const ask = message({ find: 'big', filter: { _id: 1 }, $db: 'mf' });
  for (let round = 0; round < 20; round++) {
    const one = await client();
    one.socket.write(round % 2 === 0 ? ask : ask.subarray(0, 20));
    if (round % 4 === 0) await new Promise((resolve) => one.socket.once('data', resolve));
    await one.cut();
  }
  await db.command({ ping: 1 });
  while ((await engine.stats()).connections > 12) await db.command({ ping: 1 });
});

test('requests that come in one piece are answered in their order', async () => {
  const one = await client();
  const numbers = Array.from({ length: 40 }, (_, number) => number);
  one.socket.write(Buffer.concat(numbers.map((number) => message({ find: `none${number}`, $db: 'x' }))));
  for (const number of numbers) assert.equal(((await one.next())?.['cursor'] as Document)['ns'], `x.none${number}`);
});

test('a client that ends its side behind a request is still answered', async () => {
  const one = await client();
  // As long as what Node reads at a time: then the end is read in the same turn.
  const room = 65_536 - message({ ping: 1, comment: '', $db: 'x' }).length;
  one.socket.end(message({ ping: 1, comment: 'x'.repeat(room), $db: 'x' }));
  assert.equal((await one.next())?.['ok'], 1);
});

test('500 connections are all answered', async () => {
  const clients = await Promise.all(Array.from({ length: 500 }, () => client()));
  const replies = await Promise.all(clients.map((one) => one.ask(message({ ping: 1, $db: 'x' }))));
  assert.equal(replies.filter((reply) => reply?.['ok'] === 1).length, 500);
});

test('what a pipeline would hold beyond its limit is refused with 292', async () => {
  const chunk = 'x'.repeat(1000);
  const endless = db
    .collection('one')
    .aggregate([
      { $unionWith: { coll: 'one' } },
      { $set: { list: { $range: [0, 100_000] } } },
      { $unwind: '$list' },
      { $set: { text: { $concat: [chunk, { $toString: '$list' }] }, more: { $concat: [chunk, 'y'] } } },
      { $group: { _id: null, all: { $push: '$$ROOT' } } },
    ]);
  await db.collection('one').insertOne({});
  await assert.rejects(endless.toArray(), refusedWith(292));
});

test('no fault inside the engine was met on the way', () => {
  assert.deepEqual(logs, []);
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { MongoClient } from 'mongodb';
import { EngineError, start } from '../src/index.ts';
import { Child } from './support/child.ts';
import { startEngine, temporaryFolder } from './support/server.ts';

const cli = new URL('../src/cli.ts', import.meta.url).pathname;

test('closing leaves the file and nothing that is held', async (context) => {
  const file = join(temporaryFolder(context), 'deep', 'test.db');
  const engine = await start({ file });
  assert.ok('socket' in engine.address);
  const { socket } = engine.address;
  assert.equal(statSync(socket).mode & 0o777, 0o600);
  await engine.close();
  assert.equal(await engine.closed, undefined);
  assert.deepEqual([existsSync(socket), existsSync(`${file}-wal`), existsSync(file)], [false, false, true]);
  await (await start({ file })).close();
});

test('a path that is too long for a socket gets one in a short folder', async (context) => {
  const file = join(temporaryFolder(context), 'x'.repeat(90), 'test.db');
  const { engine, db } = await startEngine(context, { file });
  assert.ok('socket' in engine.address && engine.address.socket.length < 100);
  assert.equal(await db.collection('a').countDocuments({}), 0);
});

test('a file that is open is refused with the pid of its holder, and taken over when that was killed', async (context) => {
  const file = join(temporaryFolder(context), 'test.db');
  const child = new Child(process.execPath, [cli, '--db', file]);
  context.after(() => child.end('SIGKILL'));
  await child.whenReady(/^ready /m);
  await assert.rejects(
    start({ file }),
    (error) =>
      error instanceof EngineError && error.code === 'EMBEDDED_MONGO_LOCKED' && error.pid === child.process.pid,
  );
  await child.end('SIGKILL');
  await (await start({ file })).close();
});

test('the command prints ready with its address and ends cleanly on SIGTERM', async (context) => {
  const file = join(temporaryFolder(context), 'test.db');
  const child = new Child(process.execPath, [cli, '--db', file, '--port', '0', '--durability', 'full']);
  context.after(() => child.end('SIGKILL'));
  const [, uri = ''] = await child.whenReady(/^ready (mongodb:\/\/127\.0\.0\.1:\d+\/)$/m);
  const client = new MongoClient(uri);
  await client.db('mf').collection('a').insertOne({ a: 1 });
  await child.end('SIGTERM');
  await client.close();
  assert.equal(child.process.exitCode, 0, child.story);
  const { db } = await startEngine(context, { file });
  assert.equal(await db.collection('a').countDocuments({}), 1);
});

test('a backup is a database of its own', async (context) => {
  const { engine, db } = await startEngine(context);
  await db.collection('a').insertMany([{ a: 1 }, { a: 2 }]);
  const copy = join(temporaryFolder(context), 'copy.db');
  await engine.backup(copy);
  await db.collection('a').deleteMany({});
  const second = await startEngine(context, { file: copy });
  assert.equal(await second.db.collection('a').countDocuments({}), 2);
});

test('bytes that are no message end the connection and nothing else', async (context) => {
  const { engine, db } = await startEngine(context);
  assert.ok('socket' in engine.address);
  const lies = [
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    Buffer.alloc(16, 0xff),
    Buffer.from('1000000000000000000000000000000000', 'hex'),
    Buffer.from('20000000010000000000000dd070000000000000ff000000', 'hex'),
  ];
  for (const bytes of lies) {
    const socket = createConnection(engine.address.socket);
    socket.on('error', () => undefined);
    socket.end(bytes);
    await once(socket, 'close');
  }
  assert.equal(await db.collection('a').countDocuments({}), 0);
});

test('a write with j waits for the disk and succeeds', async (context) => {
  const { db } = await startEngine(context);
  const result = await db.collection('a').insertOne({ a: 1 }, { writeConcern: { w: 1, journal: true } });
  assert.ok(result.acknowledged);
});

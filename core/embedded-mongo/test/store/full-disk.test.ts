import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { MongoClient, MongoServerError } from 'mongodb';
import { Child } from '../support/child.ts';
import { startEngine, temporaryFolder } from '../support/server.ts';

const cli = new URL('../../src/cli.ts', import.meta.url).pathname;

for (const durability of ['normal', 'full']) {
  test(`a full disk is error 14031 and reads go on, with durability ${durability}`, async (context) => {
    const folder = temporaryFolder(context);
    const file = join(folder, 'full.db');
    // The shell's limit on the size of files stands for the end of the disk: 4,000 blocks of 1,024 bytes.
    const command = `trap '' XFSZ; ulimit -f 4000; exec "$0" "$@"`;
    const argv = ['-c', command, process.execPath, cli, '--db', file, '--port', '0', '--durability', durability];
    const child = new Child('bash', argv, {
      // A cache of compiled code would count as well.
      env: { ...process.env, NODE_COMPILE_CACHE: '', NODE_DISABLE_COMPILE_CACHE: '1' },
    });
    const [, uri = ''] = await child.whenReady(/^ready (\S+)/m);
    const client = new MongoClient(uri, { retryWrites: false });
    context.after(async () => {
      await client.close();
      await child.end('SIGKILL');
    });
    const collection = client.db('mf').collection<{ _id: number; text: string }>('a');
    let written = 0;
    let failure: unknown;
    while (failure === undefined && written < 20_000) {
      try {
        await collection.insertOne({ _id: written, text: 'x'.repeat(10_000) });
        written++;
      } catch (error) {
        failure = error;
      }
    }
    assert.ok(failure instanceof MongoServerError, String(failure));
    assert.equal(failure.code, 14031);
    assert.ok(written > 10);
    assert.equal(await collection.countDocuments({}), written);
    assert.equal((await collection.findOne({ _id: written - 1 }))?.text.length, 10_000);
    assert.equal(await collection.findOne({ _id: written }), null);
    await client.close();
    await child.end('SIGKILL');
    const { db } = await startEngine(context, { file });
    assert.equal(await db.collection('a').countDocuments({ text: /x/ }), written);
    await db.collection('a').insertOne({ text: 'there is room again' });
  });
}

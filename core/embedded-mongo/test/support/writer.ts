import { MongoClient } from 'mongodb';
import { start } from '../../src/index.ts';

/** Writes until it is killed, and tells its parent each number that was acknowledged. */
const [file = '', durability = 'normal', round = '0'] = process.argv.slice(2);
const engine = await start({ file, durability: durability === 'full' ? 'full' : 'normal' });
const client = new MongoClient(engine.uri);
const written = client.db('mf').collection('written');
await written.createIndex({ round: 1, n: 1 }, {}, {});
for (let n = 0; ; n++) {
  await written.insertOne({ round: Number(round), n, text: 'x'.repeat(500), seen: 1 });
  process.send?.(n);
}

import { createServer } from 'node:net';
import { documentOf } from './data.ts';
import { message } from './wire.ts';

/** A server that answers every message with one prepared reply: what the socket alone costs. */
const [path = ''] = process.argv.slice(2);
const { bytes } = documentOf(0);
// The document's own bytes are in the place where a find would put them.
const reply = message({ cursor: { firstBatch: [], id: 0n, ns: 'bench.documents' }, pad: Buffer.from(bytes), ok: 1 });
createServer({ noDelay: true }, (socket) => {
  socket.on('data', () => socket.write(reply));
  socket.on('error', () => undefined);
}).listen(path, () => process.stdout.write('ready\n'));

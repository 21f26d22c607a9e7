import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { open, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import test, { after } from 'node:test';
import { writeBody } from '../../../src/features/media/write-body.ts';
import { makeDataDir } from '../../helpers/build-test-app.ts';

const bytes = randomBytes(16 * 1024 * 1024 + 7);
const path = join(await makeDataDir({ after }), 'file');
await writeFile(path, bytes);
const whole = { parts: [{ start: 0, end: bytes.length - 1 }], length: bytes.length, contentType: 'video/mp4' };

/** A connection to a server that writes the body; gives what becomes of the writing. */
async function ask(request: string) {
  const answers: Promise<unknown>[] = [];
  const responses: ServerResponse[] = [];
  const server = createServer((_request, response) => {
    responses.push(response);
    response.setHeader('content-length', whole.length);
    answers.push(
      open(path).then(async (file) => {
        await using handle = file;
        await writeBody(response, handle, whole);
      }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // It listens on TCP.
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  return {
    socket,
    answers,
    responses,
    close: async () => {
      socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const LAST = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';

test('a file of many chunks arrives byte for byte, twice on one connection', async (t) => {
  const { socket, close } = await ask(`${GET}${LAST}`);
  t.after(close);
  const received = await buffer(socket);
  const first = received.indexOf('\r\n\r\n') + 4;
  assert.ok(received.subarray(first, first + bytes.length).equals(bytes));
  const rest = received.subarray(first + bytes.length);
  assert.ok(rest.subarray(rest.indexOf('\r\n\r\n') + 4).equals(bytes));
});

test('a client that reads nothing makes nobody read ahead, and one that goes ends all that waits', async (t) => {
  const { socket, answers, responses, close } = await ask(`${GET}${LAST}`);
  t.after(close);
  socket.pause();
  while (responses.length < 2) await nextTurn();
  assert.ok(responses.every(({ writableLength }) => writableLength <= 1024 * 1024));
  socket.destroy();
  await Promise.all(answers);
});

test('a file that got shorter is told, and not as a whole one', async (t) => {
  t.after(async () => writeFile(path, bytes));
  await truncate(path, 1024 * 1024);
  const { socket, answers, responses, close } = await ask(LAST);
  t.after(close);
  socket.resume();
  while (answers.length === 0) await nextTurn();
  await assert.rejects(Promise.all(answers), /shorter/);
  assert.equal(responses[0]?.writableEnded, false);
});

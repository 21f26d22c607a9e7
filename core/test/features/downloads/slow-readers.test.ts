import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import test, { after } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { followedBy } from '../../../src/features/downloads/events.ts';
import type { DownloadDoc } from '../../../src/features/downloads/model.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { recordOf, submit } from '../../helpers/downloads.ts';
import { EventStream } from '../../helpers/event-stream.ts';
import { addPerson } from '../../helpers/people.ts';

const { app, origin } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');
const { events } = app.downloads;
const job: DownloadDoc = await recordOf(app, await submit(ann));
const failure: DownloadDoc = { ...job, status: 'failed', errorCode: 'MF_ERR_NETWORK', errorMessage: 'x'.repeat(2000) };

/** Tells of the download until the reader's listener is gone. It must go: the memory would not end otherwise. */
async function tellUntilDeaf(listeners: () => number, before: number): Promise<number> {
  let told = 0;
  while (listeners() > before) {
    for (let index = 0; index < 100; index += 1) events.changed(failure);
    told += 100;
    assert.ok(told < 1_000_000, 'nobody cuts the reader off');
    await turn();
  }
  return told;
}

test('a reader of server-sent events that takes nothing is cut off, with a reason; it comes back with its last id', async (t) => {
  const before = events.listenerCount('event');
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  t.after(() => socket.destroy());
  await once(socket, 'connect');
  socket.write(`GET /api/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: ${ann.headers.cookie}\r\n\r\n`);
  const [head] = (await once(socket, 'data')) as [Buffer];
  assert.match(head.toString(), /^HTTP\/1.1 200 /);
  socket.pause();
  await tellUntilDeaf(() => events.listenerCount('event'), before);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  socket.resume();
  await once(socket, 'close');
  const ids = [...text.matchAll(/^id: (.+)$/gm)].map(([, id = '']) => id);
  // What was on its way arrives; the reason stands behind it, unless the reader was too slow for that too.
  assert.ok(ids.length > 0);
  const missed = events.since(ids.at(-1) ?? '');
  const back = await EventStream.open(t, `${origin}/api/events`, { ...ann.headers, 'last-event-id': ids.at(-1) ?? '' });
  if (missed === undefined) assert.equal((await back.next())?.event, 'job-update');
  else events.changed(failure);
  assert.ok((await back.next()) !== undefined);
});

test('a reader that takes what it is told is never cut off', async (t) => {
  const stream = await EventStream.open(t, `${origin}/api/events`, ann.headers);
  await stream.next();
  for (let round = 0; round < 20; round += 1) {
    for (let index = 0; index < 100; index += 1) events.changed(failure);
    for (let index = 0; index < 100; index += 1) assert.equal((await stream.next())?.event, 'failed');
  }
});

test('a GraphQL socket whose reader takes nothing is closed', async (t) => {
  const listeners = (): number => events.followed.listenerCount(followedBy(ann.id));
  const before = listeners();
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: ann.headers,
  });
  t.after(() => socket.terminate());
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  const query = 'subscription { downloadChanged { id status errorMessage } }';
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }));
  while (listeners() === before) await turn();
  socket.pause();
  const closed = once(socket, 'close');
  await tellUntilDeaf(listeners, before);
  socket.resume();
  // 1006: it was dropped before it had read as far as the reason.
  const [code] = (await closed) as [number];
  assert.ok(code === 4008 || code === 1006, String(code));
});

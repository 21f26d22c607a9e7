import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import Fastify from 'fastify';
import unusedConnections from '../../src/external/unused-connections.ts';

test('a connection on which nothing was asked does not hold up the end of the server', async (t) => {
  const app = Fastify({ forceCloseConnections: 'idle' });
  await app.register(unusedConnections);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const accepted = once(app.server, 'connection');
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  t.after(() => socket.destroy());
  await accepted;
  const ended = once(socket, 'close');
  await app.close();
  await ended;
});

test('an answer that is under way is finished', async (t) => {
  const app = Fastify({ forceCloseConnections: 'idle' });
  await app.register(unusedConnections);
  const asked = Promise.withResolvers<undefined>();
  const answer = Promise.withResolvers<string>();
  app.get('/', async () => {
    asked.resolve(undefined);
    return answer.promise;
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  t.after(() => app.close());
  const response = fetch(origin);
  await asked.promise;
  const closed = app.close();
  answer.resolve('whole');
  assert.equal(await (await response).text(), 'whole');
  await closed;
});

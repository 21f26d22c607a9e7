import { once } from 'node:events';
import { WebSocket } from 'ws';

/**
 * A program: many open pages that listen to downloads, as far as the server can tell.
 * Arguments: address of the server, session cookie, how many. Says `ready`; ends with its standard input.
 */
const [origin = '', cookie = '', count = '0'] = process.argv.slice(2);
const address = `${origin.replace('http', 'ws')}/graphql`;
const query = 'subscription { downloadChanged { id status stage progress speed eta } }';

for (let opened = 0; opened < Number(count); opened += 1) {
  const socket = new WebSocket(address, 'graphql-transport-ws', { headers: { cookie } });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }));
  socket.ping();
  await once(socket, 'pong');
}
process.stdout.write('ready\n');
process.stdin.resume().on('end', () => process.exit(0));

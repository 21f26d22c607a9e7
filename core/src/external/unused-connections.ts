import type { Socket } from 'node:net';
import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';

/**
 * Ends connections on which nothing was ever asked when the server closes. Browsers open them ahead of need; Node takes
 * them for busy ones (their first request may come any moment) and would wait for them.
 */
const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const unused = new Set<Socket>();
    let closing = false;
    app.server.on('connection', (socket: Socket) => {
      if (closing) {
        socket.destroy();
        return;
      }
      unused.add(socket);
      socket.once('close', () => unused.delete(socket));
    });
    const use = ({ socket }: { readonly socket: Socket }): void => void unused.delete(socket);
    app.server.on('request', use);
    app.server.on('upgrade', use);
    app.addHook('preClose', async () => {
      closing = true;
      for (const socket of unused) socket.destroy();
    });
  },
  { name: 'unused-connections' },
);

export default plugin;

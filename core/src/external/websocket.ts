import websocket from '@fastify/websocket';
import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';

const GRAPHQL_PROTOCOL = 'graphql-transport-ws';
/** Milliseconds that a client has to answer our close; a frozen one would hold up the shutdown by half a minute. */
const CLOSE_GRACE_MS = 1000;

declare module 'fastify' {
  interface FastifyInstance {
    /** What has to be done while sockets are still open when the server closes: workers give their jobs back over theirs. */
    readonly drains: (() => Promise<void>)[];
  }
}

/** One WebSocket server for the worker channel and GraphQL's subscriptions. */
const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    app.decorate('drains', []);
    await app.register(websocket, {
      options: {
        maxPayload: 4 * 1024 * 1024,
        handleProtocols: (protocols: Set<string>) => protocols.has(GRAPHQL_PROTOCOL) && GRAPHQL_PROTOCOL,
      },
      preClose(this: FastifyInstance, done: () => void) {
        const { websocketServer } = this;
        const closeSockets = (): void => {
          for (const client of websocketServer.clients) client.close(1001);
          setTimeout(() => {
            for (const client of websocketServer.clients) client.terminate();
          }, CLOSE_GRACE_MS).unref();
          websocketServer.close(() => done());
        };
        Promise.allSettled(app.drains.map(async (drain) => drain())).then(closeSockets, closeSockets);
      },
    });
  },
  { name: 'websocket' },
);

export default plugin;

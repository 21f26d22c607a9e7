import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import fp from 'fastify-plugin';
import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { start } from '@mediafetcher/embedded-mongo';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** The server's only database connection. Models are made on it, never on mongoose itself. */
    readonly database: Connection;
  }
}

/** Connects to MongoDB, or starts the embedded engine when no address is set. */
const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const { mongodbUri, dataDir } = app.config;
    const engine = mongodbUri === undefined ? await startEngine(dataDir) : undefined;
    const connection = mongoose.createConnection(mongodbUri ?? engine?.uri ?? '', {
      // A thread of this process is never out of reach, only busy: making an index of a million documents takes a minute.
      ...(engine !== undefined && { dbName: 'mediafetcher', connectTimeoutMS: 0 }),
      serverSelectionTimeoutMS: engine === undefined ? 10_000 : 120_000,
      maxPoolSize: 20,
    });
    await connection.asPromise();
    app.decorate('database', connection);
    app.addHook('onClose', async () => {
      await connection.close();
      await engine?.close();
    });
  },
  { name: 'mongoose' },
);

async function startEngine(dataDir: string) {
  const folder = join(dataDir, 'db');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return start({ file: join(folder, 'mediafetcher.sqlite') });
}

export default plugin;

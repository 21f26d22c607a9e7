import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { start } from '../../src/index.ts';
import type { EmbeddedMongo, StartOptions } from '../../src/index.ts';

/** One engine for the tests of a file. */
export interface Shared {
  readonly start: () => Promise<{ engine: EmbeddedMongo; client: MongoClient; db: Db }>;
  readonly stop: () => Promise<void>;
}

/** An engine that is started before and stopped after the tests of a file. */
export function sharedEngine(options: Partial<StartOptions> = {}): Shared {
  const folder = mkdtempSync(join(tmpdir(), 'em-'));
  let running: { engine: EmbeddedMongo; client: MongoClient; db: Db } | undefined;
  return {
    start: async () => {
      const engine = await start({ file: join(folder, 'db'), ...options });
      const client = new MongoClient(engine.uri);
      running = { engine, client, db: client.db('mf') };
      return running;
    },
    stop: async () => {
      await running?.client.close();
      await running?.engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

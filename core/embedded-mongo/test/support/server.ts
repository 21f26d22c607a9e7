import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { start } from '../../src/index.ts';
import type { EmbeddedMongo, StartOptions } from '../../src/index.ts';

/** A folder that goes when the test ends. */
export function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'em-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What a test works with. */
export interface Started {
  readonly engine: EmbeddedMongo;
  readonly client: MongoClient;
  readonly db: Db;
  readonly file: string;
  /** What must end before the engine does. */
  readonly ends: (() => Promise<unknown>)[];
}

/** An engine on a new file, with a driver connected to it. Both end with the test, after what `ends` holds. */
export async function startEngine(context: TestContext, options: Partial<StartOptions> = {}): Promise<Started> {
  const file = options.file ?? join(temporaryFolder(context), 'test.db');
  const engine = await start({ ...options, file });
  const client = new MongoClient(engine.uri);
  const ends: (() => Promise<unknown>)[] = [];
  context.after(async () => {
    for (const end of ends) await end();
    await client.close();
    await engine.close();
  });
  return { engine, client, db: client.db('mf'), file, ends };
}

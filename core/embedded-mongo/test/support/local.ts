import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from '../../src/bson/decode.ts';
import type { Doc, Value } from '../../src/bson/values.ts';
import { Cursors } from '../../src/commands/cursors.ts';
import type { Engine } from '../../src/commands/engine.ts';
import { runCommand } from '../../src/commands/registry.ts';
import { REPLY_ROOM } from '../../src/commands/reply.ts';
import { Request } from '../../src/commands/request.ts';
import { Store } from '../../src/store/store.ts';
import type { Durability } from '../../src/store/store.ts';
import { fromPlain } from './ejson.ts';

/** The commands without the wire, in this thread. */
export class LocalEngine {
  readonly #folder: string = mkdtempSync(join(tmpdir(), 'em-'));
  readonly engine: Engine;

  constructor(durability: Durability = 'normal') {
    this.engine = {
      store: new Store(join(this.#folder, 'db'), durability),
      cursors: new Cursors(),
      startedAt: Date.now(),
      counters: new Map(),
      connections: () => 0,
      running: new Set(),
      expiry: { seconds: 60, enabled: true },
    };
  }

  /** Runs a command given as the driver's plain values. */
  async run(command: object): Promise<Doc> {
    return this.runDoc(fromPlain(command));
  }

  async runDoc(body: Doc): Promise<Doc> {
    const [name = ''] = body.keys();
    const reply = await runCommand(new Request(this.engine, name, body, 'test', new Map()));
    return Buffer.isBuffer(reply) ? decode(reply.subarray(REPLY_ROOM)) : reply;
  }

  /** The bytes of a command's prepared reply. */
  async bytes(command: object): Promise<Buffer> {
    const body = fromPlain(command);
    const [name = ''] = body.keys();
    const reply = await runCommand(new Request(this.engine, name, body, 'test', new Map()));
    if (!Buffer.isBuffer(reply)) throw new TypeError('not a prepared reply');
    return reply.subarray(REPLY_ROOM);
  }

  /** Runs a find and gives all its documents. */
  async find(command: Doc): Promise<Doc[]> {
    const reply = await this.runDoc(new Map<string, Value>([...command, ['batchSize', 1_000_000n]]));
    const cursor = reply.get('cursor');
    const batch = cursor instanceof Map ? cursor.get('firstBatch') : undefined;
    return Array.isArray(batch) ? batch.filter((one) => one instanceof Map) : [];
  }

  close(): void {
    this.engine.store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

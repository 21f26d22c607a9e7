import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectId } from 'bson';
import { DOCUMENTS, OWNERS, documentOf } from './engine/data.ts';
import { startCanned, startEmpty, startEngine } from './engine/servers.ts';
import type { Server } from './engine/servers.ts';
import { bareSqlite } from './engine/sqlite.ts';
import { RawClient, message } from './engine/wire.ts';
import type { BenchResult } from './main.ts';

const CONNECTIONS = 8;
const MB = 1024 * 1024;
const $db = 'bench';
const limits = {
  findOne: 25,
  increment: 60,
  insertsPerSecond: 30_000,
  page: 5,
  count: 2,
  scan: 100,
  idle: 30,
  after: 150,
};

type Figures = Record<string, number>;

/** CPU of a server for each of many requests, sent by several connections that each wait for their answer. */
async function cpuPerRequest(
  server: Server,
  clients: readonly RawClient[],
  requests: number,
  build: (number: number) => Buffer,
): Promise<{ cpu: number; rate: number }> {
  const messages = Array.from({ length: Math.min(requests, 2000) }, (_, number) => build(number));
  const run = async (count: number): Promise<void> => {
    let next = 0;
    await Promise.all(
      clients.map(async (client) => {
        while (next < count) {
          const bytes = messages[next++ % messages.length];
          if (bytes) await client.send(bytes);
        }
      }),
    );
  };
  await run(requests / 4);
  const before = await server.cpu();
  const started = performance.now();
  await run(requests);
  const seconds = (performance.now() - started) / 1000;
  return { cpu: (((await server.cpu()) - before) * 1e6) / requests, rate: requests / seconds };
}

interface Timed {
  readonly p50: number;
  readonly p95: number;
  readonly cpu: number;
}

/** One request again and again: its times as the client sees them, and the server's CPU, in milliseconds. */
async function timed(
  server: Server,
  client: RawClient,
  rounds: number,
  build: (round: number) => Buffer,
): Promise<Timed> {
  for (let round = 0; round < Math.min(rounds, 5); round++) await client.send(build(round));
  const before = await server.cpu();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const bytes = build(round);
    const started = performance.now();
    await client.send(bytes);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (part: number): number => times[Math.floor(times.length * part)] ?? NaN;
  return { p50: at(0.5), p95: at(0.95), cpu: (((await server.cpu()) - before) * 1e3) / rounds };
}

const findOne = (id: ObjectId): Buffer =>
  message({ find: 'documents', filter: { _id: id }, limit: 1, singleBatch: true, $db });

const increment = (id: ObjectId): Buffer =>
  message({ findAndModify: 'documents', query: { _id: id }, update: { $inc: { views: 1 } }, new: true, $db });

const pageOf = (owner: number): Buffer =>
  message({
    find: 'documents',
    filter: { owner: `user${owner % OWNERS}`, kind: 'video' },
    sort: { number: -1 },
    limit: 50,
    $db,
  });

const countOf = (owner: number): Buffer =>
  message({
    aggregate: 'documents',
    pipeline: [{ $match: { owner: `user${owner % OWNERS}` } }, { $group: { _id: 1, n: { $sum: 1 } } }],
    cursor: {},
    $db,
  });

const scanFor = (round: number): Buffer => message({ find: 'documents', filter: { caption: `nothing ${round}` }, $db });

async function insertAll(server: Server, client: RawClient): Promise<{ ids: ObjectId[]; figures: Figures }> {
  const rows = Array.from({ length: DOCUMENTS }, (_, number) => documentOf(number));
  const batches = Array.from({ length: DOCUMENTS / 1000 }, (_, batch) =>
    message(
      { insert: 'documents', ordered: true, $db },
      { name: 'documents', documents: rows.slice(batch * 1000, (batch + 1) * 1000).map(({ bytes }) => bytes) },
    ),
  );
  const before = await server.cpu();
  const started = performance.now();
  for (const batch of batches) await client.send(batch);
  const seconds = (performance.now() - started) / 1000;
  const cpu = (await server.cpu()) - before;
  return {
    ids: rows.map(({ id }) => id),
    figures: {
      'insertMany: documents a second': DOCUMENTS / seconds,
      'insertMany: documents a CPU second': DOCUMENTS / cpu,
    },
  };
}

async function measureEngine(engine: Server, clients: readonly RawClient[]): Promise<Figures> {
  const [client] = clients;
  if (!client) throw new Error('no connection');
  const { ids, figures } = await insertAll(engine, client);
  await client.run({
    createIndexes: 'documents',
    indexes: [{ key: { owner: 1, kind: 1, number: -1 }, name: 'owner_1_kind_1_number_-1' }],
    $db,
  });
  const id = (number: number): ObjectId => {
    const found = ids[(number * 7919) % 1000];
    if (!found) throw new RangeError('no such document');
    return found;
  };
  const reads = await cpuPerRequest(engine, clients, 40_000, (number) => findOne(id(number)));
  const single = await cpuPerRequest(engine, [client], 10_000, (number) => findOne(id(number)));
  const writes = await cpuPerRequest(engine, clients, 20_000, (number) => increment(id(number)));
  const page = await timed(engine, client, 200, pageOf);
  const count = await timed(engine, client, 200, countOf);
  const scan = await timed(engine, client, 10, scanFor);
  return {
    ...figures,
    'findOne by _id, 8 connections: CPU µs': reads.cpu,
    'findOne by _id, 8 connections: a second': reads.rate,
    'findOne by _id, 1 connection: CPU µs': single.cpu,
    '$inc findOneAndUpdate: CPU µs': writes.cpu,
    '$inc findOneAndUpdate: a second': writes.rate,
    'page of 50 of 100,000: p95 ms': page.p95,
    'page of 50 of 100,000: CPU ms': page.cpu,
    'count of 5,000: p50 ms': count.p50,
    'count of 5,000: CPU ms': count.cpu,
    'scan of 100,000: p50 ms': scan.p50,
    'scan of 100,000: CPU ms': scan.cpu,
  };
}

async function measureCanned(folder: string): Promise<Figures> {
  const socket = join(folder, 'canned.sock');
  const server = await startCanned(socket);
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => RawClient.connect(socket)));
  const request = message({ ping: 1, $db });
  const { cpu, rate } = await cpuPerRequest(server, clients, 40_000, () => request);
  for (const client of clients) client.close();
  await server.close();
  return { 'canned reply: CPU µs': cpu, 'canned reply: a second': rate };
}

const round = (value: number): number => Number(value.toPrecision(4));

/** What the embedded engine costs, beside bare SQLite and a server that only sends prepared replies. */
export async function run(): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'mf-bench-'));
  try {
    const floor = { ...(await measureCanned(folder)), ...bareSqlite(folder) };
    const empty = await startEmpty();
    const emptyRss = await empty.rss();
    await empty.close();
    const socket = join(folder, 'engine.sock');
    const file = join(folder, 'bench.db');
    // The first start compiles and keeps the result where NODE_COMPILE_CACHE says; the second is what users have.
    await (await startEngine(file, socket)).close();
    const engine = await startEngine(file, socket);
    const idle = ((await engine.rss()) - emptyRss) / MB;
    const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => RawClient.connect(socket)));
    const measured = await measureEngine(engine, clients);
    const after = ((await engine.rss()) - emptyRss) / MB;
    for (const client of clients) client.close();
    await engine.close();
    const figures: Figures = {
      ...floor,
      ...measured,
      'RSS over an empty Node, idle: MB': idle,
      'RSS over an empty Node, after the bench: MB': after,
    };
    return {
      figures: Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, round(value)])),
      goals: goalsOf(figures),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function goalsOf(figures: Figures): BenchResult['goals'] {
  const most = (figure: string, limit: number): BenchResult['goals'][number] => ({
    name: `${figure} ≤ ${limit}`,
    met: (figures[figure] ?? NaN) <= limit,
  });
  return [
    most('findOne by _id, 8 connections: CPU µs', limits.findOne),
    most('$inc findOneAndUpdate: CPU µs', limits.increment),
    {
      name: `insertMany: documents a second ≥ ${limits.insertsPerSecond}`,
      met: (figures['insertMany: documents a second'] ?? NaN) >= limits.insertsPerSecond,
    },
    most('page of 50 of 100,000: p95 ms', limits.page),
    most('count of 5,000: CPU ms', limits.count),
    most('scan of 100,000: CPU ms', limits.scan),
    most('RSS over an empty Node, idle: MB', limits.idle),
    most('RSS over an empty Node, after the bench: MB', limits.after),
  ];
}

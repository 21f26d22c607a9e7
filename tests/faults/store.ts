import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { start } from '@mediafetcher/embedded-mongo';
import type { ReportedDifference } from '../../core/src/features/library/fsck/finding.ts';
import { createRandom } from '../../core/test/helpers/random.ts';
import type { Random } from '../../core/test/helpers/random.ts';
import type { FaultOptions, FaultResult } from './rounds.ts';
import { ServerProcess } from './store/cluster.ts';
import { hangUntilStoredAnew } from './store/hang-over-file.ts';
import { openLibrary } from './store/open-library.ts';
import type { Operation } from './store/protocol.ts';

const SERVERS = 3;
const USERS = ['a', 'b', 'c'].map((letter) => letter.repeat(24));
const KEYS = Array.from({ length: 6 }, (_, index) => `tiktok:${index}`);
/** Few, so that what is just being deleted is stored again at once. */
const FILES = 3;
/** Operations that each server has in hand at a time. */
const AT_ONCE = 4;
const LEASE_MS = 1_000;
/** Refusals that two at the same post explain. */
const EXPLAINED = new Set(['MF_ERR_UNKNOWN', 'MF_ERR_STATE', 'killed']);

interface StoreFaultOptions {
  /** @default 10,000 */
  readonly operations?: number;
  /** @default a random one */
  readonly seed?: number;
  /** Operations between two kills, on average. @default 80 */
  readonly killEvery?: number;
  /** Operations between two servers that hang for longer than their leases, on average. @default 400 */
  readonly hangEvery?: number;
  /** Playable forms are asked for and cancelled as well. @default false */
  readonly forms?: boolean;
}

const TICK_MS = 20;
/** Operations between two that are about a playable form, on average. */
const FORM_EVERY = 12;

interface StoreFaultResult {
  readonly ok: boolean;
  readonly figures: Readonly<Record<string, number>>;
  readonly differences: readonly ReportedDifference[];
  /** Errors that nothing explains. */
  readonly mistakes: readonly string[];
}

/** Rounds of 10,000 operations, the first one whatever the time is; each says its seed. */
export async function run({ seconds, rounds, seed, log }: FaultOptions): Promise<FaultResult> {
  const end = Date.now() + seconds * 1000;
  let next = seed;
  const sums = new Map<string, number>();
  let ok = true;
  do {
    const { differences, mistakes, figures, ...round } = await runRound({ seed: next, forms: true });
    next += 1;
    ok &&= round.ok;
    log(`${round.ok ? '✔' : '✖'} ${JSON.stringify(figures)}`);
    for (const problem of [...mistakes, ...differences.map((difference) => JSON.stringify(difference))]) log(problem);
    for (const [name, value] of Object.entries(figures))
      if (name !== 'seed') sums.set(name, (sums.get(name) ?? 0) + value);
  } while (ok && Date.now() < end && next < seed + rounds);
  return { ok, figures: { seed, ...Object.fromEntries(sums) } };
}

/** Many random changes on few shared hashes from several servers that are killed and hang; then everything is recounted. */
export async function runRound(options: StoreFaultOptions = {}): Promise<StoreFaultResult> {
  const {
    operations = 10_000,
    seed = Date.now() % 1_000_000_007,
    killEvery = 80,
    hangEvery = 400,
    forms = false,
  } = options;
  const folder = await mkdtemp(join(tmpdir(), 'mf-faults-store-'));
  const engine = await start({ file: join(folder, 'db', 'store.sqlite'), listen: { port: 0 } });
  const setupOf = (server: string) => ({
    uri: engine.uri,
    mediaRoot: join(folder, 'media'),
    server,
    leaseMs: LEASE_MS,
  });
  // Opened first, so that one makes the sentinel.
  const judge = await openLibrary(setupOf('judge'), () => undefined);
  const servers = Array.from({ length: SERVERS }, (_, index) => new ServerProcess(setupOf(`server-${index}`)));
  try {
    await Promise.all(servers.map(async (server) => server.start()));
    const round = new Round(servers, createRandom(seed), { operations, killEvery, hangEvery, forms });
    const began = performance.now();
    await round.run();
    const seconds = (performance.now() - began) / 1000;
    await settle(servers, 1);
    const [first, second] = servers;
    if (first !== undefined && second !== undefined)
      await hangUntilStoredAnew(first, second, { users: USERS, keys: KEYS, files: FILES });
    // What is being made when all is counted would be found half done.
    await Promise.all(servers.map(async (server) => server.perform({ do: 'rest' })));
    await settle(servers);
    const report = await judge.library.fsck({ verifyHashes: true });
    const figures = {
      seed,
      ...round.figures,
      seconds: Math.round(seconds),
      'links left': report.checked.links,
      'files left': report.checked.files,
      'forms left': await judge.models.Post.countDocuments({ 'renditions.0': { $exists: true } }),
      differences: report.differences.length,
    };
    return {
      ok: report.differences.length === 0 && round.mistakes.length === 0,
      figures,
      differences: report.differences,
      mistakes: round.mistakes,
    };
  } finally {
    await Promise.all(servers.map(async (server) => server.kill()));
    await judge.connection.close();
    await engine.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Leases run out, janitors finish, and files of hung calls are looked at once more. */
async function settle(servers: readonly ServerProcess[], rounds = 3): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await delay(LEASE_MS * 1.1);
    await Promise.all(servers.map(async (server) => server.perform({ do: 'reconcile' })));
  }
}

class Round {
  readonly mistakes: string[] = [];
  readonly #servers: readonly ServerProcess[];
  readonly #random: Random;
  readonly #options: Required<Pick<StoreFaultOptions, 'operations' | 'killEvery' | 'hangEvery' | 'forms'>>;
  readonly #done = new Map<string, number>();
  #left: number;
  #kills = 0;
  #hangs = 0;
  #fileHangs = 0;
  /** Servers that are held: the others go on meanwhile, whatever is left. */
  #held = 0;

  constructor(
    servers: readonly ServerProcess[],
    random: Random,
    options: Required<Pick<StoreFaultOptions, 'operations' | 'killEvery' | 'hangEvery' | 'forms'>>,
  ) {
    this.#servers = servers;
    this.#random = random;
    this.#options = options;
    this.#left = options.operations;
  }

  get figures(): Record<string, number> {
    return {
      operations: this.#options.operations,
      kills: this.#kills,
      hangs: this.#hangs,
      'hangs in a file step': this.#fileHangs,
      ...Object.fromEntries(this.#done),
    };
  }

  async run(): Promise<void> {
    await Promise.all(
      this.#servers.map(async (server) => {
        while (this.#goesOn()) {
          const fault = this.#fault(server);
          await Promise.all([fault, ...Array.from({ length: AT_ONCE }, async () => this.#lane(server, fault))]);
        }
      }),
    );
    // On a machine that is held up all may be over before the first was due.
    const [first] = this.#servers;
    if (this.#kills === 0 && first !== undefined) await this.#kill(first);
  }

  /** One operation after the other, until the fault is over. */
  async #lane(server: ServerProcess, fault: Promise<void>): Promise<void> {
    const over = new AbortController();
    const ended = fault.finally(() => over.abort());
    while (!over.signal.aborted && this.#goesOn()) {
      this.#left -= 1;
      const operation = this.#operation();
      const refused = await server.perform(operation);
      const outcome = refused === undefined ? operation.do : refused;
      if (refused !== undefined && !EXPLAINED.has(refused)) this.mistakes.push(`${operation.do}: ${refused}`);
      this.#count(EXPLAINED.has(outcome) || refused === undefined ? outcome : 'mistake');
      if (refused === 'killed') break;
    }
    await ended;
  }

  #goesOn(): boolean {
    return this.#left > 0 || this.#held > 0;
  }

  /**
   * After a random number of operations a kill, or a hang for longer than any lease, wherever the server is or just
   * before it moves a file. The first one is a kill.
   */
  async #fault(server: ServerProcess): Promise<void> {
    const { killEvery, hangEvery } = this.#options;
    const until = this.#left - this.#random.below(2 * killEvery * SERVERS);
    while (this.#left > Math.max(0, until)) await delay(1 + this.#random.below(5));
    if (this.#left <= 0) return;
    if (this.#kills === 0 || this.#random.below(hangEvery) >= killEvery) return this.#kill(server);
    await (this.#random.below(2) === 0 ? this.#hangOverFile(server) : this.#hang(server));
  }

  async #kill(server: ServerProcess): Promise<void> {
    this.#kills += 1;
    await server.kill();
    await server.start();
  }

  async #hang(server: ServerProcess): Promise<void> {
    this.#hangs += 1;
    server.hang();
    await this.#hold();
    server.goOn();
  }

  async #hangOverFile(server: ServerProcess): Promise<void> {
    this.#fileHangs += 1;
    const over = new AbortController();
    const watch = setInterval(() => this.#left <= 0 && over.abort(), TICK_MS);
    const hangs = await server.hangInFileStep(over.signal).finally(() => clearInterval(watch));
    // It may still come to it when nobody waits any more: then it ends here.
    if (!hangs) return this.#kill(server);
    await this.#hold();
    await server.goOnInFileStep();
  }

  /** For so long the others take over, and store anew what they find gone. */
  async #hold(): Promise<void> {
    this.#held += 1;
    await delay(LEASE_MS * 2.5);
    this.#held -= 1;
  }

  #operation(): Operation {
    const user = this.#random.pick(USERS);
    const key = this.#random.pick(KEYS);
    if (this.#options.forms && this.#random.below(FORM_EVERY) === 0)
      return { do: this.#random.below(4) === 0 ? 'cancel' : 'form', user, key };
    const dice = this.#random.below(100);
    if (dice < 35) {
      const files = Array.from({ length: 1 + this.#random.below(3) }, () => this.#random.below(FILES));
      return { do: 'store', user, key, files };
    }
    if (dice < 50) return { do: 'link', user, key };
    if (dice < 55) return { do: 'file', user, key };
    if (dice < 67) return { do: 'trash', user, key };
    if (dice < 74) return { do: 'restore', user, key };
    if (dice < 95) return { do: 'remove', user, key };
    if (dice < 98) return { do: 'empty', user };
    return { do: 'reconcile' };
  }

  #count(outcome: string): void {
    this.#done.set(outcome, (this.#done.get(outcome) ?? 0) + 1);
  }
}

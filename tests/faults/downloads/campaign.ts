import { setTimeout as delay } from 'node:timers/promises';
import type { FsckReport } from '../../../core/src/features/library/index.ts';
import { createRandom } from '../../../core/test/helpers/random.ts';
import type { Random } from '../../../core/test/helpers/random.ts';
import { ApiError } from '../../harness/api-client.ts';
import { askAdmin } from '../../harness/ask-admin.ts';
import { checkPost } from '../../harness/check-post.ts';
import { ADMIN } from '../../harness/product.ts';
import type { Product } from '../../harness/product.ts';
import type { Lab, LabPost } from '../../lab/index.ts';
import { listLeftovers, listPartialFiles, untilEmpty } from './leftovers.ts';
import { kill, listLiving, pickVictim } from './victims.ts';
import type { VictimKind } from './victims.ts';

/** Downloads of one round. */
const MOST_POSTS = 5;
/** Kills of one round; a job may lose so many processes and is tried again all the same. */
const MOST_KILLS = 3;
/** The moment of a kill is drawn from so many milliseconds after what came before. */
const LONGEST_WAIT_MS = 2_500;
/** A brake, in bytes a second, under which the lab's small files take a second. */
const SLOW = 400_000;
/** Milliseconds for a job to end, the pauses before a worker is started again included. */
const PATIENCE_MS = 300_000;
/** Less than a token lives, by as much as a round may take. */
const SIGNED_IN_MS = 5 * 60_000;

export interface RoundReport {
  readonly jobs: number;
  readonly kills: readonly VictimKind[];
  /** What must not be; empty when all is well. */
  readonly problems: readonly string[];
}

interface Submitted {
  readonly post: LabPost;
  readonly jobId: string;
}

/** Rounds of downloads of every kind while processes of the product are killed. */
export class Campaign {
  readonly #lab: Lab;
  readonly #product: Product;
  readonly #random: Random;
  readonly #posts: readonly LabPost[];
  #signedInAt = performance.now();

  constructor(lab: Lab, product: Product, seed: number) {
    this.#lab = lab;
    this.#product = product;
    this.#random = createRandom(seed);
    this.#posts = lab.posts.filter(({ outcome }) => outcome === 'completed');
  }

  /** Some posts need a session. */
  async prepare(): Promise<void> {
    for (const platform of new Set(this.#posts.filter((post) => post.needsCookies).map((post) => post.platform)))
      await this.#product.api.post('/api/cookies', { platform, cookies: this.#lab.cookies(platform) });
  }

  /** Downloads some posts, kills meanwhile, and looks at what has become of it all. */
  async round(): Promise<RoundReport> {
    await this.#signIn();
    const posts = this.#drawPosts();
    const gone = await this.#forget(posts);
    this.#lab.throttle(this.#random.below(2) === 0 ? SLOW : undefined);
    const kills: VictimKind[] = [];
    const early = await Promise.all(posts.slice(1).map(async (post) => this.#submit(post)));
    const late = posts.slice(0, 1).map(async (post) => this.#submit(post));
    const count = 1 + this.#random.below(MOST_KILLS);
    for (let done = 0; done < count; done += 1) {
      await delay(this.#random.below(LONGEST_WAIT_MS));
      kills.push(await this.#kill());
    }
    this.#lab.throttle(undefined);
    const jobs = [...early, ...(await Promise.all(late))];
    const lost = (await Promise.all(jobs.map(async (job) => this.#outcomeOf(job)))).flat();
    const left = await untilEmpty(async () => listLeftovers(this.#product));
    const partial = await listPartialFiles(this.#product);
    return {
      jobs: jobs.length,
      kills,
      problems: [
        ...gone,
        ...lost,
        ...left.map((what) => `left behind: ${what}`),
        ...partial.map((name) => `partial file: ${name}`),
      ],
    };
  }

  /** Counts and files, all of them anew. */
  async recount(): Promise<readonly string[]> {
    const { differences } = await askAdmin<FsckReport>(this.#product.dataDir, 'fsck', { verifyHashes: true });
    return differences.map((difference) => `wrong count: ${JSON.stringify(difference)}`);
  }

  /** The token of an hour of rounds has run out after the first quarter. */
  async #signIn(): Promise<void> {
    if (performance.now() - this.#signedInAt < SIGNED_IN_MS) return;
    await this.#product.api.login(ADMIN);
    this.#signedInAt = performance.now();
  }

  /** Posts of the catalogue, and new ones. */
  #drawPosts(): LabPost[] {
    const count = 1 + this.#random.below(MOST_POSTS);
    const drawn = Array.from({ length: count }, () => {
      const [fresh] = this.#random.below(4) === 0 ? this.#lab.endless('tiktok', 1) : [];
      return fresh ?? this.#random.pick(this.#posts);
    });
    return [...new Map(drawn.map((post) => [post.key, post])).values()];
  }

  /** Takes posts out of the library, so that they are fetched again. */
  async #forget(posts: readonly LabPost[]): Promise<string[]> {
    const keys = new Set(posts.map(({ key }) => key));
    for (const { id, key } of await this.#product.api.library('?limit=200'))
      if (keys.has(key)) await this.#product.api.request('DELETE', `/api/library/${id}`);
    const left = (await this.#product.api.library('?limit=200')).filter(({ key }) => keys.has(key));
    return left.map(({ key }) => `deleted, but there: ${key}`);
  }

  /** Asks until the server has taken it: nothing is promised before that. */
  async #submit(post: LabPost): Promise<Submitted> {
    for (const end = Date.now() + PATIENCE_MS; ;) {
      try {
        return { post, jobId: (await this.#product.api.submit(post.url)).jobId };
      } catch (error) {
        if (error instanceof ApiError || Date.now() > end) throw error;
        await delay(50);
      }
    }
  }

  async #kill(): Promise<VictimKind> {
    const victim = pickVictim(await listLiving(this.#product), this.#random);
    await kill(this.#product, victim);
    return victim.kind;
  }

  /** What is wrong with a job that was accepted. */
  async #outcomeOf({ post, jobId }: Submitted): Promise<string[]> {
    try {
      const job = await this.#product.api.untilOver(jobId, PATIENCE_MS);
      if (job.status === 'completed')
        return (await checkPost(this.#product, post)).map((what) => `${post.name} ${what}`);
      return [`${post.name} ${job.status}: ${job.errorCode ?? ''} ${job.errorMessage ?? ''}`];
    } catch (error) {
      return [`${post.name} lost: ${error instanceof Error ? error.message : String(error)}`];
    }
  }
}

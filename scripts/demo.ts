import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLab } from '../tests/lab/index.ts';
import type { LabPost } from '../tests/lab/index.ts';
import { ADMIN, Product } from '../tests/harness/product.ts';
import { checkPost } from '../tests/harness/check-post.ts';
import { ProgressBoard } from './demo/progress-board.ts';
import { watchEvents } from './demo/watch-events.ts';
import { managedToolPaths, prepareProduct } from './prepare-product.ts';
import { step } from './steps.ts';

/**
 * The main job on a throw-away data folder, with the platform lab in place of the sites and the real tools. Downloads one
 * post of every platform and kind, checks each and leaves the server running; with `--once` it ends with 0 or 1.
 */
const once = process.argv.includes('--once');
const installed = process.env['DATA_DIR'] ?? 'data';
await prepareProduct({ dataDir: installed });
const lab = await step('platform lab', async () => createLab());
const dataDir = await mkdtemp(join(tmpdir(), 'mediafetcher-demo-'));
const product = await step('server', async () =>
  Product.start({ lab, dataDir, environment: managedToolPaths(installed) }),
);
let code = 1;
try {
  code = await runDemo();
  if (!once) await stayUntilSignal();
} finally {
  await product.close();
  await lab.close();
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(code);

async function runDemo(): Promise<number> {
  for (const platform of new Set(lab.posts.filter(({ needsCookies }) => needsCookies).map((post) => post.platform))) {
    await product.api.post('/api/cookies', { platform, cookies: lab.cookies(platform) });
  }
  const posts = lab.posts.filter(({ outcome }) => outcome === 'completed');
  const board = new ProgressBoard(posts.length);
  const events = watchEvents(product.api, (event) => board.show(event));
  const results = await Promise.all(posts.map(async (post) => [post, await problemsOf(post, board)] as const));
  events.close();
  const failed = results.filter(([, problems]) => problems.length > 0);
  for (const [post, problems] of failed) process.stdout.write(`✗ ${post.name}: ${problems.join('; ')}\n`);
  const platforms = new Set(posts.map(({ platform }) => platform));
  process.stdout.write(
    `\n${posts.length - failed.length} of ${posts.length} posts of ${platforms.size} platforms are stored and playable.\n`,
  );
  return failed.length === 0 ? 0 : 1;
}

async function problemsOf(post: LabPost, board: ProgressBoard): Promise<string[]> {
  const { jobId } = await product.api.submit(post.url);
  board.name(jobId, post.name);
  const download = await product.api.untilOver(jobId, 600_000);
  if (download.status !== 'completed')
    return [`${download.errorCode ?? download.status}: ${download.errorMessage ?? ''}`];
  const problems = await checkPost(product, post);
  if (board.progressEvents(jobId) === 0) problems.push('no progress event was seen');
  return problems;
}

async function stayUntilSignal(): Promise<void> {
  process.stdout.write(
    `\n${product.url}  user ${ADMIN.username}, password "${ADMIN.password}"  (Ctrl-C ends it and removes the folder)\n`,
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

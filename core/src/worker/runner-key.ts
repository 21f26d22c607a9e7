import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Assign } from '../channel/messages.ts';
import { identifyProgram } from '../tools/locate/find-program.ts';
import type { WorkerOptions } from './worker-options.ts';

type KeyedJob = Pick<Assign, 'link' | 'connector' | 'processors' | 'cookies' | 'proxy' | 'headers'>;

/**
 * What two jobs must have in common to use one runner: plugins and their versions, tools and their versions, platform, account,
 * and each secret, so that a runner never knows more than those of the job that it runs. A digest: it tells none of them.
 */
export async function computeRunnerKey(
  job: KeyedJob,
  { toolPaths }: Pick<WorkerOptions, 'toolPaths'>,
): Promise<string> {
  const { link, connector, processors, cookies = null, proxy = null, headers = {} } = job;
  const plugins = [connector, ...processors];
  const facts = await Promise.all([
    ...plugins.map(async (ref) => [ref.id, ref.package, await identifyPackage(ref.package)]),
    ...Object.values(toolPaths).map(identifyProgram),
  ]);
  const secrets = [cookies, proxy, Object.entries(headers).sort()];
  return createHash('sha256')
    .update(JSON.stringify([link.platform, secrets, facts]))
    .digest('hex');
}

/** Tells one version of an installed plugin from the next. A plugin of the project is as old as this process. */
async function identifyPackage(name: string): Promise<unknown> {
  const path = name.startsWith('file:') ? fileURLToPath(name) : name;
  if (!isAbsolute(path)) return undefined;
  const facts = await stat(join(path, 'package.json')).catch(() => undefined);
  return facts && [facts.ino, facts.size, facts.mtimeMs];
}

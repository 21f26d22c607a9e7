import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginError } from '@mediafetcher/sdk';
import { startRun } from '../start-run.ts';
import { mayRunTwmd, requireTool } from '../tool-context.ts';
import type { ToolContext } from '../tool-context.ts';
import { buildTwmdArguments } from './build-arguments.ts';
import { parseTwmdLine } from './parse-line.ts';

/** Wall clock of two requests, in milliseconds; its own API client has no time-out. */
const TIMEOUT_MS = 120_000;
const MAX_ADDRESSES = 100;

/**
 * Resolves a post of X to the addresses of its media, without any login.
 * @throws MF_ERR_TOOL_MISSING when twmd is not installed
 */
export async function runTwmd(
  context: ToolContext,
  { postId }: { readonly postId: string },
): Promise<readonly string[]> {
  if (!/^\d{1,19}$/.test(postId)) throw new PluginError('MF_ERR_UNSUPPORTED', 'This is not the number of a post on X.');
  if (!mayRunTwmd(context)) {
    throw new PluginError(
      'MF_ERR_UNSUPPORTED',
      'twmd cannot use a proxy with a password without showing it to everybody.',
    );
  }
  const file = requireTool(context, 'twmd');
  const run = startRun<string, readonly string[]>(context, async (handle) => {
    await mkdir(context.stateDirectory, { recursive: true, mode: 0o700 });
    // It reads and writes a cookie file in its working folder: an empty, private one.
    const directory = await mkdtemp(join(context.stateDirectory, 'twmd-'));
    try {
      const addresses = new Set<string>();
      const outcome = await handle.process({
        tool: 'twmd',
        file,
        arguments: buildTwmdArguments(postId, context.proxy),
        directory,
        stdin: 'open',
        killSignal: 'SIGKILL',
        timeoutMs: TIMEOUT_MS,
        onStdout({ text }) {
          const line = parseTwmdLine(text);
          if (line.kind === 'address' && addresses.size < MAX_ADDRESSES) addresses.add(line.url);
          if (line.kind === 'prompt') handle.stop('cookies-refused');
        },
        // A prompt need not end with a line break; stderr is watched for the same words.
        onStderr: ({ text }) => parseTwmdLine(text).kind === 'prompt' && handle.stop('cookies-refused'),
      });
      await handle.judge({ outcome, tool: 'twmd', files: addresses.size });
      return [...addresses];
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
  return run.finished;
}

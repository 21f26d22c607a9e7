import { PluginError } from '@mediafetcher/sdk';
import type { Launch } from '../tools/index.ts';

/** Signals by which a system, or a person, ends a program. A crash has others: that is the program's own doing. */
const FROM_OUTSIDE: ReadonlySet<string> = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP']);

/** Somebody has ended a tool: the kernel that has no memory left, a person. That says nothing of the post or the tool. */
export class OutsideKill extends PluginError {
  constructor(tool: string, signal: string) {
    super('MF_ERR_PLUGIN', `${tool} was ended from outside by ${signal} before the download was done.`);
  }
}

/** Watches a job's tools. */
export interface KillWatch {
  readonly launch: Launch;
  /** Aborted with the {@link OutsideKill} when one of them was killed: nothing is to be made of what it left. */
  readonly signal: AbortSignal;
}

/** The same way to launch, with an eye on tools that are killed by others than us. */
export function watchKills(launch: Launch): KillWatch {
  const struck = new AbortController();
  return {
    signal: struck.signal,
    async launch(tool, request) {
      const outcome = await launch(tool, request);
      const { signal, stopped } = outcome;
      if (signal !== undefined && stopped === undefined && FROM_OUTSIDE.has(signal))
        struck.abort(new OutsideKill(tool, signal));
      return outcome;
    },
  };
}

import type { Operation } from './protocol.ts';
import type { ServerProcess } from './cluster.ts';

interface Store {
  readonly users: readonly string[];
  readonly keys: readonly string[];
  /** So many different files. */
  readonly files: number;
}

/**
 * One server hangs just before it moves a file that nobody holds any more; another one takes over when the lease has run
 * out and stores the same bytes anew; then the first goes on. Nothing is stored afterwards that would hide a loss.
 */
export async function hangUntilStoredAnew(
  hanging: ServerProcess,
  other: ServerProcess,
  { users, keys, files }: Store,
): Promise<void> {
  const [user = '', key = ''] = [users[0], keys[0]];
  const all = Array.from({ length: files }, (_, file) => file);
  const store: Operation = { do: 'store', user, key, files: all };
  await other.perform(store);
  const over = new AbortController();
  const stopped = hanging.hangInFileStep(over.signal);
  // The last hold of each file is among these, unless somebody else is still at it.
  const emptied = empty(hanging, users, keys).finally(() => over.abort());
  if (await stopped) {
    await other.perform(store);
    await hanging.goOnInFileStep();
  } else {
    // It may still come to it when nobody waits any more: then it ends here.
    await hanging.kill();
    await hanging.start();
  }
  await emptied;
}

async function empty(server: ServerProcess, users: readonly string[], keys: readonly string[]): Promise<void> {
  for (const user of users) for (const key of keys) await server.perform({ do: 'remove', user, key });
}

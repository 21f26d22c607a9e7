import type { Random } from '../../../core/test/helpers/random.ts';
import type { Product } from '../../harness/product.ts';

/** A process of the product, by what it does. */
export interface Living {
  readonly kind: VictimKind;
  readonly pid: number;
}

export type VictimKind = 'server' | 'worker' | 'runner' | 'host' | 'tool';

/** By the command line; the server is known by its number. Anything else belongs to nobody that a download needs. */
const KINDS: readonly (readonly [VictimKind, RegExp])[] = [
  ['worker', /main\.[jt]s worker\s*$/],
  ['runner', /runner\/main\.[jt]s/],
  ['host', /python\/host\.py/],
  ['tool', /yt-dlp|gallery-dl|ffmpeg|ffprobe/],
];

/** What can be killed now. */
export async function listLiving(product: Product): Promise<Living[]> {
  const processes = await product.processes();
  return processes.flatMap(({ pid, command }) => {
    if (pid === product.pid) return [{ kind: 'server' as const, pid }];
    const kind = KINDS.find(([, pattern]) => pattern.test(command))?.[0];
    return kind === undefined ? [] : [{ kind, pid }];
  });
}

/** One of them: each kind that lives is as likely as the others. */
export function pickVictim(living: readonly Living[], random: Random): Living {
  const kind = random.pick([...new Set(living.map((each) => each.kind))]);
  return random.pick(living.filter((each) => each.kind === kind));
}

/** Kills it; a server is started again, as a supervisor would, everything else comes back by itself. */
export async function kill(product: Product, victim: Living): Promise<void> {
  if (victim.kind !== 'server') {
    killHard(victim.pid);
    return;
  }
  await product.stopServer('SIGKILL');
  await product.startServer();
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It had ended by itself, in the same moment.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

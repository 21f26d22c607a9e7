import { siteName } from '../words/names.ts';
import { t } from '../words/status.ts';
import type { MessageId } from '../words/status.ts';
import type { Status } from './status-types.ts';

/** The state of everything in one sentence, and what else there is to know. */
export interface Verdict {
  readonly tone: 'ok' | 'warn' | 'bad';
  readonly sentence: string;
  readonly more: string;
}

/** Parts whose trouble stops downloads, the worst first. */
const TROUBLE = {
  database: ['verdict_database', 'verdict_database_more'],
  storage: ['verdict_storage', 'verdict_storage_more'],
  workers: ['verdict_workers', 'verdict_workers_more'],
  tools: ['verdict_tools', 'verdict_tools_more'],
  vault: ['verdict_vault', 'verdict_vault_more'],
} as const satisfies Readonly<Record<string, readonly [MessageId, MessageId]>>;

/** The first line of the page. */
export function verdictOf({
  status,
  downloadQueue,
  plugins,
}: Pick<Status, 'status' | 'downloadQueue' | 'plugins'>): Verdict {
  for (const [name, [sentence, more]] of Object.entries(TROUBLE)) {
    const part = status.parts.find((each) => each.name === name);
    if (part !== undefined && part.state !== 'ok') return { tone: 'bad', sentence: t(sentence), more: t(more) };
  }
  if (downloadQueue.paused) return { tone: 'warn', sentence: t('verdict_paused'), more: t('verdict_paused_more') };
  const resting = plugins.flatMap(({ state, platform }) =>
    state === 'suspended' && platform ? [siteName(platform)] : [],
  );
  const [first] = resting;
  if (first === undefined) return { tone: 'ok', sentence: t('verdict_ok'), more: '' };
  const more =
    resting.length === 1 ? t('verdict_rest', { platform: first }) : t('verdict_rests', { n: resting.length });
  return { tone: 'ok', sentence: t('verdict_ok'), more };
}

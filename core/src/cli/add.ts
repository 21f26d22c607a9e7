import { setTimeout as delay } from 'node:timers/promises';
import type { AddedLink, DownloadView } from '../features/downloads/index.ts';
import { CodedError } from '../errors.ts';
import type { Command, CommandContext } from './command.ts';
import { ProgressBars } from './progress-bars.ts';

const POLL_MS = 250;
const INTERRUPTED = 130;

/** What became of one address. */
interface Outcome {
  readonly url: string;
  readonly jobId?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/** `mediafetcher add URL…`: downloads and waits. Ends with 0 when all are in the library, else with 1. */
export const add: Command = {
  summary: 'Downloads posts and waits for them. Ctrl-C leaves what a running server has in hand to it.',
  words: 'URL…',
  flags: {},
  values: {
    user: 'NAME of the person whose library it is; the first admin when none is named',
    folder: 'PATH of the folder that the posts are filed in, such as Recipes/Soups',
    tag: 'TAG of the posts; several with commas between them',
  },
  downloads: true,
  async run({ words, values }, context) {
    if (words.length === 0) throw new CodedError('MF_ERR_VALIDATION', 'Say which addresses.');
    const taken: Outcome[] = [];
    const wishes = wishesOf(values);
    for (const url of words) taken.push(await submit(context, url, wishes));
    const bars = new ProgressBars(process.stdout, !context.json);
    for (const { url, errorCode, errorMessage } of taken)
      if (errorCode !== undefined) bars.refused(url, errorCode, errorMessage);
    const jobs = await follow(taken, bars, context);
    if (context.json) context.print(JSON.stringify(taken.map((outcome) => withRecord(outcome, jobs))));
    if (context.signal.aborted) return INTERRUPTED;
    const good = taken.every(({ jobId }) => jobs.get(jobId ?? '')?.status === 'completed');
    return good ? 0 : 1;
  },
};

/** What was given for all of the addresses. */
function wishesOf(values: ReadonlyMap<string, string>): object {
  const { tag, ...rest } = Object.fromEntries(values);
  return { ...rest, ...(tag !== undefined && { tags: tag.split(',').filter((each) => each.trim() !== '') }) };
}

/** One address that is refused holds up no other. */
async function submit({ ask }: CommandContext, url: string, wishes: object): Promise<Outcome> {
  try {
    // The command of that name gives this.
    const { jobId } = (await ask('downloads.add', { url, ...wishes })) as AddedLink;
    return { url, jobId };
  } catch (error) {
    if (!(error instanceof CodedError) || !error.code.startsWith('MF_ERR_URL_')) throw error;
    return { url, errorCode: error.code, errorMessage: error.message };
  }
}

/** Shows how it goes until all have ended, or the person goes. */
async function follow(
  taken: readonly Outcome[],
  bars: ProgressBars,
  { ask, signal }: CommandContext,
): Promise<ReadonlyMap<string, DownloadView>> {
  const jobIds = taken.flatMap(({ jobId }) => jobId ?? []);
  for (;;) {
    // The command of that name gives this.
    const records = (await ask('downloads.show', { jobIds })) as readonly DownloadView[];
    bars.show(records);
    const isOver = records.every(({ status }) => ['completed', 'failed', 'cancelled'].includes(status));
    if (isOver || signal.aborted) return new Map(records.map((record) => [record.id, record]));
    await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

function withRecord(outcome: Outcome, jobs: ReadonlyMap<string, DownloadView>): object {
  const record = jobs.get(outcome.jobId ?? '');
  return record === undefined ? { ...outcome, status: 'failed' } : { ...record, url: outcome.url, jobId: record.id };
}

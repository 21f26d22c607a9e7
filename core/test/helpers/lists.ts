import type { FastifyInstance } from 'fastify';
import type { Assign, ListedEntry } from '../../src/channel/messages.ts';
import type { DownloadDoc } from '../../src/features/downloads/model.ts';
import { downloadModel } from './downloads.ts';
import type { FakeWorker } from './fake-worker.ts';

let profiles = 0;
let posts = 0;

/** A profile that no test has used yet. */
export function newProfileUrl(): string {
  profiles += 1;
  return `https://x.com/maker_${profiles}`;
}

/** Posts of X that no test has used yet. */
export function newEntries(count: number): ListedEntry[] {
  return Array.from({ length: count }, () => {
    posts += 1;
    return { url: `https://x.com/i/status/${2_000_000_000_000_000_000n + BigInt(posts)}`, title: `Post ${posts}` };
  });
}

export const keyOfEntry = ({ url }: ListedEntry): string => `x:${url.slice(url.lastIndexOf('/') + 1)}`;

/** Tells the server what a list holds, and waits until it wants more. */
export async function tell(worker: FakeWorker, { jobId, attempt }: Assign, entries: ListedEntry[]): Promise<void> {
  worker.send({ type: 'listed', jobId, attempt, entries });
  await worker.next('continue', jobId);
}

/** Tells a whole list and its end. */
export async function expand(worker: FakeWorker, assign: Assign, entries: ListedEntry[]): Promise<void> {
  if (entries.length > 0) await tell(worker, assign, entries);
  worker.send({ type: 'expanded', jobId: assign.jobId, attempt: assign.attempt });
  await worker.next('ack', assign.jobId);
}

/** The posts of a list, in its order. */
export async function childrenOf(app: FastifyInstance, jobId: string): Promise<DownloadDoc[]> {
  return downloadModel(app).find({ parent: jobId }).sort({ seq: 1 }).lean();
}

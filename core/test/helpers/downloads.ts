import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';
import type { DownloadDoc } from '../../src/features/downloads/model.ts';
import type { TestPerson } from './people.ts';

export const downloadModel = (app: FastifyInstance) => app.database.model<DownloadDoc>('Download');

let posts = 0;

/** An address that no test has used yet. */
export function newPostUrl(): string {
  posts += 1;
  return urlOf(7_300_000_000_000_000n + BigInt(posts));
}

export function urlOf(id: bigint): string {
  return `https://www.tiktok.com/@a/video/${id}000`;
}

/** Submits as the person; gives the id of the job. */
export async function submit(person: TestPerson, url = newPostUrl()): Promise<string> {
  const answer = await person.inject({ method: 'POST', url: '/api/downloads', payload: { url } });
  assert.ok(answer.statusCode === 202 || answer.statusCode === 200, answer.body);
  return answer.json<{ jobId: string }>().jobId;
}

export async function recordOf(app: FastifyInstance, jobId: string): Promise<DownloadDoc> {
  return downloadModel(app).findById(jobId).lean().orFail();
}

/** Resolves with the record when it is in this state; listens from the start, so that no change is missed. */
export async function reaches(
  app: FastifyInstance,
  jobId: string,
  wanted: (download: DownloadDoc) => boolean,
): Promise<DownloadDoc> {
  return new Promise((resolve, reject) => {
    const { events } = app.downloads;
    const done = (download: DownloadDoc): void => {
      if (download._id.toString() !== jobId || !wanted(download)) return;
      events.off('change', done);
      resolve(download);
    };
    events.on('change', done);
    recordOf(app, jobId).then(done, reject);
  });
}

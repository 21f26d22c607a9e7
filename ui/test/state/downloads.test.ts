import { assert } from 'chai';
import type { Job } from '../../src/api/types.ts';
import type { Settled } from '../../src/state/downloads.ts';
import { job } from '../helpers/data.ts';
import { until } from '../helpers/render.ts';
import { FakeServices } from '../helpers/services.ts';

const NOTHING = { queued: 0, running: 0, paused: 0, failed: 0, completed: 0 };
const at = (n: number): string => new Date(Date.UTC(2026, 10, 20, 12) + n * 1000).toISOString();

/** Answers for one person's downloads, as the server pages through them. */
class QueueServer {
  jobs: Job[] = [];
  /** What is done before an answer arrives. */
  onAnswer: () => Promise<void> = async () => Promise.resolve();

  readonly answers = {
    ActiveDownloads: async () => {
      const of = (...statuses: Job['status'][]): Job[] => this.jobs.filter(({ status }) => statuses.includes(status));
      const waiting = of('queued', 'paused');
      const answer = {
        running: { items: of('running') },
        waiting: { items: waiting.slice(0, 200), nextCursor: waiting.length > 200 ? '200' : null },
        failed: { items: of('failed') },
        downloadCounts: { ...NOTHING, queued: waiting.length, running: of('running').length },
      };
      await this.onAnswer();
      return answer;
    },
    Download: ({ id }: Record<string, unknown>) => {
      const download = this.jobs.find((each) => each.id === id);
      if (!download) throw new Error('nothing');
      return { download };
    },
  };
}

function opened(server: QueueServer) {
  const services = new FakeServices(server.answers);
  const settled: Job[] = [];
  services.downloads.addEventListener('settled', (event) => settled.push((event as CustomEvent<Settled>).detail.job));
  return { services, downloads: services.downloads, settled };
}

describe('downloads', () => {
  it('of a long queue those that run are shown, and those that run next', async () => {
    const server = new QueueServer();
    server.jobs = Array.from({ length: 300 }, (_, n) =>
      job({ id: `q${n}`, createdAt: at(n), status: n < 4 ? 'running' : 'queued' }),
    );
    const { services, downloads, settled } = opened(server);
    await downloads.load();
    assert.deepEqual(
      downloads.running.map(({ id }) => id),
      ['q0', 'q1', 'q2', 'q3'],
    );
    assert.deepEqual([downloads.waiting.length, downloads.waiting[0]?.id, downloads.moreWaiting], [200, 'q4', 96]);
    // One that waits behind the others is told of; the next answer says nothing of it.
    downloads.take(job({ id: 'q299', createdAt: at(299), status: 'queued' }));
    await downloads.load();
    assert.equal(downloads.get('q299')?.status, 'queued');
    assert.deepEqual([settled, services.of('Download').length], [[], 0]);
  });

  it('one that was added while the answer was on its way stays', async () => {
    const server = new QueueServer();
    const { downloads, settled } = opened(server);
    server.onAnswer = async () => {
      downloads.take(job({ id: 'new', createdAt: at(1), status: 'queued' }));
      return Promise.resolve();
    };
    await downloads.load();
    assert.equal(downloads.get('new')?.status, 'queued');
    assert.deepEqual(settled, []);
  });

  it('what ended out of sight settles as it did', async () => {
    const server = new QueueServer();
    const { downloads, settled } = opened(server);
    server.jobs = ['completed', 'cancelled', 'gone'].map((id, n) => job({ id, createdAt: at(n) }));
    await downloads.load();
    server.jobs = server.jobs
      .filter(({ id }) => id !== 'gone')
      .map((each) => ({ ...each, status: each.id === 'cancelled' ? 'cancelled' : 'completed' }));
    await downloads.load();
    await until(() => settled.length === 2);
    assert.deepEqual(settled.map(({ id, status }) => [id, status]).sort(), [
      ['cancelled', 'cancelled'],
      ['completed', 'completed'],
    ]);
  });

  it('a page that stays open keeps some of what is over', () => {
    const { downloads } = opened(new QueueServer());
    for (let n = 0; n < 1000; n += 1) {
      const one = job({ id: `d${n}`, createdAt: at(n), status: 'running' });
      downloads.take(one);
      downloads.take({ ...one, status: 'completed', finishedAt: at(n) });
    }
    const kept = downloads.over('finished');
    assert.isAtMost(kept.length, 200);
    assert.equal(kept[0]?.id, 'd999');
    downloads.clear();
  });
});

import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface RunningJob {
  readonly jobId: string;
  readonly attempt: number;
}

/** A worker on the real channel that takes jobs and says how far they are, without doing any. */
export class ChannelWorker {
  readonly jobs: RunningJob[] = [];
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const { type, jobId, attempt } = JSON.parse(data.toString()) as RunningJob & { type: string };
      if (type === 'assign') this.jobs.push({ jobId, attempt });
    });
  }

  static async connect(origin: string, token: string, slots: number): Promise<ChannelWorker> {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/worker`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const worker = new ChannelWorker(socket);
    await once(socket, 'open');
    worker.#send({ type: 'hello', workerId: 'bench', version: '0', slots, plugins: [], running: [] });
    return worker;
  }

  progress(job: RunningJob, progress: number): void {
    this.#send({ type: 'progress', ...job, stage: 'fetch', progress });
  }

  /** Renews the leases. */
  heartbeat(): void {
    this.#send({ type: 'heartbeat', running: this.jobs });
  }

  close(): void {
    this.#socket.terminate();
  }

  #send(message: unknown): void {
    this.#socket.send(JSON.stringify(message));
  }
}

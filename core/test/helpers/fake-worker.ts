import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { WebSocket } from 'ws';
import { formatMessage, parseServerMessage } from '../../src/channel/codec.ts';
import type { Assign, ServerMessage, StagedItem, WorkerMessage } from '../../src/channel/messages.ts';
import { WORKER_TOKEN } from './build-test-app.ts';
import type { Scope } from './build-test-app.ts';
import type { Sample } from './samples.ts';
import { resultOf, stage } from './samples.ts';

interface Options {
  readonly id?: string;
  readonly slots?: number;
  readonly running?: readonly JobRef[];
  /** @default what a worker of today makes */
  readonly makes?: readonly string[];
  /** Besides the token. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface JobRef {
  readonly jobId: string;
  readonly attempt: number;
}

/** A worker that does only what the test says, over the real channel. */
export class FakeWorker {
  /** All that the server has said so far, and that nobody asked for yet. */
  readonly received: ServerMessage[] = [];
  readonly #app: FastifyInstance;
  readonly #socket: WebSocket;
  #wake: (() => void) | undefined;

  private constructor(app: FastifyInstance, socket: WebSocket) {
    this.#app = app;
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const parsed = parseServerMessage(data.toString());
      assert.ok('message' in parsed, `the server says nonsense: ${data.toString()}`);
      this.received.push(parsed.message);
      this.#wake?.();
    });
  }

  /** Connects, without a word. */
  static async dial(scope: Scope, app: FastifyInstance, headers: Options['headers'] = {}): Promise<FakeWorker> {
    const address = app.server.address();
    assert.ok(typeof address === 'object' && address !== null, 'the application does not listen');
    const socket = new WebSocket(`ws://127.0.0.1:${address.port}/worker`, {
      headers: { authorization: `Bearer ${WORKER_TOKEN}`, ...headers },
    });
    const worker = new FakeWorker(app, socket);
    scope.after(async () => worker.close());
    await once(socket, 'open');
    return worker;
  }

  static async connect(scope: Scope, app: FastifyInstance, options: Options = {}): Promise<FakeWorker> {
    const worker = await FakeWorker.dial(scope, app, options.headers);
    worker.hello(options);
    return worker;
  }

  hello({ id = 'fake', slots = 3, running = [], makes = ['playable'] }: Options = {}): void {
    this.send({
      type: 'hello',
      workerId: id,
      version: '0',
      slots,
      plugins: [],
      running: [...running],
      makes: [...makes],
    });
  }

  send(message: WorkerMessage): void {
    this.sendText(formatMessage(message));
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** The next message of this type, and of this job where one is given; others stay for later. */
  async next<T extends ServerMessage['type']>(type: T, jobId?: string): Promise<Extract<ServerMessage, { type: T }>> {
    for (;;) {
      const index = this.received.findIndex(
        (message) => message.type === type && (jobId === undefined || message.jobId === jobId),
      );
      const [message] = index < 0 ? [] : this.received.splice(index, 1);
      // The search has just looked at the type.
      if (message !== undefined) return message as Extract<ServerMessage, { type: T }>;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  stagingOf({ jobId, attempt }: JobRef): string {
    return join(this.#app.system.mediaRoot.staging, jobId, String(attempt));
  }

  /** Puts the samples into the attempt's staging folder. */
  async stage(ref: JobRef, samples: readonly Sample[]): Promise<StagedItem[]> {
    return stage(this.stagingOf(ref), samples);
  }

  /** Says that the items are staged. */
  sendStaged({ jobId, attempt, link }: Assign, items: StagedItem[], usedCookies = false): void {
    const result = resultOf(link.key ?? 'tiktok:none', items, usedCookies);
    this.send({ type: 'staged', jobId, attempt, result });
  }

  /** Drives the next job from its assignment to the server's receipt. */
  async complete(samples: readonly Sample[]): Promise<Assign> {
    const assign = await this.next('assign');
    this.sendStaged(assign, await this.stage(assign, samples));
    await this.next('ack', assign.jobId);
    return assign;
  }

  /** Resolves when the server has taken all that was said before: it renews what it is told, and knows no such job. */
  async settled(): Promise<void> {
    const jobId = 'f'.repeat(24);
    this.send({ type: 'failed', jobId, attempt: 1, errorCode: 'MF_ERR_INTERNAL', message: 'a marker' });
    await this.next('ack', jobId);
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    // By the book: when it is over, the server knows, and gives this worker nothing more.
    this.#socket.close();
    await once(this.#socket, 'close');
  }
}

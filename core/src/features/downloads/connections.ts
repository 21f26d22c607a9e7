import type { WebSocket } from '@fastify/websocket';
import { formatMessage } from '../../channel/codec.ts';
import type { ServerMessage } from '../../channel/messages.ts';
import type { JobRef } from './queue.ts';

/** A slot of the cluster, as its holder names it. */
export interface HeldSlot {
  readonly slot: number;
  readonly fence: number;
}

/** A worker that has said hello. */
export interface WorkerConnection {
  readonly workerId: string;
  readonly version: string;
  readonly slots: number;
  readonly socket: WebSocket;
  /** Jobs this worker was given and has not ended: `jobId attempt`. */
  readonly jobs: Set<string>;
  /** Jobs withdrawn from it whose processes it has not told dead yet: each keeps its place and its slot. */
  readonly stopping: Map<string, HeldSlot>;
  /** True when cookies may go over this connection: loopback, or encrypted. */
  readonly confidential: boolean;
  /** What it makes besides downloads. */
  readonly makes: readonly string[];
}

export const jobKey = ({ jobId, attempt }: JobRef): string => `${jobId} ${attempt}`;

/** The workers that are connected to this server. */
export class WorkerConnections {
  readonly #byId = new Map<string, WorkerConnection>();

  get count(): number {
    return this.#byId.size;
  }

  /** A worker that connects again takes the place of its old connection. */
  add(connection: WorkerConnection): void {
    this.#byId.get(connection.workerId)?.socket.close(4000, 'replaced');
    this.#byId.set(connection.workerId, connection);
  }

  remove(connection: WorkerConnection): void {
    if (this.#byId.get(connection.workerId) === connection) this.#byId.delete(connection.workerId);
  }

  /** The least busy worker with a free place. */
  free(): WorkerConnection | undefined {
    return [...this.#byId.values()]
      .filter(
        ({ jobs, stopping, slots, socket }) => jobs.size + stopping.size < slots && socket.readyState === socket.OPEN,
      )
      .sort((a, b) => a.jobs.size - b.jobs.size)[0];
  }

  /** Whoever has the least to do, also without a free place. @param makes - what it must know how to make @default anything */
  leastBusy(makes?: string): WorkerConnection | undefined {
    return [...this.#byId.values()]
      .filter(({ socket }) => socket.readyState === socket.OPEN)
      .filter((worker) => makes === undefined || worker.makes.includes(makes))
      .sort((a, b) => a.jobs.size - b.jobs.size)[0];
  }

  all(): readonly WorkerConnection[] {
    return [...this.#byId.values()];
  }

  get(workerId: string | undefined): WorkerConnection | undefined {
    return workerId === undefined ? undefined : this.#byId.get(workerId);
  }
}

/** A worker as admins see it. */
export interface WorkerView {
  readonly id: string;
  readonly version: string;
  readonly slots: number;
  /** Places that are taken. */
  readonly busy: number;
  /** Started by this server. */
  readonly local: boolean;
}

export function viewWorker(connection: WorkerConnection, serverId: string): WorkerView {
  const { workerId, version, slots, jobs, stopping } = connection;
  return { id: workerId, version, slots, busy: jobs.size + stopping.size, local: workerId.startsWith(`${serverId}-`) };
}

/** Takes a job from its worker; the slot stays taken until its processes are dead, or its lease ends. */
export function withdraw(worker: WorkerConnection, ref: JobRef, held: Partial<HeldSlot>): void {
  worker.jobs.delete(jobKey(ref));
  const { slot, fence } = held;
  if (slot !== undefined && fence !== undefined) worker.stopping.set(jobKey(ref), { slot, fence });
}

export function send(connection: WorkerConnection, message: ServerMessage): void {
  connection.socket.send(formatMessage(message));
}

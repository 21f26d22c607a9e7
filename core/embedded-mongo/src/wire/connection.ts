import type { Socket } from 'node:net';
import { encode } from '../bson/encode.ts';
import type { Doc, Value } from '../bson/values.ts';
import type { Engine } from '../commands/engine.ts';
import { CutConnection } from '../commands/fail-points.ts';
import type { Client } from '../commands/operation.ts';
import { readPoint } from '../commands/point-read.ts';
import { runCommand } from '../commands/registry.ts';
import { REPLY_ROOM } from '../commands/reply.ts';
import type { Reply } from '../commands/reply.ts';
import { Request } from '../commands/request.ts';
import { MongoError, mongoError } from '../errors.ts';
import { errorReply } from './error-reply.ts';
import type { Log } from './error-reply.ts';
import { Framer, OpCode } from './framing.ts';
import type { Message } from './framing.ts';
import type { Holder, Traffic } from './traffic.ts';
import { parseOpMsg, stampOpMsg } from './op-msg.ts';
import { frameOpReply, parseOpQuery } from './op-query.ts';
import { Replies } from './replies.ts';
import type { Outbox } from './replies.ts';

/** A framed reply, or none for a client that wants none. */
type Answer = Buffer | undefined | Promise<Buffer | undefined>;

/** How many requests may wait on one connection before it is read no further. */
const MAX_WAITING = 64;
/** How many bytes of whole messages may wait. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
/** How many bytes of replies may wait before the next request is looked at. */
const MAX_UNSENT = 4 * 1024 * 1024;

let lastId = 0;
let lastConnection = 0;

function nextId(): number {
  lastId = (lastId + 1) & 0x7fffffff;
  return lastId;
}

/** What all connections share. */
export interface Shared {
  readonly traffic: Traffic;
  readonly outbox: Outbox;
}

/** One client: its requests are answered one after the other. */
export class Connection implements Holder {
  readonly #socket: Socket;
  readonly #engine: Engine;
  readonly #log: Log;
  readonly #client: Client;
  readonly #framer = new Framer();
  readonly #waiting: Message[] = [];
  #waitingBytes = 0;
  readonly #replies: Replies;
  readonly #traffic: Traffic;
  #busy = false;
  #closing = false;

  constructor(socket: Socket, engine: Engine, log: Log, { traffic, outbox }: Shared) {
    this.#socket = socket;
    this.#replies = new Replies(socket, outbox);
    this.#engine = engine;
    this.#log = log;
    this.#traffic = traffic;
    traffic.add(this);
    socket.once('close', () => traffic.remove(this));
    const { remoteAddress, remotePort } = socket;
    this.#client = {
      connectionId: ++lastConnection,
      address: remoteAddress === undefined ? 'anonymous unix socket' : `${remoteAddress}:${remotePort ?? 0}`,
      appName: '',
    };
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('drain', () => this.#work());
    // Node ends its own side when the client does; what is answered by then still goes out.
    socket.prependListener('end', () => this.#replies.flush());
    // A socket that breaks needs no more than its end: 'close' follows.
    socket.on('error', () => undefined);
  }

  #receive(chunk: Buffer): void {
    try {
      for (const message of this.#framer.push(chunk)) {
        this.#waiting.push(message);
        this.#waitingBytes += message.payload.length;
      }
    } catch {
      // A frame that cannot be has no request to answer.
      this.#replies.flush();
      this.#socket.destroy();
      return;
    }
    if (this.#isFull()) this.#socket.pause();
    this.#work();
    this.#traffic.check(this);
  }

  #isFull(): boolean {
    return this.#waiting.length > MAX_WAITING || this.#waitingBytes > MAX_WAITING_BYTES;
  }

  get held(): number {
    return this.#framer.length + this.#waitingBytes + this.#replies.unsent;
  }

  drop(): void {
    this.#log('a connection was dropped', new RangeError(`its client made the engine hold ${this.held} bytes`));
    this.#socket.destroy();
  }

  /** Answers what waits, one after the other, without a turn in between where nothing has to be waited for. */
  #work(): void {
    try {
      while (!this.#busy && this.#replies.unsent < MAX_UNSENT) {
        const message = this.#waiting.shift();
        if (!message) break;
        this.#waitingBytes -= message.payload.length;
        if (!this.#isFull() && !this.#closing && this.#socket.isPaused()) this.#socket.resume();
        const answer = this.#answer(message);
        if (answer instanceof Promise) this.#await(answer);
        else this.#send(answer);
      }
    } catch (error) {
      this.#end(error);
    }
    if (this.#closing) this.#endWhenIdle();
  }

  #await(answer: Promise<Buffer | undefined>): void {
    this.#busy = true;
    const next = (then: () => void): void => {
      this.#busy = false;
      then();
      this.#work();
    };
    answer.then(
      (reply) => next(() => this.#send(reply)),
      (error: unknown) => next(() => this.#end(error)),
    );
  }

  #send(reply: Buffer | undefined): void {
    if (!reply || !this.#socket.writable) return;
    this.#replies.post(reply);
    this.#traffic.check(this);
  }

  #end(error: unknown): void {
    if (!(error instanceof RangeError || error instanceof CutConnection)) this.#log('a connection ended', error);
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
    this.#replies.flush();
    this.#socket.destroy();
  }

  #answer(message: Message): Answer {
    if (message.opCode === OpCode.msg) return this.#answerMsg(message);
    if (message.opCode === OpCode.query) return this.#answerQuery(message);
    throw new RangeError(`operation ${message.opCode}`);
  }

  #answerMsg(message: Message): Answer {
    const stamp = (reply: Buffer): Buffer => stampOpMsg(reply, nextId(), message.id);
    const fail = (error: unknown): Buffer => {
      if (error instanceof CutConnection) throw error;
      return toBytes(errorReply(error, this.#log));
    };
    // A fault that a test ordered must meet every command.
    const quick = this.#engine.failPoints ? undefined : readPoint(message.payload, this.#engine);
    if (quick) return stamp(quick);
    let request;
    try {
      request = parseOpMsg(message.payload);
    } catch (error) {
      if (error instanceof MongoError) return stamp(fail(error));
      throw error;
    }
    const { body, sequences, moreToCome } = request;
    const finish = (reply: Buffer): Buffer | undefined => (moreToCome ? undefined : stamp(reply));
    let reply: Reply | Promise<Reply>;
    try {
      reply = this.#run(body, body.get('$db'), sequences);
      if (!(reply instanceof Promise)) return finish(toBytes(reply));
    } catch (error) {
      return finish(fail(error));
    }
    return reply.then(toBytes).catch(fail).then(finish);
  }

  async #answerQuery(message: Message): Promise<Buffer> {
    const { namespace, body } = parseOpQuery(message.payload);
    let reply: Reply;
    try {
      const [name] = body.keys();
      if (!namespace.endsWith('.$cmd') || !['hello', 'isMaster', 'ismaster'].includes(name ?? '')) {
        throw new MongoError(
          352,
          `Unsupported OP_QUERY command: ${name ?? ''}. The client driver may require an upgrade.`,
        );
      }
      reply = await this.#run(body, namespace.slice(0, -5), new Map());
    } catch (error) {
      reply = errorReply(error, this.#log);
    }
    return frameOpReply(nextId(), message.id, toBytes(reply).subarray(REPLY_ROOM));
  }

  #run(
    body: Doc,
    database: Value | undefined,
    sequences: ReadonlyMap<string, readonly Buffer[]>,
  ): Reply | Promise<Reply> {
    const [name] = body.keys();
    if (name === undefined) throw mongoError('CommandNotFound', "no such command: ''");
    if (typeof database !== 'string') throw new MongoError(40571, 'OP_MSG requests require a $db argument');
    return runCommand(new Request(this.#engine, name, body, database, sequences, this.#client));
  }

  /** Ends the connection when what it asked is answered. */
  close(): void {
    this.#closing = true;
    this.#socket.pause();
    this.#endWhenIdle();
  }

  #endWhenIdle(): void {
    if (this.#busy || this.#waiting.length > 0) return;
    this.#replies.flush();
    this.#socket.end();
  }
}

function toBytes(reply: Reply): Buffer {
  return Buffer.isBuffer(reply) ? reply : encode(reply, REPLY_ROOM);
}

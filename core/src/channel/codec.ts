import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Validator } from 'typebox/compile';
import * as messages from './messages.ts';
import type { ServerMessage, WorkerMessage } from './messages.ts';

/** Characters of one message; a carousel of a thousand items stays far below. */
export const MAX_MESSAGE_LENGTH = 4_000_000;

/** A message, or one sentence that says why it is none. */
export type Parsed<Message> = { readonly message: Message } | { readonly problem: string };

/** Reads one frame that a server sent to a worker. */
export function parseServerMessage(text: string): Parsed<ServerMessage> {
  return parseMessage(serverMessages, text);
}

/** Reads one frame that a worker sent to the server. */
export function parseWorkerMessage(text: string): Parsed<WorkerMessage> {
  return parseMessage(workerMessages, text);
}

/** Writes a message as one frame. */
export function formatMessage(message: ServerMessage | WorkerMessage): string {
  return JSON.stringify(message);
}

type Validate<Message> = (value: unknown) => Parsed<Message>;
type Table<Message> = ReadonlyMap<string, Validate<Message>>;

const serverMessages: Table<ServerMessage> = new Map<string, Validate<ServerMessage>>([
  ['assign', lazily(messages.Assign)],
  ['cancel', lazily(messages.Cancel)],
  ['pause', lazily(messages.Pause)],
  ['continue', lazily(messages.Continue)],
  ['ack', lazily(messages.Ack)],
  ['make-thumbnails', lazily(messages.MakeThumbnails)],
  ['make-playable', lazily(messages.MakePlayable)],
]);

const workerMessages: Table<WorkerMessage> = new Map<string, Validate<WorkerMessage>>([
  ['hello', lazily(messages.Hello)],
  ['accepted', lazily(messages.Accepted)],
  ['heartbeat', lazily(messages.Heartbeat)],
  ['progress', lazily(messages.Progress)],
  ['resolved', lazily(messages.Resolved)],
  ['listed', lazily(messages.Listed)],
  ['expanded', lazily(messages.Expanded)],
  ['staged', lazily(messages.Staged)],
  ['paused', lazily(messages.Paused)],
  ['failed', lazily(messages.Failed)],
  ['thumbnails', lazily(messages.Thumbnails)],
  ['rendition-progress', lazily(messages.RenditionProgress)],
  ['rendition', lazily(messages.Rendition)],
]);

function parseMessage<Message>(table: Table<Message>, text: string): Parsed<Message> {
  if (text.length > MAX_MESSAGE_LENGTH) return { problem: `longer than ${MAX_MESSAGE_LENGTH} characters` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'not JSON' };
  }
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  const validate = typeof type === 'string' ? table.get(type) : undefined;
  return validate === undefined ? { problem: 'unknown type' } : validate(value);
}

/** A validator that is compiled when its first message comes. The offending value is never repeated: it may be a cookie. */
export function lazily<Schema extends TSchema>(schema: Schema): (value: unknown) => Parsed<Static<Schema>> {
  let compiled: Validator | undefined;
  return (value) => {
    compiled ??= Compile(schema);
    // The compiled schema has just said so.
    if (compiled.Check(value)) return { message: value as Static<Schema> };
    const [error] = compiled.Errors(value);
    return { problem: `${error?.instancePath ?? ''} ${error?.message ?? 'is not valid'}`.trim() };
  };
}

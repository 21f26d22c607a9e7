import type { Scope } from './build-test-app.ts';

export interface StreamEvent {
  readonly id?: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Reads server-sent events as a browser does. */
export class EventStream {
  readonly #abort = new AbortController();
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #text = '';

  private constructor(response: Response, abort: AbortController) {
    if (response.body === null) throw new Error('The answer has no body.');
    this.#reader = response.body.getReader();
    this.#abort = abort;
  }

  static async open(scope: Scope, url: string, headers: Record<string, string>): Promise<EventStream> {
    const abort = new AbortController();
    const response = await fetch(url, { headers, signal: abort.signal });
    if (response.headers.get('content-type') !== 'text/event-stream') throw new Error(await response.text());
    const stream = new EventStream(response, abort);
    scope.after(async () => stream.close());
    return stream;
  }

  /** The next event; undefined when the server has ended the stream. */
  async next(): Promise<StreamEvent | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end >= 0) {
        const event = parseEvent(this.#text.slice(0, end));
        this.#text = this.#text.slice(end + 2);
        if (event !== undefined) return event;
        continue;
      }
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      this.#text += new TextDecoder().decode(value);
    }
  }

  /** Events up to and with the first of this name. */
  async until(name: string): Promise<StreamEvent[]> {
    const events: StreamEvent[] = [];
    for (;;) {
      const event = await this.next();
      if (event === undefined) throw new Error(`The stream ended before ${name}.`);
      events.push(event);
      if (event.event === name) return events;
    }
  }

  close(): void {
    this.#abort.abort();
  }
}

function parseEvent(block: string): StreamEvent | undefined {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const [id, event, data] = [fields.get('id'), fields.get('event'), fields.get('data')];
  if (event === undefined || data === undefined) return undefined;
  return { ...(id !== undefined && { id }), event, data: JSON.parse(data) as Record<string, unknown> };
}

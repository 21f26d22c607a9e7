import type { ApiClient } from '../../tests/harness/api-client.ts';

export interface StreamEvent {
  readonly name: string;
  readonly data: {
    readonly jobId: string;
    readonly stage?: string;
    readonly progress?: number;
    readonly size?: number;
    readonly errorCode?: string;
  };
}

/** Reads the server's event stream until it is closed. */
export function watchEvents(api: ApiClient, onEvent: (event: StreamEvent) => void): { close(): void } {
  const abort = new AbortController();
  read(api, abort.signal, onEvent).catch((error: unknown) => {
    if (!abort.signal.aborted) process.stderr.write(`The event stream broke: ${String(error)}\n`);
  });
  return { close: () => abort.abort() };
}

async function read(api: ApiClient, signal: AbortSignal, onEvent: (event: StreamEvent) => void): Promise<void> {
  const response = await api.fetch('/api/events', { signal });
  let buffer = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    buffer += chunk;
    const records = buffer.split('\n\n');
    buffer = records.pop() ?? '';
    for (const record of records) {
      const name = /^event: (.*)$/m.exec(record)?.[1];
      const data = /^data: (.*)$/m.exec(record)?.[1];
      if (name !== undefined && data !== undefined) onEvent({ name, data: JSON.parse(data) as StreamEvent['data'] });
    }
  }
}

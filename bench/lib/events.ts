import type { Product } from '../../tests/harness/product.ts';

export interface ServerEvent {
  readonly name: string;
  readonly data: unknown;
}

export interface EventReader {
  next(): Promise<ServerEvent>;
  close(): void;
}

/** Follows all downloads over one connection, as a page does. */
export async function followEvents(product: Product): Promise<EventReader> {
  const abort = new AbortController();
  const response = await product.api.fetch('/api/events', { signal: abort.signal });
  if (response.body === null) throw new Error('The answer has no body.');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end < 0) {
          const { done, value } = await reader.read();
          if (done) throw new Error('The stream of events has ended.');
          text += value;
          continue;
        }
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        const name = /^event: (.*)$/m.exec(block)?.[1];
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (name !== undefined && data !== undefined) return { name, data: JSON.parse(data) as unknown };
      }
    },
    close: () => abort.abort(),
  };
}

import { toApiError } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';

const KEY = 'mf.pending';

/** Links that were pasted while the server was away: they wait in the browser and go out on return. */
export class PendingLinks {
  #links: string[] = readLinks();

  get length(): number {
    return this.#links.length;
  }

  add(url: string): void {
    if (!this.#links.includes(url)) this.#keep([...this.#links, url]);
  }

  /** Sends what waits; what is refused is handed to `refused` and not kept. */
  async flush(
    submit: (url: string) => Promise<unknown>,
    refused: (url: string, error: ApiError) => void,
  ): Promise<number> {
    let sent = 0;
    for (const url of this.#links) {
      try {
        await submit(url);
        sent += 1;
      } catch (error) {
        const refusal = toApiError(error);
        if (refusal.offline) break;
        refused(url, refusal);
      }
      this.#keep(this.#links.filter((link) => link !== url));
    }
    return sent;
  }

  #keep(links: string[]): void {
    this.#links = links;
    try {
      localStorage.setItem(KEY, JSON.stringify(links));
    } catch {
      // Full or forbidden: they wait until the page closes.
    }
  }
}

function readLinks(): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(value) ? value.filter((link): link is string => typeof link === 'string') : [];
  } catch {
    return []; // Not ours, or storage is forbidden.
  }
}

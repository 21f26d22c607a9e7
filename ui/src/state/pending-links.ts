import { toApiError } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import type { SubmitWishes } from './downloads.ts';

const KEY = 'mf.pending';

interface Pending {
  readonly url: string;
  readonly wishes: SubmitWishes;
}

/** Links that were pasted while the server was away: they wait in the browser with what was chosen for them, and go out on return. */
export class PendingLinks {
  #links: readonly Pending[] = readLinks();
  #flushing = false;

  get length(): number {
    return this.#links.length;
  }

  add(url: string, wishes: SubmitWishes = {}): void {
    if (!this.#links.some((link) => link.url === url)) this.#keep([...this.#links, { url, wishes }]);
  }

  /** Sends what waits; what is refused is handed to `refused` and not kept. */
  async flush(
    submit: (url: string, wishes: SubmitWishes) => Promise<unknown>,
    refused: (url: string, error: ApiError) => void,
  ): Promise<number> {
    if (this.#flushing) return 0;
    this.#flushing = true;
    let sent = 0;
    for (const { url, wishes } of this.#links) {
      try {
        await submit(url, wishes);
        sent += 1;
      } catch (error) {
        const refusal = toApiError(error);
        if (refusal.offline) break;
        refused(url, refusal);
      }
      this.#keep(this.#links.filter((link) => link.url !== url));
    }
    this.#flushing = false;
    return sent;
  }

  #keep(links: readonly Pending[]): void {
    this.#links = links;
    try {
      localStorage.setItem(KEY, JSON.stringify(links));
    } catch {
      // Full or forbidden: they wait until the page closes.
    }
  }
}

function readLinks(): Pending[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(value) ? value.flatMap(readLink) : [];
  } catch {
    return []; // Not ours, or storage is forbidden.
  }
}

function readLink(value: unknown): Pending[] {
  const { url, wishes } = Object(value) as { url?: unknown; wishes?: unknown };
  return typeof url === 'string' ? [{ url, wishes: Object(wishes) as SubmitWishes }] : []; // Only this file writes it.
}

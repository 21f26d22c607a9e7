import { toApiError } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import type { SubmitWishes } from './downloads.ts';

const KEY = 'mf.pending';

interface Pending {
  readonly url: string;
  readonly wishes: SubmitWishes;
  /** Id of the person who pasted it. */
  readonly owner: string;
}

/** What has nothing to do with any link, and passes. */
const PASSING = new Set([401, 408, 429]);

/**
 * Links that were pasted while the server was away: they wait in the browser with what was chosen for them, and go out on
 * return, for the person who pasted them.
 */
export class PendingLinks {
  #links: readonly Pending[] = readLinks();
  #flushing = false;
  readonly #owner: () => string;
  /** Addresses of which was said why they still wait. */
  readonly #told = new Set<string>();

  /** @param owner - id of who is signed in; empty for nobody */
  constructor(owner: () => string) {
    this.#owner = owner;
  }

  /** How many wait for whoever is signed in. */
  get length(): number {
    return this.#mine().length;
  }

  add(url: string, wishes: SubmitWishes = {}): void {
    if (!this.#mine().some((link) => link.url === url))
      this.#keep([...this.#links, { url, wishes, owner: this.#owner() }]);
  }

  /** Sends what waits. What is refused is handed to `refused`; it is kept where the reason may pass. */
  async flush(
    submit: (url: string, wishes: SubmitWishes) => Promise<unknown>,
    refused: (url: string, error: ApiError) => void,
  ): Promise<number> {
    if (this.#flushing) return 0;
    this.#flushing = true;
    let sent = 0;
    for (const link of this.#mine()) {
      const { url, wishes } = link;
      try {
        await submit(url, wishes);
        sent += 1;
      } catch (error) {
        const refusal = toApiError(error);
        // Whoever has to wait for an answer, or to sign in, sees that elsewhere.
        if (refusal.offline || PASSING.has(refusal.status)) break;
        if (!this.#told.has(url)) refused(url, refusal);
        this.#told.add(url);
        if (mayPass(refusal)) continue;
      }
      this.#keep(this.#links.filter((each) => each !== link));
    }
    this.#flushing = false;
    return sent;
  }

  #mine(): Pending[] {
    const owner = this.#owner();
    return this.#links.filter((link) => link.owner === owner);
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

/** A full disk is emptied, a session begun anew; a link that cannot be read stays so. */
function mayPass({ status, code }: ApiError): boolean {
  return status >= 500 || /^MF_ERR_(QUOTA|DISK_|MOUNT_|INTERNAL|UNAVAILABLE)/.test(code);
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
  const { url, wishes, owner } = Object(value) as { url?: unknown; wishes?: unknown; owner?: unknown };
  if (typeof url !== 'string' || typeof owner !== 'string') return [];
  return [{ url, wishes: Object(wishes) as SubmitWishes, owner }]; // Only this file writes it.
}

import type { Api } from '../api/api.ts';
import { toApiError } from '../api/api-error.ts';
import { withFields } from '../api/with-fields.ts';
import { Store } from './store.ts';

export interface SignedIn {
  readonly id: string;
  readonly username: string;
  readonly role: string;
}

interface SessionAnswer {
  readonly user: SignedIn | null;
  readonly setupNeeded: boolean;
}

export type SessionState = 'unknown' | 'setup' | 'out' | 'in' | 'unreachable';

/** Who is signed in, or why nobody is. */
export class Session extends Store {
  state: SessionState = 'unknown';
  user: SignedIn | undefined;
  readonly #api: Api;

  constructor(api: Api) {
    super();
    this.#api = api;
    api.addEventListener('unauthorized', () => this.end());
  }

  /** Asks the server; without an answer the session stays what it was. */
  async load(): Promise<void> {
    try {
      const answer = withFields<SessionAnswer>(await this.#api.rest('auth/session'), 'user', 'setupNeeded');
      this.user = answer.user ?? undefined;
      this.state = this.user ? 'in' : answer.setupNeeded ? 'setup' : 'out';
    } catch (error) {
      if (this.state === 'unknown' || this.state === 'unreachable')
        this.state = toApiError(error).status === 401 ? 'out' : 'unreachable';
    }
    this.changed();
  }

  /** @throws ApiError */
  async signIn(username: string, password: string): Promise<void> {
    await this.#api.rest('auth/login', { method: 'POST', body: { username, password } });
    await this.load();
  }

  /** Creates the first admin and signs in. @throws ApiError */
  async setUp(username: string, password: string): Promise<void> {
    await this.#api.rest('setup', { method: 'POST', body: { username, password } });
    await this.load();
  }

  async signOut(): Promise<void> {
    await this.#api.rest('auth/logout', { method: 'POST' }).catch(() => undefined); // Offline: the page forgets at least.
    this.end();
  }

  end(): void {
    if (this.state === 'out') return;
    this.state = 'out';
    this.user = undefined;
    this.changed();
  }
}

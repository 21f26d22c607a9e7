import { setTimeout as delay } from 'node:timers/promises';

export interface DownloadRecord {
  readonly id: string;
  readonly url: string;
  readonly key: string | null;
  readonly status: 'queued' | 'running' | 'paused' | 'failed' | 'completed' | 'cancelled';
  readonly stage: string | null;
  readonly progress: number;
  readonly totalBytes: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly attempts: number;
  readonly heldUntil: string | null;
  readonly heldReason: string | null;
}

export interface LibraryItem {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly title: string | null;
  readonly items: readonly {
    readonly id: string;
    readonly sha256: string;
    readonly kind: string;
    readonly mime: string;
    readonly size: number;
    readonly width: number | null;
    readonly height: number | null;
    readonly thumbnails: readonly number[];
  }[];
}

/** An answer that was a refusal. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, problem: { code?: string; detail?: string }) {
    super(`${status} ${problem.code ?? ''} ${problem.detail ?? ''}`);
    this.status = status;
    this.code = problem.code ?? '';
  }
}

const OVER = new Set(['failed', 'completed', 'cancelled']);

/** A script's way to the server: REST with a bearer token. */
export class ApiClient {
  readonly url: string;
  #token: string | undefined;

  constructor(url: string) {
    this.url = url;
  }

  get token(): string | undefined {
    return this.#token;
  }

  async login(credentials: { username: string; password: string }): Promise<void> {
    const { accessToken } = await this.post<{ accessToken: string }>('/api/auth/login', credentials);
    this.#token = accessToken;
  }

  async get<T>(path: string): Promise<T> {
    return this.request<T>('GET', path);
  }

  async post<T>(path: string, body?: unknown): Promise<T> {
    return this.request<T>('POST', path, body);
  }

  async request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.fetch(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    const parsed = text === '' ? undefined : (JSON.parse(text) as unknown);
    if (!response.ok) throw new ApiError(response.status, parsed ?? {});
    // The caller knows what the route answers.
    return parsed as T;
  }

  async fetch(
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const authorization = this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
    return fetch(`${this.url}${path}`, { ...init, headers: { ...authorization, ...init.headers } });
  }

  async graphql<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const { data, errors } = await this.post<{ data: T; errors?: { message: string }[] }>('/graphql', {
      query,
      variables,
    });
    if (errors !== undefined && errors.length > 0) throw new Error(errors.map(({ message }) => message).join('; '));
    return data;
  }

  async submit(url: string, options?: Record<string, unknown>): Promise<{ jobId: string; existing?: boolean }> {
    return this.post('/api/downloads', { url, ...(options && { options }) });
  }

  async download(jobId: string): Promise<DownloadRecord> {
    return this.get(`/api/downloads/${jobId}`);
  }

  /** Waits until a download satisfies a condition. */
  async until(
    jobId: string,
    condition: (download: DownloadRecord) => boolean,
    timeoutMs = 120_000,
  ): Promise<DownloadRecord> {
    const end = Date.now() + timeoutMs;
    let download = await this.download(jobId);
    while (!condition(download)) {
      if (Date.now() > end || OVER.has(download.status))
        throw new Error(`Waited in vain for ${download.url}: ${JSON.stringify(download)}`);
      await delay(30);
      download = await this.download(jobId);
    }
    return download;
  }

  async untilOver(jobId: string, timeoutMs?: number): Promise<DownloadRecord> {
    return this.until(jobId, ({ status }) => OVER.has(status), timeoutMs);
  }

  /** Submits and waits for the end. */
  async fetchPost(url: string, options?: Record<string, unknown>): Promise<DownloadRecord> {
    const { jobId } = await this.submit(url, options);
    return this.untilOver(jobId);
  }

  async library(query = ''): Promise<LibraryItem[]> {
    return (await this.get<{ items: LibraryItem[] }>(`/api/library${query}`)).items;
  }

  /** The library's post of a key. */
  async postOf(key: string): Promise<LibraryItem | undefined> {
    return (await this.library('?limit=200')).find((item) => item.key === key);
  }
}

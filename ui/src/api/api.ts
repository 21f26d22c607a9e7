import type { TadaDocumentNode } from 'gql.tada';
import { ApiError, OFFLINE, parseProblem } from './api-error.ts';
import { textOf } from './graphql.ts';

interface GraphqlAnswer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

interface RestOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

interface Answer {
  readonly response: Response;
  /** Nothing where no JSON came. */
  readonly body: unknown;
}

const NO_CONTENT = 204;
/** A server that answers so late is as good as away. Milliseconds. */
const PATIENCE = 30_000;

/**
 * Talks to the server by the session's cookies, relative to `<base href>`.
 * @fires unauthorized - the session is over
 * @fires reached - an answer came
 * @fires unreachable - no answer came
 */
export class Api extends EventTarget {
  /** @throws ApiError */
  async rest(path: string, options: RestOptions = {}): Promise<unknown> {
    const { response, body } = await this.#fetch(`api/${path}`, {
      method: options.method ?? 'GET',
      headers: {
        accept: 'application/json',
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (!response.ok) throw this.#refusal(path, parseProblem(response.status, body));
    return body;
  }

  /** @param patience milliseconds after which no answer is as good as none @throws ApiError */
  async query<Result, Variables>(
    document: TadaDocumentNode<Result, Variables>,
    variables: Variables,
    signal?: AbortSignal,
    patience = PATIENCE,
  ): Promise<Result> {
    const init = {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ query: textOf(document), variables }),
      ...(signal ? { signal } : {}),
    };
    const { response, body } = await this.#fetch('graphql', init, patience);
    const answer = (typeof body === 'object' && body !== null ? body : {}) as GraphqlAnswer<Result>; // The server's own schema.
    const [first] = answer.errors ?? [];
    if (first) {
      const { code, help } = first.extensions ?? {};
      const error = new ApiError(typeof code === 'string' ? code : 'MF_ERR_INTERNAL', first.message, {
        status: response.status,
        help: typeof help === 'string' ? help : undefined,
      });
      throw this.#refusal('graphql', error);
    }
    if (!response.ok || !answer.data) throw this.#refusal('graphql', parseProblem(response.status, body));
    return answer.data;
  }

  /** The whole answer; one that breaks off, or is no answer of this server, is as good as none. */
  async #fetch(path: string, init: RequestInit, patience = PATIENCE): Promise<Answer> {
    const timeout = AbortSignal.timeout(patience);
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    try {
      const response = await fetch(new URL(path, document.baseURI), { ...init, signal, credentials: 'same-origin' });
      const body = parseJson(await response.text());
      if (body === undefined && isForeign(response)) throw new TypeError(`HTTP ${response.status} without JSON`);
      this.dispatchEvent(new Event('reached'));
      return { response, body };
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
      this.dispatchEvent(new Event('unreachable'));
      throw new ApiError(OFFLINE, '', { cause });
    }
  }

  #refusal(path: string, error: ApiError): ApiError {
    const over =
      error.status === 401 || error.code === 'MF_ERR_UNAUTHORIZED' || error.code === 'MF_ERR_UNAUTHENTICATED';
    if (over && !path.startsWith('auth/') && path !== 'setup') this.dispatchEvent(new Event('unauthorized'));
    return error;
  }
}

/** Our server answers in JSON, also when it refuses: this is a proxy's page, a hotel's door, or half an answer. */
function isForeign({ ok, status }: Response): boolean {
  return (ok && status !== NO_CONTENT) || (status >= 502 && status <= 504);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

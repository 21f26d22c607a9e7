import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createSigner, createVerifier } from 'fast-jwt';
import { CodedError } from '../../errors.ts';
import { holds } from './household.rules.ts';
import type { AccountsService, Person } from './accounts-service.ts';
import type { SessionDoc } from './models.ts';
import type { OpenConnections } from './open-connections.ts';
import type { Sessions } from './sessions.ts';

export const SESSION_COOKIE = 'mf_session';
/** Seconds. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

interface AccessClaims {
  readonly sid: string;
}

/** Short-lived bearer tokens that name a session. */
export function createAccessTokens(key: Buffer): { sign(sessionId: string): string; verify(token: string): string } {
  const sign = createSigner({ key, algorithm: 'HS256', expiresIn: ACCESS_TOKEN_SECONDS * 1000 });
  const verify = createVerifier({ key, algorithms: ['HS256'], cache: 1000 });
  return {
    sign: (sessionId) => sign({ sid: sessionId } satisfies AccessClaims),
    verify: (token) => {
      try {
        return (verify(token) as AccessClaims).sid;
      } catch (error) {
        throw new CodedError('MF_ERR_UNAUTHENTICATED', 'The token is wrong or has run out.', { cause: error });
      }
    },
  };
}

export type AccessTokens = ReturnType<typeof createAccessTokens>;

/** Finds out who asks: a bearer token, else the session cookie. */
export class Authenticator {
  readonly #sessions: Sessions;
  readonly #accounts: AccountsService;
  readonly #tokens: AccessTokens;

  constructor(sessions: Sessions, accounts: AccountsService, tokens: AccessTokens) {
    this.#sessions = sessions;
    this.#accounts = accounts;
    this.#tokens = tokens;
  }

  /** Null when the request brings nothing that counts. @throws MF_ERR_UNAUTHENTICATED for a wrong bearer token */
  async personOf(request: FastifyRequest): Promise<Person | null> {
    const session = await this.#sessionOf(request);
    if (session === null) return null;
    const user = await this.#accounts.byId(session.userId.toHexString());
    if (user === null || !holds(session, user)) return null;
    return {
      id: user._id.toHexString(),
      username: user.username,
      role: user.role,
      sessionId: session._id.toHexString(),
    };
  }

  async #sessionOf(request: FastifyRequest): Promise<SessionDoc | null> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const [scheme, token] = authorization.split(' ');
      if (scheme?.toLowerCase() !== 'bearer' || token === undefined) throw new CodedError('MF_ERR_UNAUTHENTICATED');
      return this.#sessions.byId(this.#tokens.verify(token));
    }
    const cookie = request.cookies[SESSION_COOKIE];
    return cookie === undefined || cookie === '' ? null : this.#sessions.byCookie(cookie);
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A request that a browser sends with its cookie must come from our own pages. @throws MF_ERR_CROSS_SITE */
export function assertSameSite(request: FastifyRequest, isWebSocket: boolean): void {
  if (request.headers.authorization !== undefined || request.cookies[SESSION_COOKIE] === undefined) return;
  if (SAFE_METHODS.has(request.method) && !isWebSocket) return;
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin') return;
  const { origin } = request.headers;
  if (site === undefined && origin === undefined) return;
  if (origin !== undefined && URL.canParse(origin) && new URL(origin).host === request.host) return;
  throw new CodedError('MF_ERR_CROSS_SITE');
}

/** Every route needs a person, unless it says `config: { public: true }`. What was matched counts, not how it was spelled. */
export function guardRoutes(app: FastifyInstance, authenticator: Authenticator, connections: OpenConnections): void {
  app.decorateRequest('person', null);
  app.addHook('onRequest', async (request) => {
    const isWebSocket = request.headers.upgrade?.toLowerCase() === 'websocket';
    assertSameSite(request, isWebSocket);
    if (request.routeOptions.config.public === true || request.is404) return;
    request.person = await authenticator.personOf(request);
    if (request.person === null) throw new CodedError('MF_ERR_UNAUTHENTICATED');
    if (!isWebSocket) return;
    const { socket } = request.raw;
    const release = connections.add(request.person.sessionId, () => socket.destroy());
    socket.once('close', release);
  });
}

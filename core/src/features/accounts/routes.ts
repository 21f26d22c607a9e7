import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Static } from 'typebox';
import { CodedError } from '../../errors.ts';
import type { AccountsService } from './accounts-service.ts';
import type { AccessTokens, Authenticator } from './authenticate.ts';
import { ACCESS_TOKEN_SECONDS, SESSION_COOKIE } from './authenticate.ts';
import type { SessionTokens, Sessions } from './sessions.ts';
import { SESSION_DAYS } from './sessions.ts';

const REFRESH_COOKIE = 'mf_refresh';

const CredentialsSchema = Type.Object(
  { username: Type.String({ minLength: 1, maxLength: 64 }), password: Type.String({ minLength: 1, maxLength: 1024 }) },
  { additionalProperties: false },
);
const TokenSchema = Type.Object({ accessToken: Type.String(), expiresIn: Type.Integer(), refreshToken: Type.String() });
const SessionSchema = Type.Object({
  user: Type.Union([Type.Object({ id: Type.String(), username: Type.String(), role: Type.String() }), Type.Null()]),
  setupNeeded: Type.Boolean(),
});
interface RefreshBody {
  readonly refreshToken?: unknown;
}

interface Parts {
  readonly accounts: AccountsService;
  readonly sessions: Sessions;
  readonly tokens: AccessTokens;
  readonly authenticator: Authenticator;
}

/** At most ten tries a minute from one address. */
const signInLimit = { rateLimit: { max: 10, timeWindow: '1 minute' } };

/** Set-up, sign-in and sign-out. */
export function addAccountRoutes(app: FastifyInstance, parts: Parts): void {
  const { accounts, sessions, authenticator } = parts;
  const open = { tags: ['accounts'], security: [] };

  app.post<{ Body: Static<typeof CredentialsSchema> }>(
    '/api/setup',
    {
      schema: { ...open, summary: 'Make the first admin.', body: CredentialsSchema, response: { 200: TokenSchema } },
      config: { public: true, ...signInLimit },
    },
    async (request, reply) => {
      const user = await accounts.createFirstAdmin(request.body);
      return sendTokens(request, reply, await sessions.open(user), parts.tokens);
    },
  );

  app.post<{ Body: Static<typeof CredentialsSchema> }>(
    '/api/auth/login',
    {
      schema: { ...open, summary: 'Sign in.', body: CredentialsSchema, response: { 200: TokenSchema } },
      config: { public: true, ...signInLimit },
    },
    async (request, reply) => {
      const user = await accounts.verify(request.body);
      return sendTokens(request, reply, await sessions.open(user), parts.tokens);
    },
  );

  app.post<{ Body: RefreshBody | null }>(
    '/api/auth/refresh',
    {
      schema: { ...open, summary: 'Trade a refresh token for new tokens.', response: { 200: TokenSchema } },
      config: { public: true },
    },
    async (request, reply) => {
      const given = request.body?.refreshToken ?? request.cookies[REFRESH_COOKIE];
      const tokens = typeof given === 'string' ? await sessions.refresh(given) : null;
      if (tokens === null) throw new CodedError('MF_ERR_UNAUTHENTICATED');
      return sendTokens(request, reply, tokens, parts.tokens);
    },
  );

  app.post(
    '/api/auth/logout',
    { schema: { tags: ['accounts'], summary: 'Sign out.' }, config: { public: true } },
    async (request, reply) => {
      const person = await authenticator.personOf(request);
      if (person !== null) await sessions.end(person.sessionId);
      const path = cookiePath(app.config.basePath);
      return reply
        .clearCookie(SESSION_COOKIE, { path })
        .clearCookie(REFRESH_COOKIE, { path: `${path}api/auth` })
        .code(204)
        .send();
    },
  );

  app.get(
    '/api/auth/session',
    { schema: { ...open, summary: 'Who is signed in.', response: { 200: SessionSchema } }, config: { public: true } },
    async (request): Promise<Static<typeof SessionSchema>> => {
      const person = await authenticator.personOf(request).catch(() => null);
      const user = person && { id: person.id, username: person.username, role: person.role };
      return { user, setupNeeded: user === null && (await accounts.setupNeeded()) };
    },
  );
}

function sendTokens(
  request: FastifyRequest,
  reply: FastifyReply,
  tokens: SessionTokens,
  access: AccessTokens,
): FastifyReply {
  const { basePath } = request.server.config;
  const path = cookiePath(basePath);
  const common = {
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: SESSION_DAYS * 24 * 60 * 60,
  } as const;
  return reply
    .setCookie(SESSION_COOKIE, tokens.cookie, { ...common, path })
    .setCookie(REFRESH_COOKIE, tokens.refresh, { ...common, sameSite: 'strict', path: `${path}api/auth` })
    .header('cache-control', 'no-store')
    .send({
      accessToken: access.sign(tokens.sessionId),
      expiresIn: ACCESS_TOKEN_SECONDS,
      refreshToken: tokens.refresh,
    });
}

const cookiePath = (basePath: string): string => basePath;

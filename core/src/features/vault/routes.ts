import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Static } from 'typebox';
import { assertConfidential } from '../../confidential.ts';
import { CodedError } from '../../errors.ts';
import { personOf } from '../accounts/index.ts';
import { forgetCookies } from './forget-cookies.ts';
import { ACCOUNT_NAME, saveCookies } from './save-cookies.ts';
import { SESSION_TESTS } from './model.ts';
import type { CookieStatus, VaultService } from './vault-service.ts';

const Platform = Type.String({ maxLength: 60 });
const Account = Type.String({
  pattern: ACCOUNT_NAME,
  description: 'How you call the account, where you have several of a platform; `main` without a name.',
});
const Body = Type.Object({
  platform: Platform,
  account: Type.Optional(Account),
  // A list, an object or a text; what is none of them is refused as no cookies.
  cookies: Type.Unknown({ description: "A browser's list, the JSON of an export, or Netscape text." }),
});
/** Netscape text as the whole body: what it is for stands in the address. */
const Query = Type.Object({ platform: Type.Optional(Platform), account: Type.Optional(Account) });
const Status = Type.Object({
  platform: Type.String(),
  account: Type.String(),
  status: Type.String({ enum: ['valid', 'expiring', 'rejected'] }),
  count: Type.Integer(),
  savedAt: Type.String(),
  expiresAt: Type.Optional(Type.String({ description: 'The first end among the cookies.' })),
  lastSuccessAt: Type.Optional(Type.String()),
  rejectedAt: Type.Optional(Type.String({ description: 'When the platform answered with its login page.' })),
  test: Type.Optional(Type.String({ enum: [...SESSION_TESTS] })),
});

const shown = ({ savedAt, expiresAt, lastSuccessAt, rejectedAt, ...rest }: CookieStatus): Static<typeof Status> => ({
  ...rest,
  savedAt: savedAt.toISOString(),
  ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  ...(lastSuccessAt && { lastSuccessAt: lastSuccessAt.toISOString() }),
  ...(rejectedAt && { rejectedAt: rejectedAt.toISOString() }),
});

/** Saving, listing and forgetting cookies. No route ever returns a value. */
export function addCookieRoutes(app: FastifyInstance, vault: VaultService): void {
  app.post<{ Body: Static<typeof Body> | string | undefined; Querystring: Static<typeof Query> }>(
    '/api/cookies',
    {
      schema: {
        tags: ['accounts'],
        summary: "Save a platform's cookies: a browser's list, the JSON of an export, or Netscape text.",
        querystring: Query,
        body: {
          content: {
            'application/json': { schema: Body },
            'text/plain': { schema: Type.String({ description: 'Netscape text; `platform` in the query.' }) },
          },
        },
        response: { 200: Status },
      },
    },
    async (request) => {
      assertConfidential(request);
      return shown(await saveCookies(app, vault, personOf(request).id, givenIn(request)));
    },
  );

  app.get(
    '/api/cookies',
    { schema: { tags: ['accounts'], summary: 'Which platforms have cookies.', response: { 200: Type.Array(Status) } } },
    async (request) => (await vault.list(personOf(request).id)).map(shown),
  );

  app.delete<{ Params: { platform: string }; Querystring: { account?: string } }>(
    '/api/cookies/:platform',
    {
      schema: {
        tags: ['accounts'],
        summary: 'Forget the cookies of a platform, or of one account there.',
        querystring: Type.Pick(Query, ['account']),
      },
    },
    async (request, reply) => {
      const { account } = request.query;
      const { platform } = request.params;
      await forgetCookies(app, vault, {
        userId: personOf(request).id,
        platform,
        ...(account !== undefined && { account }),
      });
      return reply.code(204).send();
    },
  );
}

type CookiesRequest = FastifyRequest<{
  Body: Static<typeof Body> | string | undefined;
  Querystring: Static<typeof Query>;
}>;

function givenIn({ body, query }: CookiesRequest): { platform?: string; account?: string; cookies: unknown } {
  if (typeof body === 'string') return { ...query, cookies: body };
  // Another type of body, which no schema has looked at.
  if (body === undefined) throw new CodedError('MF_ERR_CONTENT_TYPE');
  return body;
}

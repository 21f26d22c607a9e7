import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { Static } from 'typebox';
import { assertConfidential } from '../../confidential.ts';
import { CodedError } from '../../errors.ts';
import { personOf } from '../accounts/index.ts';
import { parseNetscape, selectCookies } from './cookies.rules.ts';
import type { CookieStatus, VaultService } from './vault-service.ts';

const MAX_COOKIES = 500;
const Cookie = Type.Object({
  domain: Type.String({ maxLength: 253 }),
  name: Type.String({ maxLength: 4096 }),
  value: Type.String({ maxLength: 8192 }),
  path: Type.Optional(Type.String({ maxLength: 2048 })),
  secure: Type.Optional(Type.Boolean()),
  httpOnly: Type.Optional(Type.Boolean()),
  hostOnly: Type.Optional(Type.Boolean()),
  expirationDate: Type.Optional(Type.Number()),
});
const Body = Type.Object({
  platform: Type.String({ maxLength: 60 }),
  cookies: Type.Union([Type.Array(Cookie, { maxItems: MAX_COOKIES }), Type.String({ maxLength: 1_000_000 })]),
});
const Status = Type.Object({
  platform: Type.String(),
  count: Type.Integer(),
  savedAt: Type.String(),
  expiresAt: Type.Optional(Type.String()),
});

const shown = ({ platform, count, savedAt, expiresAt }: CookieStatus): Static<typeof Status> => ({
  platform,
  count,
  savedAt: savedAt.toISOString(),
  ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
});

/** Saving, listing and forgetting cookies. No route ever returns a value. */
export function addCookieRoutes(app: FastifyInstance, vault: VaultService): void {
  app.post<{ Body: Static<typeof Body> }>(
    '/api/cookies',
    {
      schema: {
        tags: ['accounts'],
        summary: "Save a platform's cookies: a browser's list or Netscape text.",
        body: Body,
        response: { 200: Status },
      },
    },
    async (request) => {
      assertConfidential(request);
      const { platform, cookies } = request.body;
      const connector = app.plugins.connectors.find((manifest) => manifest.platform === platform);
      if (connector === undefined) throw new CodedError('MF_ERR_COOKIES', `There is no platform ${platform} here.`);
      const all = typeof cookies === 'string' ? parseNetscape(cookies) : cookies;
      return shown(await vault.save(personOf(request).id, platform, selectCookies(all, connector.hosts)));
    },
  );

  app.get(
    '/api/cookies',
    { schema: { tags: ['accounts'], summary: 'Which platforms have cookies.', response: { 200: Type.Array(Status) } } },
    async (request) => (await vault.list(personOf(request).id)).map(shown),
  );

  app.delete<{ Params: { platform: string } }>(
    '/api/cookies/:platform',
    { schema: { tags: ['accounts'], summary: 'Forget the cookies of a platform.' } },
    async (request, reply) => {
      await vault.remove(personOf(request).id, request.params.platform);
      return reply.code(204).send();
    },
  );
}

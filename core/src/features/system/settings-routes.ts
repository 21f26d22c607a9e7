import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { CodedError } from '../../errors.ts';
import { SettingsSchema } from './settings.ts';
import type { SettingsChange } from './settings.ts';

const Change = Type.Partial(SettingsSchema, { additionalProperties: false });

/** What an admin may look at and change. */
export function addSettingsRoutes(app: FastifyInstance): void {
  const shared = { tags: ['system'], response: { 200: SettingsSchema } };
  app.get(
    '/api/settings',
    { schema: { ...shared, summary: 'Settings of the server; admins only.' } },
    async (request) => {
      assertAdmin(request);
      return app.system.settings.read();
    },
  );
  app.patch<{ Body: SettingsChange }>(
    '/api/settings',
    { schema: { ...shared, summary: 'Change some settings; admins only.', body: Change } },
    async (request) => {
      assertAdmin(request);
      return app.system.settings.change(request.body);
    },
  );
}

function assertAdmin({ person }: Pick<FastifyRequest, 'person'>): void {
  if (person?.role !== 'admin') throw new CodedError('MF_ERR_FORBIDDEN');
}

import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { CodedError } from '../../errors.ts';
import './graphql.ts';
import { AccountsService } from './accounts-service.ts';
import type { Person } from './accounts-service.ts';
import { Authenticator, createAccessTokens, guardRoutes } from './authenticate.ts';
import { createAccountModels } from './models.ts';
import { addAccountRoutes } from './routes.ts';
import { Sessions } from './sessions.ts';

export type { Person } from './accounts-service.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly accounts: AccountsService;
  }
  interface FastifyRequest {
    /** Who asks; set on every route that is not public. */
    person: Person | null;
  }
  interface FastifyContextConfig {
    /** Answers without a login. */
    readonly public?: boolean;
  }
}

/** The person of a guarded route. @throws MF_ERR_UNAUTHENTICATED */
export function personOf(request: Pick<FastifyRequest, 'person'>): Person {
  if (request.person === null) throw new CodedError('MF_ERR_UNAUTHENTICATED');
  return request.person;
}

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const models = createAccountModels(app.database);
    await Promise.all([models.User.init(), models.Session.init()]);
    const accounts = new AccountsService(models);
    const sessions = new Sessions(models, accounts.connections);
    const tokens = createAccessTokens(app.system.secrets.keyFor('access-token'));
    const authenticator = new Authenticator(sessions, accounts, tokens);
    app.decorate('accounts', accounts);
    guardRoutes(app, authenticator, accounts.connections);
    addAccountRoutes(app, { accounts, sessions, tokens, authenticator });
    const { admin } = app.config;
    if (admin !== undefined && (await accounts.setupNeeded())) await accounts.createFirstAdmin(admin);
  },
  { name: 'accounts', dependencies: ['cookie', 'rate-limit', 'swagger', 'system'] },
);

export default plugin;

import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { CodedError } from '../../errors.ts';
import './graphql.ts';
import { accountCommands } from './admin-commands.ts';
import { AccountsService } from './accounts-service.ts';
import type { Person } from './accounts-service.ts';
import { DEPART } from './departures.ts';
import { Authenticator, createAccessTokens, guardRoutes } from './authenticate.ts';
import { createAccountModels } from './models.ts';
import { addAccountRoutes } from './routes.ts';

export type { AccountView } from './admin-commands.ts';
export type { AccountsService, Person } from './accounts-service.ts';

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

/** What somebody leaves behind is looked for so often; and at once when they go. */
const DEPART_EVERY = '1 minute';
const WATCH_MS = 5_000;

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const models = createAccountModels(app.database);
    await Promise.all([models.User.init(), models.Session.init(), models.Household.init()]);
    const accounts = new AccountsService(models);
    const { sessions } = accounts;
    const tokens = createAccessTokens(app.system.secrets.keyFor('access-token'));
    const authenticator = new Authenticator(sessions, accounts, tokens);
    app.decorate('accounts', accounts);
    guardRoutes(app, authenticator, accounts.connections);
    addAccountRoutes(app, { accounts, sessions, tokens, authenticator });
    for (const [name, command] of Object.entries(accountCommands(accounts))) app.system.admin.add(name, command);
    watchSessions(app, accounts);
    app.agenda.define(DEPART, async () => accounts.departures.work());
    app.addHook('onReady', async () => {
      await app.agenda.every(DEPART_EVERY, DEPART);
    });
    const { admin } = app.config;
    if (admin !== undefined && (await accounts.setupNeeded())) await accounts.createFirstAdmin(admin);
  },
  { name: 'accounts', dependencies: ['agenda', 'cookie', 'rate-limit', 'swagger', 'system'] },
);

/** What ends a session on one server ends it on the others within seconds. */
function watchSessions(app: FastifyInstance, { sessions }: AccountsService): void {
  const watch = setInterval(() => {
    sessions.endOver().catch((error: unknown) => app.log.error({ err: error }, 'sessions that are over'));
  }, WATCH_MS);
  watch.unref();
  app.addHook('preClose', async () => clearInterval(watch));
}

export default plugin;

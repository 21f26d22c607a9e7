import type { WebSocket } from '@fastify/websocket';
import fp from 'fastify-plugin';
import type { FastifyError, FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import mercurius from 'mercurius';
import { personOf } from '../features/accounts/index.ts';
import { folderLoaders } from '../features/library/index.ts';
import { codedErrorOf, handleError } from '../problem.ts';
import { costOf, MAX_COST } from './query-cost.ts';
import { builder } from '../graphql/builder.ts';
import type { GraphQLContext } from '../graphql/builder.ts';

const MAX_DEPTH = 8;
/** Close code of our own. */
const TOO_SLOW = 4008;
const CUT_OFF_MS = 5_000;

/** `/graphql` over HTTP and graphql-transport-ws, once every feature has added its types. */
const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const context = (request: FastifyRequest, socket?: WebSocket): GraphQLContext => ({
      app,
      person: personOf(request),
      request,
      cutOff: () => socket && cutOff(socket),
    });
    await app.register(async (scope) => {
      scope.setErrorHandler<FastifyError>(handleQueryError);
      await scope.register(mercurius, {
        schema: builder.toSchema(),
        context: (request: FastifyRequest) => context(request),
        queryDepth: MAX_DEPTH,
        loaders: { Folder: folderLoaders },
        errorHandler: false,
        subscription: { fullWsTransport: true, context: (socket, request) => context(request, socket) },
        errorFormatter: (execution) => ({
          statusCode: 200,
          response: { data: execution.data ?? null, errors: execution.errors.map(withCode) },
        }),
      });
      scope.graphql.addHook('preExecution', async (schema, document, _context, variables) => {
        assertCheap(costOf(schema, document, variables));
      });
    });
  },
  { name: 'graphql', dependencies: ['websocket', 'accounts', 'downloads', 'library'] },
);

/** The close frame stands behind all that was not read: who does not read it either is dropped. */
function cutOff(socket: WebSocket): void {
  socket.close(TOO_SLOW, 'You do not read what you are told. Come back and ask for the present state.');
  const timer = setTimeout(() => socket.terminate(), CUT_OFF_MS);
  socket.once('close', () => clearTimeout(timer));
}

function assertCheap(cost: number): void {
  if (cost <= MAX_COST) return;
  const detail = `The query asks for too much at once: about ${cost} objects, at most ${MAX_COST}. Ask for fewer at a time.`;
  throw new GraphQLError(detail);
}

/** Mercurius's refusal of a query is a GraphQL answer; what comes before the query (login, bad JSON) is a problem document. */
function handleQueryError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof GraphQLError) return reply.code(200).send({ data: null, errors: [withCode(error)] });
  if (!error.code.startsWith('MER_')) return handleError(error, request, reply);
  const { errors } = error as { errors?: readonly GraphQLError[] };
  return reply.code(200).send({ data: null, errors: (errors ?? [new GraphQLError(error.message)]).map(withCode) });
}

/** Our refusals keep their code and sentence; what is not ours says nothing of our inside. */
function withCode(error: GraphQLError): GraphQLError {
  const { originalError } = error;
  // A mistake in the query itself is told as graphql-js tells it.
  const at = { nodes: error.nodes ?? null, source: error.source ?? null, positions: error.positions ?? null };
  if (originalError === undefined || originalError instanceof GraphQLError)
    return new GraphQLError(error.message, {
      ...at,
      path: error.path ?? null,
      extensions: { code: 'MF_ERR_VALIDATION', ...error.extensions },
    });
  const coded = codedErrorOf(originalError);
  return new GraphQLError(coded.message, {
    ...at,
    path: error.path ?? null,
    extensions: { code: coded.code, ...(coded.help !== undefined && { help: coded.help }) },
  });
}

export default plugin;

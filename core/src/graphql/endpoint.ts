import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import mercurius from 'mercurius';
import { personOf } from '../features/accounts/index.ts';
import { codedErrorOf } from '../problem.ts';
import { builder } from './builder.ts';
import type { GraphQLContext } from './builder.ts';

const MAX_DEPTH = 8;

/** `/graphql` over HTTP and graphql-transport-ws, once every feature has added its types. */
export const graphqlEndpoint: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const context = (request: FastifyRequest): GraphQLContext => ({ app, person: personOf(request) });
    await app.register(mercurius, {
      schema: builder.toSchema(),
      context,
      queryDepth: MAX_DEPTH,
      subscription: { fullWsTransport: true, context: (_socket, request) => context(request) },
      errorFormatter: (execution) => ({
        statusCode: 200,
        response: { data: execution.data ?? null, errors: execution.errors.map(withCode) },
      }),
    });
  },
  { name: 'graphql', dependencies: ['websocket', 'accounts', 'downloads', 'library'] },
);

/** Our refusals keep their code and sentence; what is not ours says nothing of our inside. */
function withCode(error: GraphQLError): GraphQLError {
  const { originalError } = error;
  // A mistake in the query itself is told as graphql-js tells it.
  if (originalError === undefined || originalError instanceof GraphQLError) return error;
  const coded = codedErrorOf(originalError);
  return new GraphQLError(coded.message, {
    nodes: error.nodes ?? [],
    path: error.path ?? [],
    extensions: { code: coded.code, ...(coded.help !== undefined && { help: coded.help }) },
  });
}

import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { Types } from 'mongoose';

/** A signed-in person of a test. */
export interface TestPerson {
  readonly id: string;
  readonly name: string;
  readonly headers: { readonly cookie: string };
  inject(options: InjectOptions): Promise<LightMyRequestResponse>;
  /** Answer of a GraphQL operation. */
  readonly graphql: (query: string, variables?: object) => Promise<GraphQLAnswer>;
}

export interface GraphQLAnswer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Makes a user and a session directly in the database: hashing a password takes half a second. */
export async function addPerson(app: FastifyInstance, name: string, role = 'user'): Promise<TestPerson> {
  const { database } = app;
  const id = new Types.ObjectId();
  await database.model('User').create({
    _id: id,
    username: name,
    name,
    passwordHash: 'scrypt$2$8$1$AA$AA',
    role,
    createdAt: new Date(),
  });
  const token = randomBytes(16).toString('hex');
  await database.model('Session').create({
    userId: id,
    cookieHash: createHash('sha256').update(token).digest('hex'),
    refreshHash: `none-${token}`,
    usedRefreshHashes: [],
    lastUsedAt: new Date(),
    expiresAt: new Date(Date.now() + 86_400_000),
  });
  const headers = { cookie: `mf_session=${token}` };
  const inject = async (options: InjectOptions): Promise<LightMyRequestResponse> =>
    app.inject({ ...options, headers: { ...headers, ...options.headers } });
  return {
    id: id.toHexString(),
    name,
    headers,
    inject,
    graphql: async (query, variables) =>
      (await inject({ method: 'POST', url: '/graphql', payload: { query, variables } })).json<GraphQLAnswer>(),
  };
}

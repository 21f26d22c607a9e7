import SchemaBuilder from '@pothos/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphQLError, Kind } from 'graphql';
import type { ValueNode } from 'graphql';

/** Who asks: the signed-in person. */
export interface Requester {
  readonly id: string;
  readonly username: string;
  readonly role: string;
}

/** What every resolver gets. */
export interface GraphQLContext {
  readonly app: FastifyInstance;
  readonly person: Requester;
  readonly request: FastifyRequest;
  /** Ends the socket of a subscriber who does not take what it is told. */
  readonly cutOff: () => void;
}

interface SchemaTypes {
  Context: GraphQLContext;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: unknown; Output: unknown };
  };
}

/** The schema of the web app; each feature adds its types in its graphql.ts. */
export const builder = new SchemaBuilder<SchemaTypes>({ defaultFieldNullability: false });

builder.queryType({});
builder.mutationType({});
builder.subscriptionType({});

builder.scalarType('DateTime', {
  description: 'ISO 8601 instant.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const date = new Date(typeof value === 'string' ? value : NaN);
    if (Number.isNaN(date.getTime())) throw new GraphQLError('This is not an ISO 8601 instant.');
    return date;
  },
});

builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: literalValue,
});

function literalValue(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, literalValue(value)]));
    case Kind.LIST:
      return node.values.map(literalValue);
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    default:
      return null;
  }
}

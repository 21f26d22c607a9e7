import { lexicographicSortSchema, printSchema } from 'graphql';
import '../features/accounts/graphql.ts';
import '../features/downloads/graphql.ts';
import '../features/downloads/graphql-control.ts';
import '../features/downloads/graphql-links.ts';
import '../features/library/graphql.ts';
import '../features/library/bulk/graphql.ts';
import '../features/library/folders/graphql.ts';
import '../features/library/posts/connection.ts';
import '../features/library/posts/graphql.ts';
import '../features/platforms/graphql.ts';
import '../features/plugin-settings/graphql.ts';
import '../features/status/graphql.ts';
import '../features/tools/graphql.ts';
import '../features/vault/graphql.ts';
import { builder } from '../graphql/builder.ts';

/** The whole schema as text: what is checked in at core/schema.graphql and what the web app's types are made from. */
export function printSdl(): string {
  return `${printSchema(lexicographicSortSchema(builder.toSchema()))}\n`;
}

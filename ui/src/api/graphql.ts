import type { initGraphQLTada } from 'gql.tada';
import type { introspection } from '../generated/graphql-env.d.ts';

interface Setup {
  introspection: introspection;
  scalars: { DateTime: string; JSON: unknown };
  disableMasking: true;
}

/** A document as its source parts: its own text and that of its fragments, each once. */
class SourceDocument {
  readonly parts: ReadonlySet<string>;

  constructor(text: string, fragments: readonly SourceDocument[] = []) {
    this.parts = new Set([text, ...fragments.flatMap((fragment) => [...fragment.parts])]);
  }
}

/**
 * Typed documents from core/schema.graphql; `npm run generate -w @mediafetcher/ui` after a change of the schema.
 * Types are gql.tada's. The text goes to the server as it is written, so no parser comes along: hence the cast.
 */
export const graphql = ((text: string, fragments?: readonly SourceDocument[]) =>
  new SourceDocument(text, fragments)) as unknown as ReturnType<typeof initGraphQLTada<Setup>>;

/** The source text of a document, fragments included. */
export const textOf = (document: unknown): string =>
  document instanceof SourceDocument ? [...document.parts].join('\n') : '';

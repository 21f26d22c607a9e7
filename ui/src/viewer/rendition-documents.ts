import { graphql } from '../api/graphql.ts';
import { RenditionFragment } from '../api/library-documents.ts';

export const MakePlayableMutation = graphql(
  `
    mutation MakePlayable($id: ID!, $index: Int!) {
      makePlayable(id: $id, index: $index) {
        ...Rendition
      }
    }
  `,
  [RenditionFragment],
);

export const CancelPlayableMutation = graphql(
  `
    mutation CancelPlayable($id: ID!, $index: Int!) {
      cancelPlayable(id: $id, index: $index) {
        ...Rendition
      }
    }
  `,
  [RenditionFragment],
);

export const RenditionStateQuery = graphql(
  `
    query RenditionState($id: ID!, $index: Int!) {
      renditionState(id: $id, index: $index) {
        ...Rendition
      }
    }
  `,
  [RenditionFragment],
);

import { graphql } from './graphql.ts';

export const PostFragment = graphql(`
  fragment Post on LibraryPost {
    id
    key
    platform
    kind
    title
    caption
    authorHandle
    authorName
    authorUrl
    url
    postedAt
    addedAt
    hashtags
    nsfw
    size
    favourite
    tags
    note
    ownTitle
    folderIds
    hiddenItems
    foreign
    items {
      id
      index
      kind
      mime
      size
      width
      height
      duration
      sha256
      thumbhash
      thumbnails
      rendition {
        id
        mime
        size
      }
    }
  }
`);

export const PlatformsQuery = graphql(`
  query Platforms {
    platforms {
      id
      displayName
    }
  }
`);

export const LibraryQuery = graphql(
  `
    query Library($filter: LibraryFilter, $cursor: String) {
      library(filter: $filter, sort: added_desc, limit: 60, cursor: $cursor) {
        items {
          ...Post
        }
        nextCursor
      }
    }
  `,
  [PostFragment],
);

/** The same list from its other end. */
export const NewerPostsQuery = graphql(
  `
    query NewerPosts($filter: LibraryFilter, $cursor: String) {
      library(filter: $filter, sort: added_asc, limit: 60, cursor: $cursor) {
        items {
          ...Post
        }
        nextCursor
      }
    }
  `,
  [PostFragment],
);

export const LibraryCountQuery = graphql(`
  query LibraryCount($filter: LibraryFilter) {
    libraryCount(filter: $filter) {
      value
      more
    }
  }
`);

export const LibraryMonthsQuery = graphql(`
  query LibraryMonths($filter: LibraryFilter) {
    libraryMonths(filter: $filter)
  }
`);

export const PostQuery = graphql(
  `
    query LibraryPost($id: ID!) {
      libraryPost(id: $id) {
        ...Post
      }
    }
  `,
  [PostFragment],
);

export const ImpactQuery = graphql(`
  query RemovalImpact($id: ID!) {
    removalImpact(id: $id) {
      files
      bytes
      keptFiles
    }
  }
`);

export const RemoveMutation = graphql(`
  mutation Remove($id: ID!) {
    removePost(id: $id) {
      deletedFiles
      freedBytes
      keptFiles
    }
  }
`);

export const PostAdded = graphql(
  `
    subscription PostAdded {
      postAdded {
        ...Post
      }
    }
  `,
  [PostFragment],
);

export const RenditionFragment = graphql(`
  fragment Rendition on RenditionState {
    id
    index
    status
    progress
    ahead
    asked
    heldReason
    errorCode
    rendition {
      id
      mime
      size
    }
  }
`);

/** How it stands with making an item playable. */
export const RenditionChanged = graphql(
  `
    subscription RenditionChanged {
      renditionChanged {
        ...Rendition
      }
    }
  `,
  [RenditionFragment],
);

/** Own folders, or those of somebody who shares one, are not what they were. */
export const FoldersChanged = graphql(`
  subscription FoldersChanged {
    foldersChanged
  }
`);

export const PostRemoved = graphql(`
  subscription PostRemoved {
    postRemoved
  }
`);

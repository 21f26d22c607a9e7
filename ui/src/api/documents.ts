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
    }
  }
`);

export const DownloadFragment = graphql(
  `
    fragment Job on Download {
      id
      url
      platform
      type
      status
      stage
      progress
      indeterminate
      speed
      eta
      totalBytes
      filename
      errorCode
      errorMessage
      attempts
      heldUntil
      heldReason
      title
      author
      createdAt
      startedAt
      finishedAt
      post {
        ...Post
      }
    }
  `,
  [PostFragment],
);

export const PlatformsQuery = graphql(`
  query Platforms {
    platforms {
      id
      displayName
    }
  }
`);

export const LinkQuery = graphql(
  `
    query Link($url: String!) {
      link(url: $url) {
        input
        supported
        code
        message
        platform
        kind
        key
        certain
        url
        existing {
          ...Post
        }
        download {
          id
          status
        }
      }
    }
  `,
  [PostFragment],
);

export const ActiveDownloadsQuery = graphql(
  `
    query ActiveDownloads {
      active: downloads(status: [queued, running, paused], limit: 200) {
        items {
          ...Job
        }
      }
      failed: downloads(status: [failed], limit: 50) {
        items {
          ...Job
        }
      }
      downloadCounts {
        queued
        running
        paused
        failed
        completed
      }
    }
  `,
  [DownloadFragment],
);

export const DownloadsPageQuery = graphql(
  `
    query DownloadsPage($status: [DownloadStatus!], $cursor: String) {
      downloads(status: $status, limit: 50, cursor: $cursor) {
        items {
          ...Job
        }
        nextCursor
      }
    }
  `,
  [DownloadFragment],
);

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

export const LibraryCountQuery = graphql(`
  query LibraryCount($filter: LibraryFilter) {
    libraryCount(filter: $filter) {
      value
      more
    }
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

export const SubmitMutation = graphql(
  `
    mutation Submit($url: String!) {
      submitDownload(url: $url) {
        jobId
        existing
        download {
          ...Job
        }
      }
    }
  `,
  [DownloadFragment],
);

export const CancelMutation = graphql(
  `
    mutation Cancel($id: ID!) {
      cancelDownload(id: $id) {
        ...Job
      }
    }
  `,
  [DownloadFragment],
);
export const RetryMutation = graphql(
  `
    mutation Retry($id: ID!) {
      retryDownload(id: $id) {
        ...Job
      }
    }
  `,
  [DownloadFragment],
);
export const PauseMutation = graphql(
  `
    mutation Pause($id: ID!) {
      pauseDownload(id: $id) {
        ...Job
      }
    }
  `,
  [DownloadFragment],
);
export const ResumeMutation = graphql(
  `
    mutation Resume($id: ID!) {
      resumeDownload(id: $id) {
        ...Job
      }
    }
  `,
  [DownloadFragment],
);
export const DismissMutation = graphql(`
  mutation Dismiss($id: ID!) {
    dismissDownload(id: $id)
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

export const DownloadChanged = graphql(
  `
    subscription DownloadChanged {
      downloadChanged {
        ...Job
      }
    }
  `,
  [DownloadFragment],
);
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
export const PostRemoved = graphql(`
  subscription PostRemoved {
    postRemoved
  }
`);

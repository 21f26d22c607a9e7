import { graphql } from './graphql.ts';
import { PostFragment } from './library-documents.ts';

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
      parentId
      children {
        total
        queued
        running
        paused
        failed
        cancelled
        added
        existing
        declined
        listed
        listErrorCode
      }
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
      running: downloads(status: [running], limit: 64) {
        items {
          ...Job
        }
      }
      waiting: downloads(status: [queued, paused], limit: 200, oldestFirst: true) {
        items {
          ...Job
        }
        nextCursor
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

export const DownloadQuery = graphql(
  `
    query Download($id: ID!) {
      download(id: $id) {
        ...Job
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

/** What can be chosen for a download of each platform. */
export const OptionsQuery = graphql(`
  query Options {
    platforms {
      id
      options
    }
  }
`);

export const ListPostsQuery = graphql(
  `
    query ListPosts($parent: ID!, $cursor: String) {
      downloads(parent: $parent, limit: 50, cursor: $cursor) {
        items {
          ...Job
        }
        nextCursor
      }
    }
  `,
  [DownloadFragment],
);

export const SubmitMutation = graphql(
  `
    mutation Submit($url: String!, $options: JSON, $folder: ID, $tags: [String!]) {
      submitDownload(url: $url, options: $options, folder: $folder, tags: $tags) {
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

export const ControlMutation = graphql(`
  mutation Control($action: DownloadAction!, $ids: [ID!], $all: Boolean) {
    controlDownloads(action: $action, ids: $ids, all: $all) {
      changed
      refused
      left
    }
  }
`);

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

import { graphql } from './graphql.ts';

export const BulkFragment = graphql(`
  fragment Bulk on BulkJob {
    id
    action
    status
    total
    done
    failed
    errorCode
    undoable
  }
`);

export const StartBulkMutation = graphql(
  `
    mutation StartBulk($action: BulkAction!, $options: BulkOptions, $ids: [ID!], $filter: LibraryFilter) {
      startBulk(action: $action, options: $options, ids: $ids, filter: $filter) {
        ...Bulk
      }
    }
  `,
  [BulkFragment],
);

export const UndoBulkMutation = graphql(
  `
    mutation UndoBulk($id: ID!) {
      undoBulk(id: $id) {
        ...Bulk
      }
    }
  `,
  [BulkFragment],
);

export const CancelBulkMutation = graphql(
  `
    mutation CancelBulk($id: ID!) {
      cancelBulk(id: $id) {
        ...Bulk
      }
    }
  `,
  [BulkFragment],
);

export const BulkJobsQuery = graphql(
  `
    query BulkJobs {
      bulkJobs {
        ...Bulk
      }
    }
  `,
  [BulkFragment],
);

export const BulkChanged = graphql(
  `
    subscription BulkChanged {
      bulkChanged {
        ...Bulk
      }
    }
  `,
  [BulkFragment],
);

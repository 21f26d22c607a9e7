import { graphql } from './graphql.ts';

/** What everybody sees of the server. */
export const StatusQuery = graphql(`
  query Status($everybody: Boolean) {
    status {
      state
      version
      startedAt
      parts {
        name
        state
        reason
      }
    }
    downloadQueue {
      paused
    }
    downloadDays(days: 30, everybody: $everybody) {
      day
      completed
      failed
      bytes
    }
    storage {
      used
      quota
      total {
        files
        bytes
        free
        size
        reserve
        platforms {
          platform
          bytes
        }
      }
    }
    plugins {
      id
      displayName
      platform
      kind
      state
      reason
      nextTry
    }
    platformHealth {
      platform
      lastSuccessAt
      lastFailureAt
      lastFailureCode
      hours {
        at
        successes
        failures {
          code
          count
        }
      }
    }
    platformAccounts {
      platform
      account
      status
      savedAt
    }
  }
`);

/** What only admins see. */
export const MachineryQuery = graphql(`
  query Machinery {
    workers {
      id
      slots
      busy
      local
    }
    storageDays(days: 30) {
      day
      bytes
    }
  }
`);

export const ToolsQuery = graphql(`
  query Tools {
    tools {
      name
      found
      source
      version
      releasedAt
      installedAt
    }
  }
`);

export const UpdateToolsMutation = graphql(`
  mutation UpdateTools {
    updateTools {
      result
      to {
        ytDlp
        galleryDl
      }
    }
  }
`);

export const RollBackToolsMutation = graphql(`
  mutation RollBackTools {
    rollBackTools {
      ytDlp
      galleryDl
    }
  }
`);

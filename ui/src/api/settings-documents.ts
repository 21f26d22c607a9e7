import { graphql } from './graphql.ts';

const PluginFragment = graphql(`
  fragment PluginState on Plugin {
    id
    displayName
    version
    description
    kind
    platform
    official
    state
    reason
    nextTry
    hasSettings
  }
`);

export const PluginsQuery = graphql(
  `
    query Plugins {
      plugins {
        ...PluginState
      }
    }
  `,
  [PluginFragment],
);

export const SwitchPluginMutation = graphql(
  `
    mutation SwitchPlugin($id: ID!, $enabled: Boolean!) {
      setPluginEnabled(id: $id, enabled: $enabled) {
        ...PluginState
      }
    }
  `,
  [PluginFragment],
);

export const AnswerChallengeMutation = graphql(`
  mutation AnswerChallenge($platform: String!) {
    answerChallenge(platform: $platform)
  }
`);

export const PluginSettingsQuery = graphql(`
  query PluginSettings($id: ID!) {
    pluginSettings(id: $id) {
      schema
      values
      secrets
    }
  }
`);

export const ChangePluginSettingsMutation = graphql(`
  mutation ChangePluginSettings($id: ID!, $values: JSON!) {
    changePluginSettings(id: $id, values: $values) {
      id
    }
  }
`);

const AccountFragment = graphql(`
  fragment CookieAccount on PlatformAccount {
    platform
    displayName
    account
    status
    count
    savedAt
    expiresAt
    lastSuccessAt
    rejectedAt
  }
`);

export const CookiesQuery = graphql(
  `
    query Cookies {
      platformAccounts {
        ...CookieAccount
      }
    }
  `,
  [AccountFragment],
);

export const ForgetCookiesMutation = graphql(`
  mutation ForgetCookies($platform: String!, $account: String) {
    forgetCookies(platform: $platform, account: $account) {
      platform
    }
  }
`);

/** For the limits: which platforms there are, how much the workers can take, and what cannot be changed here. */
export const LimitsQuery = graphql(`
  query Limits {
    platforms {
      id
      displayName
    }
    workers {
      slots
    }
    fixedValues {
      name
      value
    }
  }
`);

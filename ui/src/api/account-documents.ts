import { graphql } from './graphql.ts';

export const AccountFragment = graphql(`
  fragment Account on Account {
    id
    username
    role
    disabled
    leaving
    createdAt
  }
`);

export const AccountsQuery = graphql(
  `
    query Accounts {
      accounts {
        ...Account
      }
    }
  `,
  [AccountFragment],
);

/** Who else is there, by name: for sharing. */
export const MembersQuery = graphql(`
  query Members {
    members {
      id
      username
    }
  }
`);

export const CreateAccountMutation = graphql(`
  mutation CreateAccount($username: String!, $password: String!, $role: Role) {
    createAccount(username: $username, password: $password, role: $role) {
      id
    }
  }
`);

export const RoleMutation = graphql(`
  mutation SetRole($id: ID!, $role: Role!) {
    setAccountRole(id: $id, role: $role) {
      id
    }
  }
`);

export const DisableMutation = graphql(`
  mutation SetDisabled($id: ID!, $disabled: Boolean!) {
    setAccountDisabled(id: $id, disabled: $disabled) {
      id
    }
  }
`);

export const ResetPasswordMutation = graphql(`
  mutation ResetPassword($id: ID!, $password: String!) {
    resetPassword(id: $id, password: $password) {
      id
    }
  }
`);

export const DeleteAccountMutation = graphql(`
  mutation DeleteAccount($id: ID!) {
    deleteAccount(id: $id)
  }
`);

export const ChangePasswordMutation = graphql(`
  mutation ChangePassword($current: String!, $password: String!) {
    changePassword(current: $current, password: $password)
  }
`);

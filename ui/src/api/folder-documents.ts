import { graphql } from './graphql.ts';
import { PostFragment } from './library-documents.ts';

export const FolderFragment = graphql(`
  fragment Folder on Folder {
    id
    name
    parentId
    ownerId
    count
    createdAt
    right
    shares {
      userId
      right
    }
    cover {
      id
      nsfw
      items {
        id
        kind
        width
        height
        thumbhash
        thumbnails
      }
    }
  }
`);

export const FoldersQuery = graphql(
  `
    query Folders {
      folders {
        ...Folder
      }
      sharedFolders {
        ...Folder
      }
      inbox: libraryCount(filter: { folder: "inbox" }) {
        value
        more
      }
      trash: libraryCount(filter: { trash: true }) {
        value
        more
      }
      favourites: libraryCount(filter: { favourite: true }) {
        value
        more
      }
    }
  `,
  [FolderFragment],
);

/** Of a folder that somebody else shares. */
export const FoldersInsideQuery = graphql(
  `
    query FoldersInside($id: ID!) {
      foldersInside(id: $id) {
        ...Folder
      }
    }
  `,
  [FolderFragment],
);

export const CreateFolderMutation = graphql(
  `
    mutation CreateFolder($name: String!, $parentId: ID) {
      createFolder(name: $name, parentId: $parentId) {
        ...Folder
      }
    }
  `,
  [FolderFragment],
);

export const RenameFolderMutation = graphql(`
  mutation RenameFolder($id: ID!, $name: String!) {
    renameFolder(id: $id, name: $name) {
      id
    }
  }
`);

export const MoveFolderMutation = graphql(`
  mutation MoveFolder($id: ID!, $parentId: ID, $beforeId: ID) {
    moveFolder(id: $id, parentId: $parentId, beforeId: $beforeId) {
      id
    }
  }
`);

export const DeleteFolderMutation = graphql(`
  mutation DeleteFolder($id: ID!, $content: FolderContent!) {
    deleteFolder(id: $id, content: $content)
  }
`);

export const CoverMutation = graphql(`
  mutation SetCover($id: ID!, $postId: ID) {
    setFolderCover(id: $id, postId: $postId) {
      id
    }
  }
`);

export const ShareMutation = graphql(`
  mutation ShareFolder($id: ID!, $userId: ID!, $right: ShareRight) {
    shareFolder(id: $id, userId: $userId, right: $right) {
      id
    }
  }
`);

export const OrganizeMutation = graphql(
  `
    mutation Organize($id: ID!, $words: PostWords!) {
      organizePost(id: $id, words: $words) {
        ...Post
      }
    }
  `,
  [PostFragment],
);

export const TagsQuery = graphql(`
  query Tags($prefix: String, $limit: Int) {
    tags(prefix: $prefix, limit: $limit) {
      name
      count
    }
  }
`);

export const TrashMutation = graphql(`
  mutation Trash($id: ID!) {
    trashPost(id: $id)
  }
`);

export const RestoreMutation = graphql(`
  mutation Restore($id: ID!) {
    restorePost(id: $id)
  }
`);

export const EmptyTrashMutation = graphql(`
  mutation EmptyTrash {
    emptyTrash {
      id
      deletedFiles
      freedBytes
      keptFiles
    }
  }
`);

import { graphql } from './graphql.ts';

/** Writes a test file into the media folder, and takes it away again. */
export const CheckMediaFolderMutation = graphql(`
  mutation CheckMediaFolder {
    checkMediaFolder {
      path
      marked
      writable
      sameDisk
      free
      size
      speed
      problem
    }
  }
`);

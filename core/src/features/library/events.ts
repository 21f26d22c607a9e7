import { EventEmitter } from 'node:events';

interface LibraryEvents {
  /** A post has come into somebody's library. */
  added: [{ userId: string; linkId: string }];
  removed: [{ userId: string; linkId: string }];
}

/** What happens to libraries, in this process. */
export class LibraryEmitter extends EventEmitter<LibraryEvents> {
  constructor() {
    super();
    // One listener for each open page.
    this.setMaxListeners(0);
  }
}

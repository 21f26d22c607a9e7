import { EventEmitter } from 'node:events';

interface LibraryEvents {
  /** A post has come into somebody's library. */
  added: [{ userId: string; linkId: string }];
  removed: [{ userId: string; linkId: string }];
  /** Somebody's folders, their names, order, posts or those they are shared with, have changed. */
  folders: [{ owner: string; seenBy: ReadonlySet<string> }];
}

/** What happens to libraries, in this process. */
export class LibraryEmitter extends EventEmitter<LibraryEvents> {
  constructor() {
    super();
    // One listener for each open page.
    this.setMaxListeners(0);
  }
}

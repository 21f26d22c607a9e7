import { EventEmitter } from 'node:events';
import type { Types } from 'mongoose';

/** An item of a post, by its medium. */
export interface RenditionEvent {
  readonly post: Types.ObjectId;
  readonly media: Types.ObjectId;
}

interface LibraryEvents {
  /** A post has come into somebody's library. */
  added: [{ userId: string; linkId: string }];
  removed: [{ userId: string; linkId: string }];
  /** Something has changed about making an item of a post playable. */
  rendition: [RenditionEvent];
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

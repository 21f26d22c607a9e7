import { EventEmitter } from 'node:events';

interface PlatformEvents {
  /** A platform has begun to rest with this account, rests for longer, or goes on. */
  change: [{ platform: string; account: string }];
  /** A plugin's state is another one: for everybody, or as far as this account goes. */
  plugin: [{ id: string; account?: string }];
}

/** What happens to platforms, as far as this process has a hand in it. */
export class PlatformEmitter extends EventEmitter<PlatformEvents> {
  constructor() {
    super();
    // One listener for each open page.
    this.setMaxListeners(0);
  }
}

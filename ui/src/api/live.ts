import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import type { TadaDocumentNode } from 'gql.tada';
import { BulkChanged } from './bulk-documents.ts';
import { DownloadChanged } from './download-documents.ts';
import { FoldersChanged, PostAdded, PostRemoved, RenditionChanged } from './library-documents.ts';
import { textOf } from './graphql.ts';
import { PluginChanged } from './plugin-documents.ts';
import type { BulkJob, Job, Post, RenditionState } from './types.ts';

/** The server says so when the session of an open connection is over. */
const SESSION_OVER = new Set([4401, 4403]);
const LONGEST_WAIT = 15_000;

/**
 * One connection for everything that changes by itself. It is never given up: while it is down, others poll.
 * @fires up - it stands (again): what happened in between has to be fetched
 * @fires down - it broke
 * @fires session-over
 */
export class Live extends EventTarget {
  connected = false;
  onBulk: (job: BulkJob) => void = () => undefined;
  /** Of the person with this id. */
  onFolders: (ownerId: string) => void = () => undefined;
  onDownload: (job: Job) => void = () => undefined;
  /** A plugin was switched, or its platform begins or ends a rest. */
  onPlugin: () => void = () => undefined;
  onPostAdded: (post: Post) => void = () => undefined;
  onPostRemoved: (id: string) => void = () => undefined;
  onRendition: (state: RenditionState) => void = () => undefined;
  #client: Client | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  start(): void {
    if (this.#client) return;
    const url = new URL('graphql', document.baseURI);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#client = createClient({
      url: url.href,
      lazy: false,
      keepAlive: 10_000,
      retryAttempts: Infinity,
      shouldRetry: () => true,
      retryWait: async (attempt) => wait(Math.min(LONGEST_WAIT, 500 * 2 ** attempt) * (0.75 + Math.random() / 2)),
      // A close that the client takes as final, such as a session that is over.
      onNonLazyError: () => this.#startAgain(),
      on: {
        connected: () => this.#set(true),
        closed: (event) => {
          this.#set(false);
          if (event instanceof CloseEvent && SESSION_OVER.has(event.code))
            this.dispatchEvent(new Event('session-over'));
        },
      },
    });
    this.#subscribe(BulkChanged, (data) => this.onBulk(data.bulkChanged));
    this.#subscribe(DownloadChanged, (data) => this.onDownload(data.downloadChanged));
    this.#subscribe(FoldersChanged, (data) => this.onFolders(data.foldersChanged));
    this.#subscribe(PluginChanged, () => this.onPlugin());
    this.#subscribe(PostAdded, (data) => this.onPostAdded(data.postAdded));
    this.#subscribe(PostRemoved, (data) => this.onPostRemoved(data.postRemoved));
    this.#subscribe(RenditionChanged, (data) => this.onRendition(data.renditionChanged));
  }

  stop(): void {
    clearTimeout(this.#again);
    const client = this.#client;
    this.#client = undefined;
    this.#set(false);
    void client?.dispose();
  }

  #startAgain(): void {
    if (!this.#client) return;
    this.stop();
    this.#again = setTimeout(() => this.start(), LONGEST_WAIT);
  }

  #subscribe<Result, Variables>(document: TadaDocumentNode<Result, Variables>, take: (data: Result) => void): void {
    this.#client?.subscribe<Result>(
      { query: textOf(document) },
      {
        next: (message) => {
          if (message.data) take(message.data);
        },
        error: () => undefined, // Ends with the connection; the client subscribes again by itself.
        complete: () => undefined,
      },
    );
  }

  #set(connected: boolean): void {
    if (connected === this.connected) return;
    this.connected = connected;
    this.dispatchEvent(new Event(connected ? 'up' : 'down'));
  }
}

const wait = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

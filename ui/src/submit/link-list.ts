import type { LitElement, ReactiveController } from 'lit';
import { toApiError } from '../api/api-error.ts';
import { LinkQuery } from '../api/download-documents.ts';
import { apiContext, downloadsContext, pendingContext } from '../state/contexts.ts';
import type { SubmitWishes } from '../state/downloads.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { t, tn } from '../words/submit.ts';
import { judge, toDownload } from './link-entry.ts';
import type { LinkEntry } from './link-entry.ts';
import { LINKS_AT_MOST, extractLinks, guessPlatform } from './links.rules.ts';

/** What has become of the links that were sent off. */
export interface Sent {
  readonly sent: number;
  /** They go out when the server is back. */
  readonly waiting: number;
  readonly refused: number;
}

type End = 'sent' | 'waits' | 'refused';

const uses = (host: LitElement) => ({
  api: new UseValue(host, apiContext),
  downloads: new UseStore(host, downloadsContext),
  pending: new UseValue(host, pendingContext),
});

/** The links of the dialog: taken in, read by the server, sent off. None is lost because of an answer that did not come. */
export class LinkList implements ReactiveController {
  entries: readonly LinkEntry[] = [];
  sending = false;
  readonly #host: LitElement;
  readonly #uses: ReturnType<typeof uses>;
  readonly #reading = new AbortController();
  /** Those of which the server is asked. */
  readonly #reads = new Set<Promise<void>>();

  constructor(host: LitElement) {
    this.#host = host;
    this.#uses = uses(host);
    host.addController(this);
  }

  /** What was sent off before the dialog closed goes on. */
  hostDisconnected(): void {
    if (!this.sending) this.#reading.abort();
  }

  /** Takes in the links of a text. @returns what is wrong with it, in words; empty when all is well */
  take(text: string): string {
    const links = extractLinks(text);
    const known = new Set(this.entries.map((entry) => entry.url));
    const wanted = links.filter((url) => !known.has(url));
    const fresh = wanted.slice(0, Math.max(0, LINKS_AT_MOST - known.size));
    const left = wanted.length - fresh.length;
    // What is typed into the box is judged too, so that its refusal is in words.
    const single = text.trim();
    if (links.length === 0 && single && !/\s/.test(single)) fresh.push(single);
    this.#set([...this.entries, ...fresh.map((url): LinkEntry => ({ url, state: 'reading' }))]);
    for (const url of fresh) {
      const read = this.#read(url).finally(() => this.#reads.delete(read));
      this.#reads.add(read);
    }
    if (left > 0) return tn('submit_left_out', left, { most: LINKS_AT_MOST });
    return links.length === 0 && fresh.length === 0 ? t('submit_no_link') : '';
  }

  /** How a link stands now; what was chosen for it stays. */
  put(entry: LinkEntry): void {
    const put = ({ chosen }: LinkEntry): LinkEntry => ({ ...(chosen && { chosen }), ...entry });
    this.#set(this.entries.map((known) => (known.url === entry.url ? put(known) : known)));
  }

  /** What the person has chosen for a link. */
  choose(url: string, chosen: NonNullable<LinkEntry['chosen']>): void {
    this.#set(this.entries.map((known) => (known.url === url ? { ...known, chosen } : known)));
  }

  drop(url: string): void {
    this.#set(this.entries.filter((entry) => entry.url !== url));
  }

  /** Sends off all that can be, those too that are still being read, as soon as they are; what is refused stays. */
  async send(wishesOf: (entry: LinkEntry) => SubmitWishes): Promise<Sent> {
    this.sending = true;
    const unread = new Set(this.entries.filter(({ state }) => state === 'reading').map(({ url }) => url));
    const ends = await this.#sendAll(toDownload(this.entries), wishesOf);
    await Promise.all(this.#reads);
    const read = this.entries.filter(({ url }) => unread.has(url));
    ends.push(...(await this.#sendAll(toDownload(read), wishesOf)));
    this.sending = false;
    this.#host.requestUpdate();
    const count = (end: (typeof ends)[number]): number => ends.filter((each) => each === end).length;
    // Nobody has seen yet that the server cannot read them.
    const unseen = read.filter(({ state }) => state === 'refused').length;
    return { sent: count('sent'), waiting: count('waits'), refused: count('refused') + unseen };
  }

  async #sendAll(entries: readonly LinkEntry[], wishesOf: (entry: LinkEntry) => SubmitWishes): Promise<End[]> {
    return Promise.all(entries.map(async (entry) => this.#sendOne(entry, wishesOf(entry))));
  }

  async #read(url: string): Promise<void> {
    await this.#host.updateComplete; // The api comes from the page around it.
    const { signal } = this.#reading;
    try {
      const data = await this.#uses.api.value?.query(LinkQuery, { url }, signal);
      if (!data) return;
      const at = this.entries.findIndex((entry) => entry.url === url);
      this.put(judge(url, data.link, this.entries.slice(0, at)));
    } catch (error) {
      if (signal.aborted) return;
      const { code, message } = toApiError(error);
      // The server has said nothing against the link: it may be sent, and is judged then.
      this.put(guessPlatform(url) ? { url, state: 'ready' } : { url, state: 'failed', error: { code, message } });
    }
  }

  async #sendOne(entry: LinkEntry, wishes: SubmitWishes): Promise<End> {
    const { downloads, pending } = this.#uses;
    this.put({ ...entry, state: 'sending' });
    try {
      await downloads.value?.submit(entry.url, wishes);
      this.drop(entry.url);
      return 'sent';
    } catch (error) {
      const { code, message, offline } = toApiError(error);
      if (offline) {
        pending.value?.add(entry.url, wishes);
        this.drop(entry.url);
        return 'waits';
      }
      this.put({ ...entry, state: 'failed', error: { code, message } });
      return 'refused';
    }
  }

  #set(entries: readonly LinkEntry[]): void {
    this.entries = entries;
    this.#host.requestUpdate();
  }
}

import type { LinkMatch } from '@mediafetcher/sdk';
import { isDuplicateKey } from '../../../duplicate-key.ts';
import type { ListedEntry } from '../../../channel/messages.ts';
import { CodedError } from '../../../errors.ts';
import type { LibraryService } from '../../library/index.ts';
import type { PluginsService } from '../../plugins/index.ts';
import { completedFields } from '../completed-fields.ts';
import { applyFiling } from '../filing.ts';
import { linkOutcome } from '../link-outcome.ts';
import type { DownloadDoc, DownloadModels } from '../model.ts';
import { PRIORITY } from '../records.ts';
import type { DownloadRecords, Wishes } from '../records.ts';
import { LEADING } from '../state.rules.ts';
import { wishedKey } from '../wished-key.rules.ts';

interface Dependencies {
  readonly models: DownloadModels;
  readonly plugins: PluginsService;
  readonly library: LibraryService;
  readonly records: DownloadRecords;
}

/** A post of a list, judged. */
interface Post {
  readonly link: LinkMatch & { readonly key: string };
  readonly key: string;
  readonly entry: ListedEntry;
  readonly wishes: Wishes;
}

/** Makes downloads of the posts of a list. Each step may be repeated: a post has one download in its list. */
export class Children {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** Takes posts in, in their order, until the list has as many as are wanted. */
  async take(parent: DownloadDoc, entries: readonly ListedEntry[]): Promise<void> {
    const { Download } = this.#deps.models;
    let count = await Download.countDocuments({ parent: parent._id });
    for (const entry of entries) {
      if (count >= (parent.list?.limit ?? 0)) return;
      const post = await this.#judge(parent, entry);
      if (post !== undefined && (await this.#add(parent, post))) count += 1;
    }
  }

  /** The server trusts no list: what is no post of this platform is left out. */
  async #judge(parent: DownloadDoc, entry: ListedEntry): Promise<Post | undefined> {
    const { plugins } = this.#deps;
    try {
      const link = await plugins.resolve(entry.url);
      const { key, kind, connector } = link;
      if (kind !== 'post' || key === undefined || connector !== parent.link.connector) return undefined;
      const asked = { ...plugins.optionsFor(connector, kind, parent.options), ...entry.options };
      const options = plugins.validateOptions(connector, kind, asked);
      const { headers, account, filing } = parent;
      const wishes = {
        options,
        priority: Math.min(parent.priority, PRIORITY.child),
        ...(headers && { headers }),
        ...(account !== undefined && { account }),
        ...(filing && { filing }),
      };
      return { link: { ...link, key }, key: wishedKey(key, options), entry, wishes };
    } catch (error) {
      if (error instanceof CodedError && error.statusCode < 500) return undefined;
      throw error;
    }
  }

  /** False when the list has this post already. */
  async #add(parent: DownloadDoc, post: Post): Promise<boolean> {
    const { models, records } = this.#deps;
    for (;;) {
      if ((await models.Download.exists({ parent: parent._id, key: post.key })) !== null) return false;
      const { title, author } = post.entry;
      try {
        await records.create({
          ...(await records.draft(parent.user.toString(), post.entry.url, post.link, post.wishes)),
          parent: parent._id,
          meta: { ...(title !== undefined && { title }), ...(author !== undefined && { author }) },
          ...((await this.#ending(parent, post)) ?? (await this.#waiting(parent, post))),
        });
        return true;
      } catch (error) {
        // Somebody was quicker: with the list's post, or with a download of the same post.
        if (!isDuplicateKey(error)) throw error;
      }
    }
  }

  /** How the download of a post ends that need not begin. */
  async #ending(parent: DownloadDoc, { key }: Post): Promise<Partial<DownloadDoc> | undefined> {
    const { library } = this.#deps;
    const userId = parent.user.toString();
    const over = { startedAt: new Date(), finishedAt: new Date() };
    if (await library.isDeclined(userId, key)) return { ...over, status: 'cancelled', outcome: 'declined' };
    if (parent.options['update'] === false) return undefined;
    const entry = await library.entryOfKey(userId, key);
    if (entry !== null) {
      const filed = await applyFiling(library, parent, entry.link);
      return { ...over, ...completedFields(entry.post, parent.options), ...filed, outcome: 'existing' };
    }
    const post = await library.findPost(userId, key);
    const outcome = post && (await linkOutcome(library, post, parent));
    return outcome ? { ...over, ...outcome } : undefined;
  }

  /** A post that is on its way already is waited for, not fetched twice. */
  async #waiting(parent: DownloadDoc, { key }: Post): Promise<Partial<DownloadDoc>> {
    const { Download } = this.#deps.models;
    const activeKey = `${parent.user.toString()} ${key}`;
    const own = await Download.findOne({ activeKey }).lean();
    const leader = await Download.findOne({ key, ...LEADING, waitsFor: null }, { _id: 1 }).lean();
    return { ...(own === null && { activeKey }), ...(leader && { waitsFor: leader._id }) };
  }
}

import type { LinkMatch } from '@mediafetcher/sdk';
import { isDuplicateKey } from '../../duplicate-key.ts';
import { CodedError } from '../../errors.ts';
import type { LibraryService, LinkDoc, PostDoc } from '../library/index.ts';
import type { PluginsService } from '../plugins/index.ts';
import type { VaultService } from '../vault/index.ts';
import { limitOf, newList } from './parents/list-state.ts';
import { PRIORITY } from './records.ts';
import type { DownloadRecords, Wishes } from './records.ts';
import { LEADING } from './state.rules.ts';
import { applyFiling, parseFiling } from './filing.ts';
import type { FilingWish } from './filing.ts';
import type { DownloadDoc, DownloadModels, Filing } from './model.ts';
import { validateHeaders } from './headers.rules.ts';
import { sealHeaders } from './sealed-headers.ts';
import { wishedKey } from './wished-key.rules.ts';
import { completedFields } from './completed-fields.ts';

export interface SubmitRequest {
  readonly userId: string;
  readonly url: string;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Sent to the platform with each request; refused unless they came in confidence. */
  readonly headers?: Readonly<Record<string, unknown>>;
  /** Which of the person's accounts of the platform is used. @default the one that serves best */
  readonly account?: string;
  /** Where the post is filed once it is there. */
  readonly filing?: FilingWish;
  /** Who asks. @default a person */
  readonly for?: keyof typeof PRIORITY;
}

export interface Submitted {
  readonly download: DownloadDoc;
  /** True when the post is in the library already. */
  readonly existing: boolean;
}

interface Dependencies {
  readonly models: DownloadModels;
  readonly plugins: PluginsService;
  readonly library: LibraryService;
  readonly vault: VaultService;
  readonly records: DownloadRecords;
}

/** Takes a link: answers at once, fetches nothing. */
export class Submission {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /**
   * @throws MF_ERR_URL_… · MF_ERR_VALIDATION for options the connector does not know, and headers that cannot be set ·
   * MF_ERR_COOKIES for an account that is none
   */
  async submit(request: SubmitRequest): Promise<Submitted> {
    const { userId, url, options = {}, headers = {}, account, filing = {}, for: asker = 'person' } = request;
    const { plugins, library } = this.#deps;
    const link = await plugins.resolve(url);
    this.#assertFetchable(link);
    const checked = plugins.validateOptions(link.connector, link.kind, options);
    const filed = await parseFiling(library, userId, filing);
    const sealed = await sealHeaders(this.#deps.vault, userId, validateHeaders(headers));
    const post = link.key === undefined ? null : await this.#wanted(userId, wishedKey(link.key, checked));
    const existing = post && (await this.#complete(userId, url, link, { post, ...(filed && { filing: filed }) }));
    if (existing !== null) return { download: existing, existing: true };
    if (account !== undefined) await this.#deps.vault.assertAccount({ userId, platform: link.platform, account });
    const wishes = {
      options: checked,
      priority: PRIORITY[asker],
      ...(sealed && { headers: sealed }),
      ...(filed && { filing: filed }),
      ...(account !== undefined && { account }),
    };
    return { download: await this.#enqueue(userId, url, link, wishes), existing: false };
  }

  /** @throws MF_ERR_URL_UNSUPPORTED for a profile or a list that the connector cannot read */
  #assertFetchable({ kind, connector }: LinkMatch): void {
    if (kind !== 'profile' && kind !== 'listing') return;
    if (this.#deps.plugins.connector(connector).manifest.capabilities.includes(kind)) return;
    throw new CodedError('MF_ERR_URL_UNSUPPORTED', 'This is a profile or a list. Send the link of one post.');
  }

  /** The post, if it is there; that the person had deleted it does not count any more. */
  async #wanted(userId: string, key: string): Promise<PostDoc | null> {
    const { library } = this.#deps;
    const [post] = await Promise.all([library.findPost(userId, key), library.forgive(userId, key)]);
    return post;
  }

  /** Links a post that is there and gives the record of its download; null when the post is just being removed. */
  async #complete(
    userId: string,
    url: string,
    link: LinkMatch,
    { post, filing }: { readonly post: PostDoc; readonly filing?: Filing },
  ): Promise<DownloadDoc | null> {
    const { models, library } = this.#deps;
    const entry = await linked(library, post, userId);
    if (entry === null) return null;
    const filed = await applyFiling(library, { user: entry.user, ...(filing && { filing }) }, entry);
    const known = await models.Download.findOne({
      user: userId,
      post: post._id,
      status: 'completed',
      dismissed: false,
    }).lean();
    if (known !== null) return known;
    const now = new Date();
    const { records } = this.#deps;
    return records.create({
      ...(await records.draft(userId, url, link, { options: {}, priority: PRIORITY.person })),
      ...completedFields(post, {}),
      ...filed,
      finishedAt: now,
      startedAt: now,
    });
  }

  async #enqueue(userId: string, url: string, link: LinkMatch, wishes: Wishes): Promise<DownloadDoc> {
    const { records, models } = this.#deps;
    const key = link.key === undefined ? undefined : wishedKey(link.key, wishes.options);
    const activeKey = `${userId} ${key ?? wishedKey(link.url, wishes.options)}`;
    const isList = link.kind === 'profile' || link.kind === 'listing';
    const [leader, draft] = await Promise.all([
      key === undefined ? null : this.#leaderOf(userId, key),
      records.draft(userId, url, link, wishes),
    ]);
    const record = {
      ...draft,
      activeKey,
      ...(isList && { list: newList(limitOf(wishes.options)) }),
      ...(leader && { waitsFor: leader._id }),
    };
    // Who waits for another's download is not to wait the longer for it.
    if (leader !== null) await this.#hasten(leader, wishes.priority);
    for (;;) {
      try {
        return await records.create(record);
      } catch (error) {
        // The same person has sent the same post: take that record, unless it has just ended.
        if (!isDuplicateKey(error)) throw error;
      }
      const active = await models.Download.findOne({ activeKey }).lean();
      if (active !== null) return (await this.#join(active, wishes)) ?? active;
    }
  }

  /** Another person's download of the same post, which this one can wait for. */
  async #leaderOf(userId: string, key: string): Promise<DownloadDoc | null> {
    return this.#deps.models.Download.findOne({ key, user: { $ne: userId }, ...LEADING, waitsFor: null }).lean();
  }

  /** The person asks again for what is on its way: where they want it now counts. */
  async #join(active: DownloadDoc, { priority, filing }: Wishes): Promise<DownloadDoc | null> {
    if (filing === undefined) return this.#hasten(active, priority);
    return this.#deps.models.Download.findOneAndUpdate(
      { _id: active._id, 'filing.doneAt': null },
      { $max: { priority }, $set: { filing } },
      { returnDocument: 'after', lean: true },
    );
  }

  /** A download that waits already goes before others when somebody asks for it who comes before them; null when it did. */
  async #hasten({ _id, priority: before }: DownloadDoc, priority: number): Promise<DownloadDoc | null> {
    if (before >= priority) return null;
    return this.#deps.models.Download.findOneAndUpdate(
      { _id },
      { $max: { priority } },
      { returnDocument: 'after', lean: true },
    );
  }
}

/** Null when the post was removed since it was found. */
async function linked(library: LibraryService, post: PostDoc, userId: string): Promise<LinkDoc | null> {
  try {
    return await library.linkExisting(post, userId);
  } catch (error) {
    if (error instanceof CodedError && error.code === 'MF_ERR_STATE') return null;
    throw error;
  }
}

import type { Types } from 'mongoose';
import type { MediaDoc, MediaService } from '../../media/index.ts';
import type { LibraryModels, LinkDoc, PostDoc } from '../models.ts';
import { listedMedia } from '../listed-media.rules.ts';
import type { PostDeletion } from '../post-deletion.ts';
import type { Finding } from './finding.ts';

interface Dependencies {
  readonly models: LibraryModels;
  readonly media: MediaService;
  readonly deletion: PostDeletion;
  /** Runs alone among the changes of a post's key. */
  readonly alone: <T>(key: string, task: () => Promise<T>) => Promise<T>;
}

type Ids = readonly Types.ObjectId[];

const keyOf = (id: Types.ObjectId): string => id.toHexString();
const byId = <T extends { readonly _id: Types.ObjectId }>(list: readonly T[]): Map<string, T> =>
  new Map(list.map((document) => [keyOf(document._id), document]));

/** Recounts: who holds what, against what each document says. Looks only; a finding brings its repair. */
export class DocumentCheck {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  async media(ids: Ids): Promise<Finding[]> {
    const { models, media } = this.#deps;
    const documents = await media.byIds(ids);
    const posts = byId(await models.Post.find({ _id: { $in: documents.flatMap(({ refs }) => refs) } }).lean());
    return documents.flatMap((medium) => this.#ofMedium(medium, posts));
  }

  async posts(ids: Ids): Promise<Finding[]> {
    const { models, media } = this.#deps;
    const posts = await models.Post.find({ _id: { $in: [...ids] } }).lean();
    const links = byId(await models.Link.find({ _id: { $in: posts.flatMap(({ refs }) => refs) } }, { _id: 1 }).lean());
    const listed = byId(await media.byIds(posts.flatMap((post) => listedMedia(post).map((each) => each.media))));
    return posts.flatMap((post) => this.#ofPost(post, links, listed));
  }

  async links(ids: Ids): Promise<Finding[]> {
    const { models } = this.#deps;
    const links = await models.Link.find({ _id: { $in: [...ids] } }).lean();
    const posts = byId(await models.Post.find({ _id: { $in: links.map(({ post }) => post) } }).lean());
    return links.flatMap((link) => this.#ofLink(link, posts.get(keyOf(link.post))));
  }

  #ofMedium(medium: MediaDoc, posts: ReadonlyMap<string, PostDoc>): Finding[] {
    const { media } = this.#deps;
    const what = `medium ${medium.sha256}`;
    if (medium.state !== 'ready') return between(what, medium);
    const findings: Finding[] = [];
    for (const ref of medium.refs) {
      const post = posts.get(keyOf(ref));
      // Somebody works on that post; what it holds is theirs to settle.
      const lists = post !== undefined && listedMedia(post).some(({ media: id }) => id.equals(medium._id));
      if (post?.lease !== undefined || lists) continue;
      findings.push({
        kind: 'reference',
        what,
        detail:
          post === undefined ? `It names post ${keyOf(ref)}, which is gone.` : `Post ${keyOf(ref)} does not list it.`,
        repair: async () => {
          await media.release(ref, medium._id, medium);
          return true;
        },
      });
    }
    if (medium.refs.length === 0)
      findings.push({
        kind: 'unheld',
        what,
        detail: 'No post holds it.',
        repair: async () => media.deleteUnused(medium._id, medium.sha256),
      });
    else if (miscounted(medium))
      findings.push({ kind: 'count', what, detail: countDetail(medium), repair: async () => media.recount(medium) });
    return findings;
  }

  #ofPost(post: PostDoc, links: ReadonlyMap<string, unknown>, listed: ReadonlyMap<string, MediaDoc>): Finding[] {
    const { media, models, deletion, alone } = this.#deps;
    const what = `post ${post.key} (${keyOf(post._id)})`;
    if (post.state !== 'ready' || post.lease !== undefined) return between(what, post);
    const findings: Finding[] = [];
    for (const ref of post.refs.filter((id) => !links.has(keyOf(id)))) {
      findings.push({
        kind: 'reference',
        what,
        detail: `It names link ${keyOf(ref)}, which is gone.`,
        repair: async () => {
          await deletion.letGo({ _id: ref, post: post._id });
          return true;
        },
      });
    }
    for (const { media: id, sha256 } of listedMedia(post)) {
      const medium = listed.get(keyOf(id));
      if (medium === undefined)
        findings.push({ kind: 'medium-missing', what, detail: `Its file ${sha256} is gone, with its document.` });
      else if (!medium.refs.some((ref) => ref.equals(post._id)))
        findings.push({
          kind: 'reference',
          what,
          detail: `It lists ${sha256}, which does not name it.`,
          repair: async () => media.hold(post._id, id),
        });
    }
    if (post.refs.length === 0)
      findings.push({
        kind: 'unheld',
        what,
        detail: 'No link holds it.',
        repair: async () => {
          await alone(post.key, async () => deletion.settlePost(post._id));
          return true;
        },
      });
    else if (miscounted(post))
      findings.push({
        kind: 'count',
        what,
        detail: countDetail(post),
        repair: async () => {
          const { _id, refs, refCount } = post;
          const distinct = distinctIds(refs);
          const set = { $set: { refs: distinct, refCount: distinct.length } };
          return (await models.Post.updateOne({ _id, refs, refCount }, set)).modifiedCount === 1;
        },
      });
    return findings;
  }

  #ofLink(link: LinkDoc, post: PostDoc | undefined): Finding[] {
    const { models } = this.#deps;
    const what = `link ${keyOf(link._id)} (${link.key})`;
    if (link.state === 'adding' || link.state === 'removing') return between(what, link);
    if (post === undefined) return [{ kind: 'post-missing', what, detail: `Its post ${keyOf(link.post)} is gone.` }];
    if (post.refs.some((ref) => ref.equals(link._id))) return [];
    return [
      {
        kind: 'reference',
        what,
        detail: `Its post ${keyOf(post._id)} does not name it.`,
        repair: async () => {
          const { modifiedCount } = await models.Post.updateOne(
            { _id: post._id, state: 'ready', refs: { $ne: link._id } },
            { $push: { refs: link._id }, $inc: { refCount: 1 } },
          );
          return modifiedCount === 1;
        },
      },
    ];
  }
}

function between(what: string, { state, lease }: Pick<PostDoc, 'lease'> & { readonly state: string }): Finding[] {
  if (lease !== undefined && lease.until.getTime() > Date.now()) return [];
  return [{ kind: 'between', what, detail: `It is ${state}, and nobody works on it.` }];
}

function distinctIds(ids: Ids): Types.ObjectId[] {
  return [...new Map(ids.map((id) => [keyOf(id), id])).values()];
}

function miscounted({ refs, refCount }: { readonly refs: Ids; readonly refCount: number }): boolean {
  return refCount !== refs.length || distinctIds(refs).length !== refs.length;
}

function countDetail({ refs, refCount }: { readonly refs: Ids; readonly refCount: number }): string {
  return `It counts ${refCount} and names ${distinctIds(refs).length}.`;
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Model, Types } from 'mongoose';
import { isDuplicateKey } from '../../duplicate-key.ts';
import { CodedError } from '../../errors.ts';
import type { Deletion } from './deletion.ts';
import type { MediaFiles } from './files.ts';
import type { MediaDoc } from './model.ts';
import type { StagedFile } from './staged-file.ts';

const RETRY_MS = 50;

/** Who takes a medium: a post, under the token of the lease of its admission. */
export interface Holder {
  readonly post: Types.ObjectId;
  readonly under: string;
}

/** What is published of one item. */
export interface MediaFacts {
  readonly sha256: string;
  readonly size: number;
  readonly width?: number;
  readonly height?: number;
  readonly duration?: number;
  readonly thumbhash?: string;
  readonly thumbnails: readonly { readonly width: number; readonly path: string }[];
}

/**
 * The first steps of a medium: `publishing` under a lease, its file in `final/`, `ready`. Whoever calls holds the hash's
 * mutex of this process.
 */
export class Publication {
  readonly #media: Model<MediaDoc>;
  readonly #files: MediaFiles;
  readonly #deletion: Deletion;

  constructor(media: Model<MediaDoc>, files: MediaFiles, deletion: Deletion) {
    this.#media = media;
    this.#files = files;
    this.#deletion = deletion;
  }

  /** @throws MF_ERR_STATE when the janitor gave the work up meanwhile, and the file with it */
  async take(holder: Holder, facts: MediaFacts, staged: StagedFile): Promise<MediaDoc> {
    for (let again = false; ; again = true) {
      const media = await this.#reference(holder, facts, staged);
      const isThere = (again || media.state === 'ready') && (await this.#files.isPublished(media));
      if (isThere && media.state === 'ready') return this.#addPictures(media, facts);
      if (!isThere) await this.#publish(media, facts, staged, again);
      const ready = await this.#media.findOneAndUpdate(
        { _id: media._id, refs: holder.post, state: { $in: ['publishing', 'ready'] } },
        { $set: { state: 'ready', ...picturesOf(facts) }, $unset: { lease: 1 } },
        { returnDocument: 'after', lean: true },
      );
      // Null: a janitor let it go while this server hung. Once more, with what is on the disk now.
      if (ready !== null) return ready;
    }
  }

  async #publish(media: MediaDoc, facts: MediaFacts, staged: StagedFile, again: boolean): Promise<void> {
    try {
      await this.#files.publish(staged.path, media);
      await this.#publishPictures(facts);
    } catch (cause) {
      // It had been moved, and went with the document.
      if (again && (cause as NodeJS.ErrnoException).code === 'ENOENT')
        throw new CodedError('MF_ERR_STATE', 'The file went while it was being stored.', { cause });
      throw cause;
    }
  }

  async #publishPictures({ sha256, thumbnails }: MediaFacts): Promise<void> {
    for (const { width, path } of thumbnails) await this.#files.publishThumbnail(path, sha256, width);
  }

  /** Bytes that were stored without pictures, as a form of another file is, get those of the first that brings some. */
  async #addPictures(media: MediaDoc, facts: MediaFacts): Promise<MediaDoc> {
    if (media.thumbnails.length > 0 || facts.thumbnails.length === 0) return media;
    // First the document: what a crash leaves of them is made again, and goes with the file.
    const pictured = await this.#media.findOneAndUpdate(
      { _id: media._id, state: 'ready', thumbnails: [] },
      { $set: picturesOf(facts) },
      { returnDocument: 'after', lean: true },
    );
    if (pictured === null) return media;
    await this.#publishPictures(facts);
    return pictured;
  }

  async #reference(holder: Holder, facts: MediaFacts, staged: StagedFile): Promise<MediaDoc> {
    const { sha256 } = facts;
    const { post, under } = holder;
    const states = { $in: ['publishing', 'ready'] as ('publishing' | 'ready')[] };
    const taken = { returnDocument: 'after', lean: true } as const;
    for (;;) {
      // Most files are new: those cost one look.
      const known = await this.#media.findOne({ sha256 }).lean();
      if (known === null) {
        const made = await this.#insert(holder, facts, staged);
        if (made !== undefined) return made;
      } else if (known.state === 'deleting') {
        // This process has the hash's mutex: a deletion of its own was given up half-way.
        if (this.#deletion.expired(known.lease, true)) await this.#deletion.takeOver(known);
        else await delay(RETRY_MS);
      } else {
        const found =
          (await this.#media.findOneAndUpdate(
            { sha256, state: states, refs: { $ne: post } },
            { $push: { refs: post }, $inc: { refCount: 1 }, $set: { takenUnder: under } },
            taken,
          )) ??
          (await this.#media.findOneAndUpdate(
            { sha256, state: states, refs: post },
            { $set: { takenUnder: under } },
            taken,
          ));
        // Null: it has just gone.
        if (found !== null) return found;
      }
    }
  }

  async #insert({ post, under }: Holder, facts: MediaFacts, { type }: StagedFile): Promise<MediaDoc | undefined> {
    const { thumbnails, ...known } = facts;
    try {
      const created = await this.#media.create({
        ...known,
        ext: type.ext,
        mime: type.mime,
        kind: type.kind,
        // From now on: what a crash leaves of them goes with the file.
        thumbnails: thumbnails.map(({ width }) => width),
        state: 'publishing',
        lease: this.#deletion.makeLease(),
        refs: [post],
        refCount: 1,
        takenUnder: under,
      });
      return created.toObject();
    } catch (error) {
      // Another server was first: look again.
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
  }
}

/** What a medium says of its pictures; nothing when there are none, so that those of before stay. */
function picturesOf({ thumbnails, thumbhash }: MediaFacts): Partial<Pick<MediaDoc, 'thumbnails' | 'thumbhash'>> {
  if (thumbnails.length === 0) return {};
  return { thumbnails: thumbnails.map(({ width }) => width), ...(thumbhash !== undefined && { thumbhash }) };
}

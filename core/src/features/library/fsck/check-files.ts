import type { Types } from 'mongoose';
import { CodedError } from '../../../errors.ts';
import type { MediaDoc, MediaService } from '../../media/index.ts';
import type { Finding } from './finding.ts';

const FINAL = /^([0-9a-f]{64})\.([0-9a-z]{1,8})$/;
const THUMBNAIL = /^([0-9a-f]{64})-(\d{1,4})\.webp$/;

/** Compares what is on the disk with the documents, both ways. Looks only; a finding brings its repair. */
export class FileCheck {
  readonly #media: MediaService;
  readonly #verifyHashes: boolean;

  constructor(media: MediaService, verifyHashes: boolean) {
    this.#media = media;
    this.#verifyHashes = verifyHashes;
  }

  /** Files that documents speak of. */
  async ofMedia(ids: readonly Types.ObjectId[]): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const medium of await this.#media.byIds(ids)) {
      if (medium.state !== 'ready') continue;
      findings.push(...(await this.#ofMedium(medium)));
    }
    return findings;
  }

  /** Names in `final/` that no document speaks of. */
  async unknownFiles(names: readonly string[]): Promise<Finding[]> {
    const known = await this.#known(names, FINAL);
    return names
      .filter((name) => {
        const [, sha256 = '', ext] = FINAL.exec(name) ?? [];
        return known.get(sha256)?.ext !== ext || ext === undefined;
      })
      .map((name) => ({
        kind: 'file-unknown',
        what: `final/${name}`,
        detail: 'No document speaks of it.',
        repair: async () => this.#media.strays.moveUnknown(name),
      }));
  }

  /** Names in `thumbs/` that no document speaks of. */
  async unknownThumbnails(names: readonly string[]): Promise<Finding[]> {
    const known = await this.#known(names, THUMBNAIL);
    return names
      .filter((name) => {
        const [, sha256 = '', width] = THUMBNAIL.exec(name) ?? [];
        return known.get(sha256)?.thumbnails.includes(Number(width)) !== true;
      })
      .map((name) => ({
        kind: 'thumbnail-unknown',
        what: `thumbs/${name}`,
        detail: 'No document speaks of it.',
        // It was made of a file and can be made again.
        repair: async () => this.#media.strays.removeThumbnail(name),
      }));
  }

  async #ofMedium(medium: MediaDoc): Promise<Finding[]> {
    const { strays } = this.#media;
    const what = `final/${medium.sha256}.${medium.ext}`;
    const size = await strays.sizeOf(medium);
    if (size === undefined)
      return [
        {
          kind: 'file-missing',
          what,
          detail: `It has ${medium.refCount} holders and no file.`,
          repair: async () => strays.bringBack(medium),
        },
      ];
    const setAside = async (): Promise<boolean> => (await strays.moveWrong(medium)) && strays.bringBack(medium);
    if (size !== medium.size)
      return [
        {
          kind: 'file-size',
          what,
          detail: `It has ${size} bytes instead of ${medium.size}.`,
          repair: setAside,
        },
      ];
    if (this.#verifyHashes && (await strays.hashOf(medium)) !== medium.sha256)
      return [{ kind: 'file-hash', what, detail: 'Its bytes have another hash.', repair: setAside }];
    return this.#thumbnailsOf(medium);
  }

  async #thumbnailsOf(medium: MediaDoc): Promise<Finding[]> {
    const missing = await this.#media.strays.missingThumbnails(medium);
    if (missing.length === 0) return [];
    return [
      {
        kind: 'thumbnail-missing',
        what: `thumbs/${medium.sha256}`,
        detail: `Widths ${missing.join(', ')} are missing.`,
        repair: async () => this.#remake(medium),
      },
    ];
  }

  /** By a worker. Without one they are left: who looks at the post has them made again. */
  async #remake(medium: MediaDoc): Promise<boolean> {
    try {
      await this.#media.thumbnails.remake(medium);
      return true;
    } catch (error) {
      if (error instanceof CodedError) return false;
      throw error;
    }
  }

  async #known(names: readonly string[], pattern: RegExp): Promise<Map<string, MediaDoc>> {
    const hashes = names.flatMap((name) => pattern.exec(name)?.[1] ?? []);
    return new Map((await this.#media.byHashes(hashes)).map((medium) => [medium.sha256, medium]));
  }
}

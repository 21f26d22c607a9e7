import type { Platform, ProfileOptions } from './types.ts';

/** A creator of the stand-in, or a list: its posts by their ids, newest first. */
export interface Profile {
  readonly handle: string;
  /** The platform's own number of it. */
  readonly id: string;
  readonly total: number;
  idAt(index: number): string;
  /** Places of posts that were made by others. */
  readonly reposts: ReadonlySet<number>;
  /** Pages from this place on are never answered to their end. */
  readonly endlessFrom: number;
}

/** The profiles that tests have made. */
export interface ProfileBook {
  add(platform: Platform, total: number, idAt: (index: number) => string, options?: ProfileOptions): Profile;
  /** By handle or number. */
  find(platform: Platform, name: string): Profile | undefined;
  clear(): void;
}

export const createProfileBook = (): ProfileBook => {
  const book = new Map<string, Profile>();
  let counter = 0;
  return {
    add(platform, total, idAt, { reposts = [], endlessFrom = Number.POSITIVE_INFINITY, handle } = {}) {
      counter += 1;
      const profile = {
        handle: handle ?? `lab_maker_${counter}`,
        id: String(700_000_000 + counter),
        total,
        idAt,
        reposts: new Set(reposts),
        endlessFrom,
      };
      book.set(`${platform} ${profile.handle}`, profile);
      book.set(`${platform} ${profile.id}`, profile);
      return profile;
    },
    find: (platform, name) => book.get(`${platform} ${name}`),
    clear: () => book.clear(),
  };
};

/** A page of a profile: its places, and where the next page begins. */
export const pageOf = (
  profile: Profile,
  from: number,
  size: number,
): { readonly places: readonly number[]; readonly next: number | undefined } => {
  const end = Math.min(profile.total, from + size);
  return {
    places: Array.from({ length: Math.max(0, end - from) }, (_, index) => from + index),
    next: end < profile.total ? end : undefined,
  };
};

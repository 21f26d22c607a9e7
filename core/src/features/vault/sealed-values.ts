import type { Model, QueryFilter, UpdateQuery } from 'mongoose';
import { keyNumberOf } from './key-ring.ts';

/** A sealed value as a fresh one with the present key. @throws when no key opens it */
export type Reseal = (sealed: Buffer, context: string) => Promise<Buffer>;

/** How many values were sealed anew, and how many no key opens. */
export interface Resealed {
  readonly renewed: number;
  readonly unreadable: number;
}

/** Values that a feature keeps sealed. */
export interface SealedValues {
  /** Seals anew what a key before `number` has sealed; a run that broke off is done again from the start. */
  renew(number: number, reseal: Reseal): Promise<Resealed>;
}

export interface SealedField<Doc> {
  /** Path, e.g. `headers.sealed`. */
  readonly path: string;
  readonly read: (doc: Doc) => Buffer | undefined;
  /** For whom and what it was sealed. */
  readonly contextOf: (doc: Doc) => string;
}

/** A field of a collection. Each value is exchanged only while it is the same: what somebody saves meanwhile stays. */
export function sealedField<Doc>(model: Model<Doc>, { path, read, contextOf }: SealedField<Doc>): SealedValues {
  return {
    async renew(number, reseal) {
      let renewed = 0;
      let unreadable = 0;
      // The path is one of the collection's, which its type cannot know.
      const withValue = { [path]: { $ne: null } } as QueryFilter<Doc>;
      for await (const found of model.find(withValue).lean().cursor()) {
        const doc = found as Doc & { readonly _id: unknown };
        const sealed = read(doc);
        if (sealed === undefined || keyNumberOf(sealed) >= number) continue;
        const fresh = await reseal(sealed, contextOf(doc)).catch(() => undefined);
        if (fresh === undefined) unreadable += 1;
        else {
          const same = { _id: doc._id, [path]: sealed } as QueryFilter<Doc>;
          renewed += (await model.updateOne(same, { $set: { [path]: fresh } } as UpdateQuery<Doc>)).modifiedCount;
        }
      }
      return { renewed, unreadable };
    },
  };
}

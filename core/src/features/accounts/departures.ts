import type { AccountModels, UserDoc } from './models.ts';

/** Agenda job that goes on with them. */
export const DEPART = 'accounts.depart';

/** Removes what a person has in one feature; true when nothing is left. May be called again after a crash. */
export type Cleaner = (userId: string) => Promise<boolean>;

/** Accounts that are going: what they had goes first, feature by feature, the account at last. */
export class Departures {
  readonly #models: AccountModels;
  readonly #cleaners: Cleaner[] = [];
  #running: Promise<void> | undefined;

  constructor(models: AccountModels) {
    this.#models = models;
  }

  /** What was added last is done first: it builds on what was there before it. */
  add(cleaner: Cleaner): void {
    this.#cleaners.unshift(cleaner);
  }

  /** Goes on with everybody who leaves; one at a time in this process. What cannot go yet is tried again later. */
  async work(): Promise<void> {
    this.#running ??= this.#all().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #all(): Promise<void> {
    for (const user of await this.#models.User.find({ leaving: true }).lean()) await this.#one(user);
  }

  async #one({ _id }: UserDoc): Promise<void> {
    for (const clean of this.#cleaners) if (!(await clean(_id.toHexString()))) return;
    await this.#models.Session.deleteMany({ userId: _id });
    await this.#models.User.deleteOne({ _id, leaving: true });
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../../errors.ts';
import { planAccountChange } from './household.rules.ts';
import type { AccountChange } from './household.rules.ts';
import type { AccountModels, UserDoc } from './models.ts';
import { hashNewPassword } from './password.ts';
import type { Sessions } from './sessions.ts';

const ID = 'household';
const TRIES = 200;

/**
 * Changes of accounts, one after the other on however many servers: two admins who demote each other at the same time
 * would be none. A change is written down with the next version before it is made; whoever comes next makes it first,
 * and each account takes a version only once.
 */
export class Household {
  readonly #models: AccountModels;
  readonly #sessions: Sessions;

  constructor(models: AccountModels, sessions: Sessions) {
    this.#models = models;
    this.#sessions = sessions;
  }

  /** Everybody, in the order in which they came. */
  async list(): Promise<UserDoc[]> {
    return this.#models.User.find().sort({ createdAt: 1, _id: 1 }).lean();
  }

  /** What ends sessions also ends their streams and sockets. @throws MF_ERR_UNKNOWN · MF_ERR_STATE for the last admin */
  async change(userId: string, change: AccountChange): Promise<UserDoc> {
    const { Household: Version, User } = this.#models;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const version = await this.#settled();
      const users = await this.list();
      const intent = planAccountChange(
        users.map((user) => ({ ...user, id: user._id.toHexString() })),
        userId,
        change,
      );
      const taken = await Version.updateOne(
        { _id: ID, version, intent: { $exists: false } },
        { $set: { version: version + 1, intent } },
      );
      if (taken.modifiedCount === 1) {
        await this.#settled();
        return User.findById(userId).lean().orFail();
      }
      await delay(Math.random() * Math.min(50, tries));
    }
    throw new CodedError('MF_ERR_STATE', 'Accounts are being changed elsewhere. Try again.');
  }

  /** Gives a person a new password; they are signed out everywhere. @throws MF_ERR_VALIDATION · MF_ERR_UNKNOWN */
  async reset(userId: string, password: string): Promise<UserDoc> {
    return this.change(userId, { passwordHash: await hashNewPassword(password) });
  }

  /** Finishes what stands written down; gives the version that then holds. */
  async #settled(): Promise<number> {
    const { Household: Version, User } = this.#models;
    const { version, intent } = await Version.findOneAndUpdate(
      { _id: ID },
      { $setOnInsert: { version: 0 } },
      { upsert: true, returnDocument: 'after', lean: true },
    ).orFail();
    if (intent === undefined) return version;
    const { id, set } = intent;
    await User.updateOne({ _id: id, rev: { $not: { $gte: version } } }, { $set: { ...set, rev: version } });
    if (set.epoch !== undefined) {
      const user = await User.findById(id).lean();
      if (user !== null) await this.#sessions.endAllOf(user._id);
    }
    await Version.updateOne({ _id: ID, version }, { $unset: { intent: 1 } });
    return version;
  }
}

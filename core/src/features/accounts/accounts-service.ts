import { isDuplicateKey } from '../../duplicate-key.ts';
import { CodedError } from '../../errors.ts';
import { mayEnter } from './household.rules.ts';
import type { AccountModels, Role, UserDoc } from './models.ts';
import { Departures } from './departures.ts';
import { Household } from './household.ts';
import { OpenConnections } from './open-connections.ts';
import { hashNewPassword, verifyPassword } from './password.ts';
import { Sessions } from './sessions.ts';

/** Who makes a request. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
  readonly sessionId: string;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const MAX_NAME = 64;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Users of the household. */
export class AccountsService {
  /** What has to end when somebody signs out. */
  readonly connections = new OpenConnections();
  readonly sessions: Sessions;
  readonly household: Household;
  readonly departures: Departures;
  readonly #user: AccountModels['User'];

  constructor(models: AccountModels) {
    this.#user = models.User;
    this.sessions = new Sessions(models, this.connections);
    this.household = new Household(models, this.sessions);
    this.departures = new Departures(models);
  }

  async setupNeeded(): Promise<boolean> {
    return (await this.#user.exists({})) === null;
  }

  /**
   * Makes the first admin; of two that come at once one is made.
   * @throws MF_ERR_SETUP_DONE · MF_ERR_VALIDATION
   */
  async createFirstAdmin(credentials: Credentials): Promise<UserDoc> {
    if (!(await this.setupNeeded())) throw new CodedError('MF_ERR_SETUP_DONE');
    return this.#create(credentials, 'admin', FIRST_ADMIN_ID);
  }

  /** Makes an account for somebody else. @throws MF_ERR_VALIDATION · MF_ERR_STATE for a name that is taken */
  async create(credentials: Credentials, role: Role): Promise<UserDoc> {
    return this.#create(credentials, role);
  }

  /** Looks anew: what a request or a socket began with may have changed. @throws MF_ERR_FORBIDDEN */
  async assertAdmin(userId: string): Promise<void> {
    const user = await this.byId(userId);
    if (user?.role !== 'admin' || !mayEnter(user)) throw new CodedError('MF_ERR_FORBIDDEN', 'This is for admins.');
  }

  /** Whether there is such a person, who may sign in. */
  async isPerson(userId: string): Promise<boolean> {
    const user = await this.byId(userId);
    return user !== null && mayEnter(user);
  }

  /** Whether an account is being removed, or gone; one that is disabled is neither. */
  async isGone(userId: string): Promise<boolean> {
    const user = await this.byId(userId);
    return user === null || user.leaving === true;
  }

  /** @throws MF_ERR_CREDENTIALS · MF_ERR_FORBIDDEN for the right password of an account that is disabled */
  async verify({ username, password }: Credentials): Promise<UserDoc> {
    const user = await this.#user.findOne({ name: nameOf(username) }).lean();
    const right = await verifyPassword(password, user?.passwordHash);
    if (user === null || !right || user.leaving === true) throw new CodedError('MF_ERR_CREDENTIALS');
    if (!mayEnter(user)) throw new CodedError('MF_ERR_FORBIDDEN', 'This account is disabled. Ask an admin.');
    return user;
  }

  /** @throws MF_ERR_UNKNOWN */
  async named(username: string): Promise<UserDoc> {
    const user = await this.#user.findOne({ name: nameOf(username) }).lean();
    if (user === null || user.leaving === true)
      throw new CodedError('MF_ERR_UNKNOWN', `There is no account of the name ${username}.`);
    return user;
  }

  /** Whoever has been an admin for longest. @throws MF_ERR_STATE before the set-up */
  async firstAdmin(): Promise<UserDoc> {
    const admin = (await this.household.list()).find((user) => user.role === 'admin' && mayEnter(user));
    if (admin === undefined)
      throw new CodedError('MF_ERR_STATE', 'There is no account yet: make one with mediafetcher user add NAME.');
    return admin;
  }

  async byId(id: string): Promise<UserDoc | null> {
    return this.#user.findById(id).lean();
  }

  async #create({ username, password }: Credentials, role: Role, id?: string): Promise<UserDoc> {
    const shown = username.trim();
    if (shown === '' || shown.length > MAX_NAME || UNSEEN.test(shown))
      throw new CodedError('MF_ERR_VALIDATION', `A name has 1 to ${MAX_NAME} visible characters.`);
    if (id === undefined && (await this.#user.exists({ name: nameOf(shown) })) !== null) throw nameTaken();
    const passwordHash = await hashNewPassword(password);
    try {
      const user = await this.#user.create({
        ...(id !== undefined && { _id: id }),
        username: shown,
        name: nameOf(shown),
        passwordHash,
        role,
        createdAt: new Date(),
      });
      return user.toObject();
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      if (id !== undefined) throw new CodedError('MF_ERR_SETUP_DONE', undefined, { cause: error });
      throw nameTaken(error);
    }
  }
}

/** A fixed id makes a second set-up collide, however close in time. */
const FIRST_ADMIN_ID = '000000000000000000000001';

function nameTaken(cause?: unknown): CodedError {
  return new CodedError('MF_ERR_STATE', 'Somebody has this name already.', { cause });
}

function nameOf(username: string): string {
  return username.trim().normalize('NFKC').toLowerCase();
}

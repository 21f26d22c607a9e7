import { CodedError } from '../../errors.ts';
import type { AccountModels, Role, UserDoc } from './models.ts';
import { OpenConnections } from './open-connections.ts';
import { hashPassword, verifyPassword } from './password.ts';

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

const MIN_PASSWORD = 8;
const MONGO_DUPLICATE = 11000;

/** Users of the household. */
export class AccountsService {
  /** What has to end when somebody signs out. */
  readonly connections = new OpenConnections();
  readonly #user: AccountModels['User'];

  constructor(models: AccountModels) {
    this.#user = models.User;
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

  /** @throws MF_ERR_CREDENTIALS */
  async verify({ username, password }: Credentials): Promise<UserDoc> {
    const user = await this.#user.findOne({ name: nameOf(username) }).lean();
    const right = await verifyPassword(password, user?.passwordHash);
    if (user === null || !right) throw new CodedError('MF_ERR_CREDENTIALS');
    return user;
  }

  async byId(id: string): Promise<UserDoc | null> {
    return this.#user.findById(id).lean();
  }

  async #create({ username, password }: Credentials, role: Role, id?: string): Promise<UserDoc> {
    const shown = username.trim();
    if (shown === '') throw new CodedError('MF_ERR_VALIDATION', 'Choose a name.');
    if (password.length < MIN_PASSWORD) {
      throw new CodedError('MF_ERR_VALIDATION', `A password has at least ${MIN_PASSWORD} characters.`);
    }
    const passwordHash = await hashPassword(password);
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
      if ((error as { code?: unknown }).code !== MONGO_DUPLICATE) throw error;
      throw new CodedError(id === undefined ? 'MF_ERR_STATE' : 'MF_ERR_SETUP_DONE', undefined, { cause: error });
    }
  }
}

/** A fixed id makes a second set-up collide, however close in time. */
const FIRST_ADMIN_ID = '000000000000000000000001';

function nameOf(username: string): string {
  return username.trim().normalize('NFKC').toLowerCase();
}

import type { FastifyInstance } from 'fastify';
import type { QueryFilter } from 'mongoose';
import { ANONYMOUS, ownerOf } from '../platforms/index.ts';
import type { Closed } from '../platforms/index.ts';
import type { DownloadDoc, DownloadModels } from './model.ts';

/** Downloads of which none may begin now. */
export interface Closure {
  readonly filter: QueryFilter<DownloadDoc>;
  /** When the next one may; null: when a person has done something. */
  readonly until: Date | null;
  /** `pace` where only their turn has not come. */
  readonly reason: Closed['reason'] | 'MF_ERR_PLATFORM_OFF' | 'MF_ERR_DISK_FULL';
}

type Models = Pick<DownloadModels, 'Download'>;
type Room = Awaited<ReturnType<Services['library']['limits']['room']>>;
type Services = Pick<FastifyInstance, 'platforms' | 'plugins' | 'vault' | 'library'>;

/**
 * What may not begin now: platforms that are switched off, what the disk has no room for, and platforms that rest or
 * are paced with the account that a download would use.
 */
export async function findClosures(
  { platforms, plugins, vault, library }: Services,
  models: Models,
): Promise<readonly Closure[]> {
  const [off, closed, room] = await Promise.all([plugins.off(), platforms.closed(), library.limits.room()]);
  const disk = await diskFilter(models, room);
  const switched = plugins.connectors
    .filter(({ id }) => off.has(id))
    .map(({ id }): Closure => ({ filter: { 'link.connector': id }, until: null, reason: 'MF_ERR_PLATFORM_OFF' }));
  const resting = await Promise.all(
    closed.map(async ({ platform, account, until, reason }): Promise<Closure> => {
      const choices = await vault.choices(platform);
      return { filter: filterOf(platform, account, choices), until, reason };
    }),
  );
  return [...switched, ...disk, ...resting];
}

/** Everything, or what needs more room than there is. */
async function diskFilter({ Download }: Models, { beyondReserve, isFull }: Room): Promise<Closure[]> {
  const tooLarge = { 'room.until': { $gt: new Date() }, 'room.bytes': { $gt: beyondReserve } };
  // Mostly there is none, and then nobody has to look at all that waits.
  if (!isFull && (await Download.exists(tooLarge)) === null) return [];
  return [{ filter: isFull ? {} : tooLarge, until: null, reason: 'MF_ERR_DISK_FULL' }];
}

/** Downloads that would use this account. @param choices which account is used where nobody names one, by person */
function filterOf(platform: string, account: string, choices: ReadonlyMap<string, string>): QueryFilter<DownloadDoc> {
  if (account === ANONYMOUS) return { 'link.platform': platform, account: null, user: { $nin: [...choices.keys()] } };
  const owner = ownerOf(account);
  const named = { account: owner?.account ?? '' };
  const chosen = choices.get(owner?.userId ?? '') === owner?.account;
  return {
    'link.platform': platform,
    user: owner?.userId ?? null,
    ...(chosen ? { $or: [named, { account: null }] } : named),
  };
}

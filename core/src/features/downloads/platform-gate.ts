import type { FastifyInstance } from 'fastify';
import { accountKey, ANONYMOUS } from '../platforms/index.ts';
import { Alarm } from './alarm.ts';
import type { PlatformGate } from './claims.ts';
import { findClosures } from './closures.ts';
import type { DownloadDoc, DownloadModels } from './model.ts';
import { attemptOf, forgetPlatformAttempt } from './platform-outcome.ts';

/** Whoever looks for work looks again by itself after so many milliseconds. */
const NET_MS = 5_000;

/** What an admin has set, what platforms bear, and which of them are switched on; before each download anew. */
export function createPlatformGate(app: FastifyInstance, models: DownloadModels, wake: () => void): PlatformGate {
  const alarm = new Alarm(wake);
  return {
    closed: async () => {
      const closures = await findClosures(app, models);
      const soon = Math.min(...closures.map(({ until }) => (until?.getTime() ?? Infinity) - Date.now()));
      if (soon < NET_MS) alarm.set(Math.max(0, soon) + 1);
      return closures.map(({ filter }) => filter);
    },
    roomFor: async ({ room }) => {
      if (room === undefined || room.bytes <= (await app.library.limits.room()).beyondReserve) return 'enough';
      return room.until.getTime() <= Date.now() ? 'blind' : 'none';
    },
    limits: async () => new Map(Object.entries((await app.system.settings.read()).platformLimits)),
    take: async (job) => {
      const usedAccount = await accountOf(app, job);
      const turn = await app.platforms.take(attemptOf({ ...job, usedAccount, attempt: job.attempt + 1 }));
      return turn.closed === undefined ? { account: usedAccount, probe: turn.probe } : undefined;
    },
    giveBack: async (job) => forgetPlatformAttempt(app.platforms, job),
  };
}

/** The account that a download uses when it begins now. */
async function accountOf({ vault }: FastifyInstance, { user, link, account }: DownloadDoc): Promise<string> {
  const userId = user.toString();
  const chosen = account ?? (await vault.choices(link.platform)).get(userId);
  return chosen === undefined ? ANONYMOUS : accountKey(userId, chosen);
}

import { describeFailure } from '../../tools/failure/sentences.ts';
import type { InstalledPlugin } from '../plugins/index.ts';
import { ANONYMOUS, ownerOf } from './accounts.ts';
import type { Closed, PlatformStatus } from './platforms-service.ts';

/** A rest of a platform, as a person sees it. */
export interface RestView {
  /** The person's own account; null where the platform rests without any, for all. */
  readonly account: string | null;
  readonly code: string;
  /** A sentence for people. */
  readonly message: string;
  readonly since: Date;
  /** When one download tries whether it is over; null: when a person has done something. */
  readonly until: Date | null;
}

export interface PluginView {
  readonly id: string;
  readonly package: string;
  readonly official: boolean;
  readonly displayName: string;
  readonly version: string | null;
  readonly description: string | null;
  /** There is something that an admin can set. */
  readonly hasSettings: boolean;
  readonly kind: 'connector' | 'processor' | null;
  readonly platform: string | null;
  readonly state: 'active' | 'disabled' | 'suspended' | 'incompatible' | 'failed' | 'missing';
  /** Why it is not active. */
  readonly reason: string | null;
  readonly nextTry: Date | null;
  readonly rests: readonly RestView[];
}

/** A plugin as this person sees it: what rests with somebody else's account is not told. */
export function viewPlugin(
  plugin: InstalledPlugin,
  id: string,
  statuses: readonly PlatformStatus[],
  userId: string,
): PluginView {
  const { manifest, state, reason } = plugin;
  const platform = manifest?.kind === 'connector' ? manifest.platform : null;
  const rests = statuses.filter((status) => status.platform === platform).flatMap((status) => viewRest(status, userId));
  const [rest] = rests;
  const suspended = state === 'active' && rest !== undefined;
  return {
    id,
    package: plugin.package,
    official: plugin.official,
    displayName: manifest?.displayName ?? plugin.package,
    version: plugin.version ?? null,
    description: plugin.description ?? null,
    hasSettings: manifest?.settings !== undefined,
    kind: manifest?.kind ?? null,
    platform,
    state: suspended ? 'suspended' : state,
    reason: suspended ? rest.message : (reason ?? (state === 'disabled' ? 'It is switched off.' : null)),
    nextTry: suspended ? rest.until : null,
    rests,
  };
}

function viewRest({ platform, account, closed, since }: PlatformStatus, userId: string): RestView[] {
  if (closed === undefined || closed.reason === 'pace' || since === undefined) return [];
  const owner = ownerOf(account);
  if (account !== ANONYMOUS && owner?.userId !== userId) return [];
  const message = sentenceOf(closed.reason, platform, owner !== undefined);
  return [{ account: owner?.account ?? null, code: closed.reason, message, since, until: closed.until }];
}

/** What a rest is for, in a sentence. */
export function sentenceOf(code: Exclude<Closed['reason'], 'pace'>, platform: string, withCookies: boolean): string {
  return describeFailure(code, { tool: 'yt-dlp', platform, withCookies });
}

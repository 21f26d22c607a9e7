import type { Api } from '../api/api.ts';
import { withFields } from '../api/with-fields.ts';

/** How much one platform or person has. Bytes. */
export interface StorageSum {
  /** Of a person. */
  readonly id?: string;
  readonly platform?: string;
  readonly posts: number;
  readonly bytes: number;
}

/** `GET /api/storage`; all in bytes. */
export interface Storage {
  readonly used: number;
  /** How much the person may keep; null: as much as there is room for. */
  readonly quota: number | null;
  /** Of everybody; for admins only. */
  readonly total?: {
    readonly files: number;
    readonly bytes: number;
    readonly free: number;
    readonly size: number;
    /** Room that is left free. */
    readonly reserve: number;
    readonly platforms: readonly StorageSum[];
    readonly people: readonly StorageSum[];
  };
}

/** @throws ApiError */
export async function readStorage(api: Api, signal?: AbortSignal): Promise<Storage> {
  return withFields<Storage>(await api.rest('storage', signal ? { signal } : {}), 'used', 'quota');
}

/** `GET` and `PATCH /api/settings`. */
export interface Limits {
  readonly trashDays: number;
  readonly quotaGb: number | null;
  readonly maxFileMb: number;
  readonly reserveMb: number;
  readonly concurrency: number;
  readonly platformLimits: Readonly<Record<string, number>>;
  readonly platformProxies: Readonly<Record<string, string>>;
}

/** @throws ApiError for who is no admin */
export async function readLimits(api: Api, signal?: AbortSignal): Promise<Limits> {
  return withFields<Limits>(await api.rest('settings', signal ? { signal } : {}), 'platformLimits', 'concurrency');
}

/** @throws ApiError */
export async function changeLimits(api: Api, change: Partial<Limits>): Promise<void> {
  await api.rest('settings', { method: 'PATCH', body: change });
}

/** A number as it was typed; null for an empty field, nothing for what is none. */
export function readNumber(text: string): number | null | undefined {
  const clean = text
    .trim()
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(',', '.');
  if (clean === '') return null;
  const value = Number(clean);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

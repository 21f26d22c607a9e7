import packageJson from '../../../package.json' with { type: 'json' };
import { builder } from '../../graphql/builder.ts';
import type { WorkerView } from '../downloads/index.ts';
import type { HealthCheck } from '../system/index.ts';
import type { DayCount } from './daily-counts.ts';
import { listFixedValues } from './environment.rules.ts';
import type { FixedValue } from './environment.rules.ts';
import { checkMediaFolder } from './media-folder-check.ts';
import type { MediaFolderCheck } from './media-folder-check.ts';
import type { StorageDay } from './storage-days.ts';

const MOST_DAYS = 366;
const clampDays = (days: number | null | undefined): number => Math.min(MOST_DAYS, Math.max(1, days ?? 30));

const HealthState = builder.enumType('HealthState', { values: ['ok', 'degraded', 'down'] as const });

const Part = builder.objectRef<HealthCheck & { name: string }>('HealthPart').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    state: t.field({ type: HealthState, resolve: ({ status }) => status }),
    reason: t.string({ nullable: true, description: 'One sentence.', resolve: ({ reason }) => reason ?? null }),
  }),
});

interface ServerStatus {
  readonly state: HealthCheck['status'];
  readonly parts: (HealthCheck & { name: string })[];
  readonly startedAt: Date;
}

const Status = builder.objectRef<ServerStatus>('ServerStatus').implement({
  description: 'How the server is: its worst part is the whole.',
  fields: (t) => ({
    state: t.field({ type: HealthState, resolve: ({ state }) => state }),
    parts: t.field({ type: [Part], resolve: ({ parts }) => parts }),
    version: t.string({ resolve: () => packageJson.version }),
    startedAt: t.expose('startedAt', { type: 'DateTime' }),
  }),
});

const Worker = builder.objectRef<WorkerView>('Worker').implement({
  description: 'A worker that is connected to the server that answers.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeString('version'),
    slots: t.exposeInt('slots', { description: 'Downloads that it can have in hand.' }),
    busy: t.exposeInt('busy'),
    local: t.exposeBoolean('local', { description: 'Started by the server itself.' }),
  }),
});

const DownloadDay = builder.objectRef<DayCount>('DownloadDay').implement({
  description: "How many downloads ended on a day, by the server's clock.",
  fields: (t) => ({
    day: t.exposeString('day', { description: '2026-11-28' }),
    completed: t.exposeInt('completed'),
    failed: t.exposeInt('failed'),
    bytes: t.exposeFloat('bytes', { description: 'Of the posts that were saved.' }),
  }),
});

const StorageDayType = builder.objectRef<StorageDay>('StorageDay').implement({
  description: 'What was kept at the end of a day, or by now. Bytes.',
  fields: (t) => ({
    day: t.exposeString('day', { description: '2026-11-28' }),
    bytes: t.exposeFloat('bytes'),
    files: t.exposeInt('files'),
    free: t.exposeFloat('free', { description: 'Of the disk.' }),
  }),
});

const Fixed = builder.objectRef<FixedValue>('FixedValue').implement({
  description: 'A value that only the environment sets.',
  fields: (t) => ({ name: t.exposeString('name'), value: t.exposeString('value') }),
});

const Check = builder.objectRef<MediaFolderCheck>('MediaFolderCheck').implement({
  fields: (t) => ({
    path: t.exposeString('path'),
    marked: t.exposeBoolean('marked', { description: "It is there, and carries this server's marker." }),
    writable: t.exposeBoolean('writable', { description: 'A file was written, read, moved and deleted.' }),
    sameDisk: t.exposeBoolean('sameDisk', { description: 'A finished file moves in one step.' }),
    free: t.exposeFloat('free', { nullable: true, description: 'Bytes.' }),
    size: t.exposeFloat('size', { nullable: true, description: 'Bytes of the disk.' }),
    speed: t.exposeFloat('speed', { nullable: true, description: 'Bytes a second that the test file took.' }),
    problem: t.exposeString('problem', { nullable: true, description: 'Code of the system, such as EACCES.' }),
  }),
});

builder.queryFields((t) => ({
  status: t.field({
    type: Status,
    description: 'The same parts as GET /health, for who is signed in.',
    resolve: async (_root, _args, { app }) => {
      const { status, parts } = await app.system.health.report();
      return {
        state: status,
        parts: Object.entries(parts).map(([name, part]) => ({ name, ...part })),
        startedAt: app.status.startedAt,
      };
    },
  }),
  workers: t.field({
    type: [Worker],
    description: 'Admins only.',
    resolve: async (_root, _args, { app, person }) => {
      await app.accounts.assertAdmin(person.id);
      return app.downloads.workers();
    },
  }),
  downloadDays: t.field({
    type: [DownloadDay],
    description: "The person's last days, the oldest first, without gaps.",
    args: {
      days: t.arg.int({ defaultValue: 30, description: 'At most 366.' }),
      everybody: t.arg.boolean({ defaultValue: false, description: 'Sums of the whole household; admins only.' }),
    },
    resolve: async (_root, { days, everybody }, { app, person }) => {
      if (everybody === true) await app.accounts.assertAdmin(person.id);
      return app.status.counts.last(clampDays(days), everybody === true ? undefined : person.id);
    },
  }),
  storageDays: t.field({
    type: [StorageDayType],
    description: 'Of the last days, the oldest first; days on which the server did not run are missing. Admins only.',
    args: { days: t.arg.int({ defaultValue: 30, description: 'At most 366.' }) },
    resolve: async (_root, { days }, { app, person }) => {
      await app.accounts.assertAdmin(person.id);
      return app.status.storage.last(clampDays(days));
    },
  }),
  fixedValues: t.field({
    type: [Fixed],
    description: 'What the environment sets and nobody can change while the server runs; admins only.',
    resolve: async (_root, _args, { app, person }) => {
      await app.accounts.assertAdmin(person.id);
      return listFixedValues(app.config);
    },
  }),
}));

builder.mutationFields((t) => ({
  checkMediaFolder: t.field({
    type: Check,
    description: 'Writes a test file into the media folder as a download would, and takes it away again. Admins only.',
    resolve: async (_root, _args, { app, person }) => {
      await app.accounts.assertAdmin(person.id);
      return checkMediaFolder(app.system.mediaRoot);
    },
  }),
}));

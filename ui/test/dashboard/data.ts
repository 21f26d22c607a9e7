import type { Plugin, Status } from '../../src/dashboard/status-types.ts';

export const platformPlugin = (over: Partial<Plugin> = {}): Plugin => ({
  id: over.platform ?? 'instagram',
  displayName: 'Instagram',
  platform: 'instagram',
  kind: 'connector',
  state: 'active',
  reason: null,
  nextTry: null,
  ...over,
});

export const serverStatus = (over: Partial<Status> = {}): Status => ({
  status: {
    state: 'ok',
    version: '1.2.3',
    startedAt: '2026-11-28T10:00:00.000Z',
    parts: [{ name: 'storage', state: 'ok', reason: null }],
  },
  downloadQueue: { paused: false },
  downloadDays: [
    { day: '2026-11-27', completed: 3, failed: 0, bytes: 3e6 },
    { day: '2026-11-28', completed: 5, failed: 2, bytes: 5e6 },
  ],
  storage: { used: 2e9, quota: null, total: null },
  plugins: [platformPlugin()],
  platformHealth: [],
  platformAccounts: [{ platform: 'instagram', account: null, status: 'none', savedAt: null }],
  ...over,
});

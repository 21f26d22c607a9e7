import { builder } from '../../graphql/builder.ts';
import type { CookieState } from './accounts.rules.ts';
import { forgetCookies } from './forget-cookies.ts';
import { SESSION_TESTS } from './model.ts';
import type { CookieStatus } from './vault-service.ts';

const CookieStateType = builder.enumType('CookieState', { values: ['none', 'valid', 'expiring', 'rejected'] as const });
const SessionTestType = builder.enumType('SessionTest', {
  values: Object.fromEntries(SESSION_TESTS.map((value) => [value.replace('-', '_'), { value }])),
});

type Shown = Omit<Partial<CookieStatus>, 'platform' | 'status'> & {
  readonly platform: string;
  readonly displayName: string;
  readonly status: CookieState;
};

const PlatformAccount = builder.objectRef<Shown>('PlatformAccount').implement({
  description: "One of the person's accounts of a platform: how its cookies stand, never what they are.",
  fields: (t) => ({
    platform: t.exposeString('platform'),
    displayName: t.exposeString('displayName'),
    account: t.string({
      nullable: true,
      description: 'How its owner calls it; null where there are no cookies.',
      resolve: ({ account }) => account ?? null,
    }),
    status: t.field({ type: CookieStateType, resolve: ({ status }) => status }),
    count: t.int({ resolve: ({ count }) => count ?? 0 }),
    savedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ savedAt }) => savedAt ?? null }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The first end among the cookies.',
      resolve: ({ expiresAt }) => expiresAt ?? null,
    }),
    lastSuccessAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ lastSuccessAt }) => lastSuccessAt ?? null }),
    rejectedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the platform answered with its login page.',
      resolve: ({ rejectedAt }) => rejectedAt ?? null,
    }),
    test: t.field({ type: SessionTestType, nullable: true, resolve: ({ test }) => test ?? null }),
  }),
});

builder.queryFields((t) => ({
  platformAccounts: t.field({
    type: [PlatformAccount],
    description: "The person's accounts, and every platform that has none yet.",
    resolve: async (_root, _args, { app, person }) => {
      const saved = await app.vault.list(person.id);
      return app.plugins.connectors.flatMap(({ platform, displayName }): Shown[] => {
        const own = saved.filter((account) => account.platform === platform);
        if (own.length === 0) return [{ platform, displayName, status: 'none' }];
        return own.map((account) => ({ ...account, displayName }));
      });
    },
  }),
}));

builder.mutationFields((t) => ({
  forgetCookies: t.field({
    type: [PlatformAccount],
    description: 'Forgets the cookies of a platform, or of one account there; what is left.',
    args: { platform: t.arg.string({ required: true }), account: t.arg.string() },
    resolve: async (_root, { platform, account }, { app, person }) => {
      await forgetCookies(app, app.vault, { userId: person.id, platform, ...(account != null && { account }) });
      const names = new Map(app.plugins.connectors.map((each) => [each.platform, each.displayName]));
      const left = await app.vault.list(person.id);
      return left.map((each) => ({ ...each, displayName: names.get(each.platform) ?? each.platform }));
    },
  }),
}));

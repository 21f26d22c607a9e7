import { builder } from '../../graphql/builder.ts';
import { CodedError } from '../../errors.ts';
import { LibraryPost, libraryPostView } from '../library/index.ts';
import type { LibraryPostView } from '../library/index.ts';
import { Download, LinkKind, shown } from './download-type.ts';
import type { Shown } from './download-type.ts';

interface PlatformView {
  readonly id: string;
  readonly connector: string;
  readonly displayName: string;
  readonly options: object;
}

const Platform = builder.objectRef<PlatformView>('Platform').implement({
  description: 'A platform that an installed connector serves.',
  fields: (t) => ({
    id: t.exposeID('id', { description: '`instagram tiktok reddit x youtube`, or a further word.' }),
    connector: t.exposeString('connector'),
    displayName: t.exposeString('displayName'),
    options: t.field({
      type: 'JSON',
      description: 'JSON Schema of what a person can choose for one download: forms are drawn from it.',
      resolve: ({ options }) => options,
    }),
  }),
});

/** A connector that has no options. */
const NO_OPTIONS = { type: 'object', properties: {} };

interface Verdict {
  readonly input: string;
  readonly supported: boolean;
  readonly code?: string;
  readonly message?: string;
  readonly connector?: string;
  readonly platform?: string;
  readonly kind?: 'post' | 'profile' | 'listing' | 'share';
  readonly key?: string;
  readonly certain?: boolean;
  readonly url?: string;
  readonly existing?: LibraryPostView;
  readonly download?: Shown;
}

const LinkVerdict = builder.objectRef<Verdict>('LinkVerdict').implement({
  description: 'What the server makes of an address, without any network.',
  fields: (t) => ({
    input: t.exposeString('input', { description: 'The address as it was sent.' }),
    supported: t.exposeBoolean('supported', { description: 'False: see `code` and `message`.' }),
    code: t.exposeString('code', { nullable: true }),
    message: t.exposeString('message', { nullable: true }),
    connector: t.exposeString('connector', { nullable: true }),
    platform: t.exposeString('platform', { nullable: true }),
    kind: t.field({ type: LinkKind, nullable: true, resolve: ({ kind }) => kind }),
    key: t.exposeString('key', { nullable: true }),
    certain: t.exposeBoolean('certain', {
      nullable: true,
      description: 'False where only the probe can tell (a YouTube watch page).',
    }),
    url: t.exposeString('url', { nullable: true, description: 'Canonical address.' }),
    existing: t.field({
      type: LibraryPost,
      nullable: true,
      description: "The post, when it is in the person's library already.",
      resolve: ({ existing }) => existing,
    }),
    download: t.field({
      type: Download,
      nullable: true,
      description: "The person's download of this post that is not over yet.",
      resolve: ({ download }) => download,
    }),
  }),
});

builder.queryFields((t) => ({
  platforms: t.field({
    type: [Platform],
    resolve: (_root, _args, { app }) =>
      app.plugins.connectors.map(({ platform, id, displayName, options = NO_OPTIONS }) => ({
        id: platform,
        connector: id,
        displayName,
        options,
      })),
  }),
  link: t.field({
    type: LinkVerdict,
    args: { url: t.arg.string({ required: true }) },
    resolve: async (_root, { url }, { app, person }): Promise<Verdict> => {
      try {
        const link = await app.plugins.resolve(url);
        const existing = link.key === undefined ? null : await app.library.entryOfKey(person.id, link.key);
        const download = link.key === undefined ? null : await app.downloads.query.activeOfKey(person.id, link.key);
        return {
          input: url,
          supported: true,
          ...link,
          ...(existing && { existing: libraryPostView(existing) }),
          ...(download && { download: shown(download) }),
        };
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        return { input: url, supported: false, code: error.code, message: error.message };
      }
    },
  }),
}));

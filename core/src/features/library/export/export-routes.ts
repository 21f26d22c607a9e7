import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { Static } from 'typebox';
import { ZipFile } from 'yazl';
import { CodedError } from '../../../errors.ts';
import { personOf } from '../../accounts/index.ts';
import type { MediaDoc } from '../../media/index.ts';
import type { LibraryEntry } from '../library-query.ts';
import { ListQuery, pageOptionsOf } from '../listing/list-schema.ts';
import { nameOf } from '../download-name.rules.ts';
import { libraryPostView } from '../view.ts';

/** As many posts in one archive. */
const MAX_POSTS = 5_000;
const PAGE = 200;
const { limit: _limit, cursor: _cursor, ...listFields } = ListQuery.properties;
const ExportQuery = Type.Object({
  ...listFields,
  ids: Type.Optional(Type.String({ pattern: '^[0-9a-f]{24}(,[0-9a-f]{24}){0,199}$' })),
});

interface Exported {
  readonly entry: LibraryEntry;
  readonly files: readonly { readonly name: string; readonly media: MediaDoc }[];
}

/** What a list shows, or some posts by their ids, as a zip with all that is known of them. */
export function addExportRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof ExportQuery> }>(
    '/api/library/export',
    {
      schema: {
        tags: ['library'],
        summary: 'The files of a list, or of some posts, as a zip stream with library.json.',
        querystring: ExportQuery,
      },
    },
    async (request, reply) => {
      const entries = await entriesOf(app, personOf(request).id, request.query);
      const exported = await Promise.all(entries.map(async (entry) => filesOf(app, entry)));
      return reply
        .type('application/zip')
        .header('content-disposition', 'attachment; filename="mediafetcher.zip"')
        .send(zip(app, exported));
    },
  );
}

/** @throws MF_ERR_VALIDATION for more than an archive holds · MF_ERR_UNKNOWN for a post that the person does not see */
async function entriesOf(
  app: FastifyInstance,
  userId: string,
  { ids, ...list }: Static<typeof ExportQuery>,
): Promise<LibraryEntry[]> {
  const { query } = app.library;
  const found: LibraryEntry[] = [];
  if (ids !== undefined) {
    for (const id of new Set(ids.split(','))) {
      const entry = await query.entry(userId, id);
      if (entry === null) throw new CodedError('MF_ERR_UNKNOWN', 'One of these posts is not in your library.');
      found.push(entry);
    }
    return found;
  }
  const options = pageOptionsOf({ ...list, limit: PAGE });
  let cursor: string | undefined;
  do {
    const page = await query.page(userId, { ...options, cursor });
    found.push(...page.items);
    if (found.length > MAX_POSTS)
      throw new CodedError('MF_ERR_VALIDATION', `An archive holds ${MAX_POSTS} posts at most. Choose fewer.`);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

/** Each file of a post once, those that the person has hidden left out. */
async function filesOf(app: FastifyInstance, entry: LibraryEntry): Promise<Exported> {
  const { post, link } = entry;
  const shown = post.items.filter(({ index }) => link.hidden?.includes(index) !== true);
  const distinct = [...new Map(shown.map((item) => [item.sha256, item])).values()];
  const media = await Promise.all(distinct.map(async (item) => app.media.byId(item.media)));
  const files = media.filter((medium) => medium !== null);
  return { entry, files: files.map((medium) => ({ name: `${nameOf(post, medium)}.${medium.ext}`, media: medium })) };
}

/** Media are compressed already: the zip only packs them, one file open at a time. */
function zip(app: FastifyInstance, exported: readonly Exported[]): Readable {
  const archive = new ZipFile();
  const output = archive.outputStream as Readable;
  let open: Readable | undefined;
  for (const { name, media } of exported.flatMap(({ files }) => files)) {
    archive.addReadStreamLazy(name, { compress: false, size: media.size }, (done) => {
      open = createReadStream(app.media.files.finalPath(media));
      done(null, open);
    });
  }
  archive.addReadStreamLazy('library.json', { compress: true }, (done) => {
    open = Readable.from(sideCar(exported));
    done(null, open);
  });
  // A file that goes while it is read ends the answer, not the server.
  archive.on('error', (error: Error) => output.destroy(error));
  output.once('close', () => open?.destroy());
  archive.end();
  return output;
}

function* sideCar(exported: readonly Exported[]): Generator<string> {
  yield '[';
  for (const [at, { entry, files }] of exported.entries())
    yield `${at === 0 ? '' : ','}\n${JSON.stringify({ ...libraryPostView(entry), files: files.map(({ name }) => name) })}`;
  yield '\n]\n';
}

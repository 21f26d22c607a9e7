import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { GraphQLArgument, GraphQLField } from 'graphql';
import { buildSchema, getNamedType, isCompositeType, isNonNullType } from 'graphql';
import { printSdl } from '../../src/api/sdl.ts';
import { listenTestApp } from '../helpers/build-test-app.ts';
import { recordOf, submit } from '../helpers/downloads.ts';
import { GraphQLSocket } from '../helpers/graphql-socket.ts';
import { admit, linkModel } from '../helpers/library.ts';
import { addPerson } from '../helpers/people.ts';
import type { TestPerson } from '../helpers/people.ts';
import { addPost } from '../helpers/posts.ts';
import { isPage, listRoutes } from '../helpers/routes.ts';
import { makeVideo, pictureOf } from '../helpers/samples.ts';

const { app, origin } = await listenTestApp({ after }, { POLITE: 'true' });
const film = await makeVideo(app.system.mediaRoot.staging);
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const jobId = await submit(ann);
const { link, post } = await admit(app, ann.id, 'tiktok:7300000000000000042', [await pictureOf(1)], ann.id);
const folder = await app.library.folders.create(ann.id, 'Folder of ann');
const bulk = await app.library.bulk.start(ann.id, { action: 'favourite', options: {}, filter: { platform: 'x' } });
const cookies = [{ domain: '.tiktok.com', name: 'sessionid', value: 'b' }];
await ann.inject({ method: 'POST', url: '/api/cookies', payload: { platform: 'tiktok', cookies } });
const ids = {
  job: jobId,
  link: link._id.toString(),
  media: String(post.items[0]?.media),
  folder: String(folder._id),
  bulk: String(bulk._id),
};
const MARKS = [...Object.values(ids), post.key.slice(7), 'Folder of ann', ann.id];

const stateOfAnn = async () => {
  const [download, links, jar, folders] = await Promise.all([
    recordOf(app, jobId),
    linkModel(app).find({ user: ann.id }).lean(),
    ann.inject({ url: '/api/cookies' }),
    app.library.folders.list(ann.id),
  ]);
  return { download, links, jar: jar.body, folders };
};

/** What somebody else's ids bring a signed-in stranger. A new route belongs here too. */
const ROUTES: Readonly<Record<string, number>> = {
  'DELETE /api/cookies/:platform': 204,
  'DELETE /api/library/:linkId': 404,
  'DELETE /api/trash': 200,
  'GET /api/auth/session': 200,
  'GET /api/cookies': 200,
  'GET /api/downloads': 200,
  'GET /api/downloads/:jobId': 404,
  'GET /api/downloads/:jobId/events': 404,
  'GET /api/downloads/:jobId/log': 404,
  'GET /api/files/:jobId': 404,
  'GET /api/files/:jobId/download': 404,
  'GET /api/library': 200,
  'GET /api/library/export': 404,
  'GET /api/links': 400,
  'GET /api/media/:id/file': 404,
  'GET /api/media/:id/thumbnail': 404,
  'GET /api/openapi.json': 200,
  'GET /api/queue': 200,
  'GET /api/settings': 403,
  'GET /api/storage': 200,
  'GET /graphql': 200,
  'GET /health': 200,
  'GET /health/live': 200,
  'GET /health/ready': 200,
  'GET /worker': 401,
  'PATCH /api/settings': 403,
  'POST /api/auth/login': 400,
  'POST /api/auth/refresh': 401,
  'POST /api/cookies': 400,
  'POST /api/downloads': 400,
  'POST /api/downloads/:jobId/cancel': 404,
  'POST /api/downloads/cancel': 400,
  'POST /api/downloads/:jobId/pause': 404,
  'POST /api/downloads/pause': 400,
  'POST /api/downloads/:jobId/resume': 404,
  'POST /api/downloads/resume': 400,
  'POST /api/downloads/:jobId/retry': 404,
  'POST /api/downloads/retry': 400,
  'POST /api/library/:linkId/restore': 404,
  'POST /api/library/:linkId/trash': 404,
  'POST /api/queue/pause': 403,
  'POST /api/queue/resume': 403,
  'POST /api/setup': 400,
  'POST /graphql': 200,
};
/** The person's own stream, which does not end by itself: progress.test.ts looks at it. And who signs out is a stranger no more. */
const NOT_ASKED = ['GET /api/events', 'POST /api/auth/logout'];

const fill = (url: string): string =>
  url
    .replace(':jobId', ids.job)
    .replace(':linkId', ids.link)
    .replace(':id', ids.media)
    .replace(':platform', 'tiktok')
    .replace(/export$/, `export?ids=${ids.link}`)
    .replace(/^\/graphql$/, '/graphql?query={viewer{id}}');

test('no route shows or changes what is somebody else’s', async () => {
  const before = await stateOfAnn();
  const seen: Record<string, number> = {};
  for (const { method, url } of listRoutes(app)) {
    const route = `${method} ${url}`;
    if (method === 'HEAD' || isPage(url) || url.startsWith('/api/docs') || NOT_ASKED.includes(route)) continue;
    const body = url === '/graphql' ? { query: '{ viewer { id } }' } : {};
    const answer = await ben.inject({ method, url: fill(url), ...(method !== 'GET' && { payload: body }) });
    seen[route] = answer.statusCode;
    for (const mark of MARKS) assert.ok(!answer.body.includes(mark), `${route} shows ${mark}`);
  }
  assert.deepEqual(seen, ROUTES);
  assert.deepEqual(await stateOfAnn(), before);
});

/** Root fields: what they tell a stranger who names somebody else's ids. A new field belongs here too. */
const OWN = 'only what is the stranger’s own';
const FIELDS: Readonly<Record<string, string | null>> = {
  addToFolder: 'MF_ERR_UNKNOWN',
  cancelBulk: 'MF_ERR_UNKNOWN',
  cancelDownload: 'MF_ERR_UNKNOWN',
  cancelPlayable: 'MF_ERR_UNKNOWN',
  createFolder: 'MF_ERR_UNKNOWN',
  deleteFolder: 'MF_ERR_UNKNOWN',
  dismissDownload: 'MF_ERR_UNKNOWN',
  download: 'MF_ERR_UNKNOWN',
  folder: 'MF_ERR_UNKNOWN',
  foldersInside: 'MF_ERR_UNKNOWN',
  moveFolder: 'MF_ERR_UNKNOWN',
  makePlayable: 'MF_ERR_UNKNOWN',
  moveToFolder: 'MF_ERR_UNKNOWN',
  organizePost: 'MF_ERR_UNKNOWN',
  pauseDownload: 'MF_ERR_UNKNOWN',
  removalImpact: 'MF_ERR_UNKNOWN',
  removeFromFolder: 'MF_ERR_UNKNOWN',
  removePost: 'MF_ERR_UNKNOWN',
  renameFolder: 'MF_ERR_UNKNOWN',
  renditionState: 'MF_ERR_UNKNOWN',
  restorePost: 'MF_ERR_UNKNOWN',
  resumeDownload: 'MF_ERR_UNKNOWN',
  retryDownload: 'MF_ERR_UNKNOWN',
  setFolderCover: 'MF_ERR_UNKNOWN',
  shareFolder: 'MF_ERR_UNKNOWN',
  startBulk: 'MF_ERR_UNKNOWN',
  trashPost: 'MF_ERR_UNKNOWN',
  undoBulk: 'MF_ERR_UNKNOWN',
  accounts: 'MF_ERR_FORBIDDEN',
  answerChallenge: 'MF_ERR_FORBIDDEN',
  changePassword: 'MF_ERR_FORBIDDEN',
  createAccount: 'MF_ERR_FORBIDDEN',
  deleteAccount: 'MF_ERR_FORBIDDEN',
  resetPassword: 'MF_ERR_FORBIDDEN',
  setAccountDisabled: 'MF_ERR_FORBIDDEN',
  pauseQueue: 'MF_ERR_FORBIDDEN',
  resumeQueue: 'MF_ERR_FORBIDDEN',
  setAccountRole: 'MF_ERR_FORBIDDEN',
  rollBackTools: 'MF_ERR_FORBIDDEN',
  tools: 'MF_ERR_FORBIDDEN',
  updateTools: 'MF_ERR_FORBIDDEN',
  setPluginEnabled: 'MF_ERR_FORBIDDEN',
  changePluginSettings: 'MF_ERR_FORBIDDEN',
  checkMediaFolder: 'MF_ERR_FORBIDDEN',
  fixedValues: 'MF_ERR_FORBIDDEN',
  pluginSettings: 'MF_ERR_FORBIDDEN',
  storageDays: 'MF_ERR_FORBIDDEN',
  workers: 'MF_ERR_FORBIDDEN',
  controlDownloads: 'MF_ERR_VALIDATION',
  bulkJobs: OWN,
  downloadQueue: OWN,
  downloadCounts: OWN,
  downloadDays: OWN,
  downloads: OWN,
  emptyTrash: OWN,
  forgetCookies: OWN,
  folders: OWN,
  library: OWN,
  libraryCount: OWN,
  libraryMonths: OWN,
  members: OWN,
  link: OWN,
  platformAccounts: OWN,
  platformHealth: OWN,
  platforms: OWN,
  plugins: OWN,
  posts: OWN,
  sharedFolders: OWN,
  status: OWN,
  storage: OWN,
  submitDownload: OWN,
  tags: OWN,
  viewer: OWN,
  libraryPost: null,
};

const ARGUMENTS: Readonly<Record<string, unknown>> = {
  current: 'not the password',
  disabled: true,
  enabled: false,
  password: 'a new password',
  platform: 'tiktok',
  role: 'admin',
  username: 'Mallory',
  action: 'addToFolder',
  content: 'keep',
  ids: [ids.link],
  index: 0,
  name: 'A name',
  values: {},
  options: { folder: ids.folder },
  postIds: [ids.link],
  url: post.url,
  words: { note: 'A note' },
  folderId: ids.folder,
  fromId: ids.folder,
  parentId: ids.folder,
  beforeId: ids.folder,
  postId: ids.link,
  userId: ben.id,
};

const ID_OF = [
  [/download/i, ids.job],
  [/folder/i, ids.folder],
  [/bulk/i, ids.bulk],
  [/account|password/i, ann.id],
] as const;

function valueOf(field: string, { name }: GraphQLArgument): unknown {
  if (name !== 'id') return field === 'submitDownload' && name === 'options' ? undefined : ARGUMENTS[name];
  return ID_OF.find(([about]) => about.test(field))?.[1] ?? ids.link;
}

async function ask(kind: string, name: string, field: GraphQLField<unknown, unknown>): Promise<string | null> {
  const given = field.args.flatMap((argument) => {
    const value = valueOf(name, argument);
    if (value === undefined && !isNonNullType(argument.type)) return [];
    return [[argument, value] as const];
  });
  const declared = given.map(([argument]) => `$${argument.name}: ${String(argument.type)}`).join(', ');
  const passed = given.map(([argument]) => `${argument.name}: $${argument.name}`).join(', ');
  const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  const query = `${kind}${declared && `(${declared})`} { ${name}${passed && `(${passed})`}${selection} }`;
  const variables = Object.fromEntries(given.map(([{ name: argument }, value]) => [argument, value]));
  const anonymous = await app.inject({ method: 'POST', url: '/graphql', payload: { query, variables } });
  assert.equal(anonymous.statusCode, 401, name);
  const answer = await ben.graphql(query, variables);
  for (const mark of MARKS) assert.ok(!JSON.stringify(answer.data).includes(mark), `${name} shows ${mark}`);
  const [error] = answer.errors ?? [];
  if (error !== undefined) return error.extensions?.code ?? error.message;
  return answer.data?.[name] === null ? null : OWN;
}

test('no root field of GraphQL shows or changes what is somebody else’s', async () => {
  const before = await stateOfAnn();
  const seen: Record<string, string | null> = {};
  const schema = buildSchema(printSdl());
  for (const [kind, type] of [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const) {
    for (const [name, field] of Object.entries(type?.getFields() ?? {})) seen[name] = await ask(kind, name, field);
  }
  assert.deepEqual(seen, FIELDS);
  assert.deepEqual(await stateOfAnn(), before);
});

/** Something that each subscription tells its person of, with its id. A new subscription belongs here too. */
const EVENTS: Readonly<Record<string, (person: TestPerson) => Promise<string>>> = {
  bulkChanged: async ({ id }) => {
    const { _id } = await app.library.bulk.start(id, { action: 'favourite', options: {}, filter: { platform: 'x' } });
    await app.library.bulk.cancel(id, String(_id));
    return String(_id);
  },
  downloadChanged: async (person) => submit(person),
  foldersChanged: async ({ id }) => {
    await app.library.folders.create(id, 'A new one');
    return id;
  },
  pluginChanged: async ({ id }) => {
    const platform = id === ben.id ? 'reddit' : 'tiktok';
    const account = `${id}:main`;
    await app.platforms.record({ platform, account, by: 'a job', source: 'a post', code: 'MF_ERR_CHALLENGE' });
    return platform;
  },
  postAdded: async ({ id }) => String((await addPost(app, id))._id),
  postRemoved: async ({ id }) => {
    const { _id } = await addPost(app, id);
    await app.library.trash(String(_id), id);
    return String(_id);
  },
  renditionChanged: async ({ id }) => {
    const kept = await admit(app, id, 'tiktok:7300000000000000077', [film], id);
    await app.library.renditions.ask(id, String(kept.link._id), 0);
    return String(kept.link._id);
  },
};

/** What everybody is told alike, because it is about everybody. */
const FOR_ALL = ['downloadQueueChanged'];

test('no subscription tells what happens to somebody else', async (t) => {
  const fields = buildSchema(printSdl()).getSubscriptionType()?.getFields() ?? {};
  assert.deepEqual(Object.keys(fields).toSorted(), [...Object.keys(EVENTS), ...FOR_ALL].toSorted());
  for (const [name, happen] of Object.entries(EVENTS)) {
    const socket = await GraphQLSocket.open(t, origin, ben.headers);
    const isId = name === 'postRemoved' || name === 'foldersChanged';
    await socket.subscribe(`subscription { ${name}${isId ? '' : ' { id }'} }`);
    await happen(ann);
    const id = await happen(ben);
    assert.deepEqual(await socket.next(), { [name]: isId ? id : { id } });
  }
});

import { isAbsolute, join, resolve } from 'node:path';
import Type from 'typebox';
import type { Static } from 'typebox';
import { envSchema } from 'env-schema';

/** The environment, as documented in docs/reference/configuration.md and .env.example. */
export const EnvironmentSchema = Type.Object({
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65535, default: 8484 }),
  PUBLIC_URL: Type.Optional(Type.String()),
  BASE_PATH: Type.String({ default: '/' }),
  TRUST_LAN: Type.Boolean({ default: true }),
  DATA_DIR: Type.String({ default: './data' }),
  MEDIA_ROOT: Type.Optional(Type.String()),
  MONGODB_URI: Type.Optional(Type.String()),
  ADMIN_USERNAME: Type.Optional(Type.String()),
  ADMIN_PASSWORD: Type.Optional(Type.String()),
  SECRET_KEY: Type.Optional(Type.String()),
  SECRET_KEY_FILE: Type.Optional(Type.String()),
  CONCURRENCY: Type.Integer({ minimum: 1, maximum: 64, default: 3 }),
  WORKERS: Type.Integer({ minimum: 0, maximum: 16, default: 1 }),
  SERVER_URL: Type.Optional(Type.String()),
  WORKER_TOKEN: Type.Optional(Type.String()),
  PROGRESS_THROTTLE_MS: Type.Integer({ minimum: 0, maximum: 60_000, default: 250 }),
  WATCHDOG_SECONDS: Type.Integer({ minimum: 1, maximum: 86_400, default: 60 }),
  WARM_SECONDS: Type.Integer({ minimum: 0, maximum: 86_400, default: 60 }),
  YTDLP_PATH: Type.Optional(Type.String()),
  GALLERYDL_PATH: Type.Optional(Type.String()),
  TWMD_PATH: Type.Optional(Type.String()),
  FFMPEG_PATH: Type.Optional(Type.String()),
  FFPROBE_PATH: Type.Optional(Type.String()),
  QUOTA_GB: Type.Optional(Type.Number({ minimum: 0 })),
  MAX_FILE_MB: Type.Integer({ minimum: 1, default: 4096 }),
  RESERVE_MB: Type.Integer({ minimum: 0, default: 512 }),
  PROXY_URL: Type.Optional(Type.String()),
  EXTRA_CA_FILE: Type.Optional(Type.String()),
  SAFE_MODE: Type.Boolean({ default: false }),
  POLITE: Type.Boolean({ default: true }),
  ALLOW_PRIVATE_HOSTS: Type.String({ default: '' }),
  LOG_LEVEL: Type.String({ default: 'info' }),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly publicUrl?: string;
  /** Begins and ends with a slash. */
  readonly basePath: string;
  /** Cookies and headers may come over plain http from the private network. */
  readonly trustLan: boolean;
  readonly dataDir: string;
  readonly mediaRoot: string;
  readonly mongodbUri?: string;
  readonly admin?: { readonly username: string; readonly password: string };
  readonly secretKey?: string;
  readonly secretKeyFile?: string;
  /** Downloads at a time in the whole cluster. */
  readonly concurrency: number;
  /** Workers forked by this server. */
  readonly workers: number;
  readonly serverUrl?: string;
  readonly workerToken?: string;
  readonly progressThrottleMs: number;
  readonly watchdogMs: number;
  /** How long processes whose job is done wait for a job like it. */
  readonly warmMs: number;
  readonly toolPaths: {
    readonly ytDlp?: string;
    readonly galleryDl?: string;
    readonly twmd?: string;
    readonly ffmpeg?: string;
    readonly ffprobe?: string;
  };
  /** How much one person may keep. The three below are where an admin's settings start from. */
  readonly quotaGb?: number;
  /** Largest file of a post. */
  readonly maxFileMb: number;
  /** Room that is left free on the media's disk. */
  readonly reserveMb: number;
  readonly proxyUrl?: string;
  readonly extraCaFile?: string;
  /** Only the plugins that come with MediaFetcher run. */
  readonly safeMode: boolean;
  /** False: no platform is ever left alone; for stand-ins of the platforms. */
  readonly polite: boolean;
  readonly allowPrivateHosts: readonly string[];
  readonly logLevel: string;
}

type Environment = Static<typeof EnvironmentSchema>;

/**
 * Reads the settings of the process.
 * @throws when a value has the wrong type, naming the variable
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const env = envSchema<Environment>({ schema: EnvironmentSchema, data: given, dotenv: false, env: false });
  return configOf(env);
}

function configOf(env: Environment): Config {
  const dataDir = resolve(env.DATA_DIR);
  const { ADMIN_USERNAME: username, ADMIN_PASSWORD: password } = env;
  return {
    host: env.HOST,
    port: env.PORT,
    ...(env.PUBLIC_URL !== undefined && { publicUrl: env.PUBLIC_URL }),
    basePath: normalizeBasePath(env.BASE_PATH),
    trustLan: env.TRUST_LAN,
    dataDir,
    mediaRoot: env.MEDIA_ROOT === undefined ? join(dataDir, 'media') : resolve(env.MEDIA_ROOT),
    ...(env.MONGODB_URI !== undefined && { mongodbUri: env.MONGODB_URI }),
    ...(username !== undefined && password !== undefined && { admin: { username, password } }),
    ...(env.SECRET_KEY !== undefined && { secretKey: env.SECRET_KEY }),
    ...(env.SECRET_KEY_FILE !== undefined && { secretKeyFile: env.SECRET_KEY_FILE }),
    concurrency: env.CONCURRENCY,
    workers: env.WORKERS,
    ...(env.SERVER_URL !== undefined && { serverUrl: env.SERVER_URL }),
    ...(env.WORKER_TOKEN !== undefined && { workerToken: env.WORKER_TOKEN }),
    progressThrottleMs: env.PROGRESS_THROTTLE_MS,
    watchdogMs: env.WATCHDOG_SECONDS * 1000,
    warmMs: env.WARM_SECONDS * 1000,
    toolPaths: toolPathsOf(env),
    ...(env.QUOTA_GB !== undefined && { quotaGb: env.QUOTA_GB }),
    maxFileMb: env.MAX_FILE_MB,
    reserveMb: env.RESERVE_MB,
    ...(env.PROXY_URL !== undefined && { proxyUrl: env.PROXY_URL }),
    ...(env.EXTRA_CA_FILE !== undefined && { extraCaFile: resolve(env.EXTRA_CA_FILE) }),
    safeMode: env.SAFE_MODE,
    polite: env.POLITE,
    allowPrivateHosts: listOf(env.ALLOW_PRIVATE_HOSTS),
    logLevel: env.LOG_LEVEL,
  };
}

function toolPathsOf(env: Environment): Config['toolPaths'] {
  return {
    ...(env.YTDLP_PATH !== undefined && { ytDlp: absolute('YTDLP_PATH', env.YTDLP_PATH) }),
    ...(env.GALLERYDL_PATH !== undefined && { galleryDl: absolute('GALLERYDL_PATH', env.GALLERYDL_PATH) }),
    ...(env.TWMD_PATH !== undefined && { twmd: absolute('TWMD_PATH', env.TWMD_PATH) }),
    ...(env.FFMPEG_PATH !== undefined && { ffmpeg: absolute('FFMPEG_PATH', env.FFMPEG_PATH) }),
    ...(env.FFPROBE_PATH !== undefined && { ffprobe: absolute('FFPROBE_PATH', env.FFPROBE_PATH) }),
  };
}

function absolute(name: string, path: string): string {
  if (!isAbsolute(path)) throw new Error(`${name} must be an absolute path, not ${path}`);
  return path;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `media` → `/media/`; an empty path is the root. */
export function normalizeBasePath(path: string): string {
  const inner = path
    .split('/')
    .filter((part) => part !== '')
    .join('/');
  return inner === '' ? '/' : `/${inner}/`;
}

import type { PluginManifest } from '../manifest.ts';
import type { Fields } from './problems.ts';
import { Problems, isFields } from './problems.ts';
import { validateRule } from './validate-rule.ts';

export type ManifestResult =
  | { readonly ok: true; readonly manifest: PluginManifest }
  | { readonly ok: false; readonly problems: readonly string[] };

const TOOLS = ['yt-dlp', 'gallery-dl', 'twmd', 'ffmpeg', 'ffprobe', 'aria2c'];
const CAPABILITIES = ['post', 'profile', 'listing', 'feed'];
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const HOST = /^\.?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/** Reads the `mediafetcher` field of a package.json; says everything that is wrong with it. Never throws. */
export function validateManifest(value: unknown): ManifestResult {
  const problems = new Problems();
  if (!isFields(value)) return { ok: false, problems: ['mediafetcher: must be an object'] };
  checkBase(value, problems);
  if (value['kind'] === 'connector') checkConnector(value, problems);
  else if (value['kind'] === 'processor') checkProcessor(value, problems);
  else problems.note('mediafetcher.kind', 'must be "connector" or "processor"');
  if (problems.list.length > 0) return { ok: false, problems: problems.list };
  // Each field was looked at above.
  return { ok: true, manifest: value as unknown as PluginManifest };
}

/**
 * True for a semver range that has an end: `^1.2.0`, `~1.2`, `1.x`, `1.2.3`, `>=1 <2`, `1.0.0 - 1.9.9`; each part of
 * an `||` must have one. Only the shape is looked at.
 */
export function isBoundedRange(range: string): boolean {
  return range.split('||').every((part) => {
    const text = part.trim();
    if (/ - \d/.test(text)) return true;
    const comparators = text.split(/\s+/);
    return comparators.some((one) => /^(?:<=?|[\^~]|=?v?)\s*\d/.test(one));
  });
}

function checkBase(fields: Fields, problems: Problems): void {
  const id = problems.text(fields, 'id', 'mediafetcher', 60);
  if (id !== undefined && !ID.test(id)) problems.note('mediafetcher.id', 'must be lower-case words joined by hyphens');
  problems.text(fields, 'displayName', 'mediafetcher', 60);
  problems.optionalText(fields, 'icon', 'mediafetcher', 200);
  const icon = fields['icon'];
  if (typeof icon === 'string' && (!icon.endsWith('.svg') || icon.startsWith('/') || icon.split('/').includes('..'))) {
    problems.note('mediafetcher.icon', 'must be the path of an SVG file inside the package');
  }
  for (const host of problems.texts(fields, 'hosts', 'mediafetcher')) {
    if (!HOST.test(host)) problems.note('mediafetcher.hosts', `"${host}" is no host name`);
  }
  problems.texts(fields, 'tools', 'mediafetcher', TOOLS);
  problems.optionalSchema(fields, 'options', 'mediafetcher');
  problems.optionalSchema(fields, 'settings', 'mediafetcher');
  checkEngines(fields['engines'], problems);
}

function checkEngines(engines: unknown, problems: Problems): void {
  const range = isFields(engines) ? engines['mediafetcher'] : undefined;
  if (typeof range !== 'string' || range.trim() === '') {
    problems.note('mediafetcher.engines.mediafetcher', 'must be a semver range');
  } else if (!isBoundedRange(range)) {
    problems.note('mediafetcher.engines.mediafetcher', `"${range}" has no upper bound`);
  }
}

function checkConnector(fields: Fields, problems: Problems): void {
  const platform = problems.text(fields, 'platform', 'mediafetcher', 60);
  if (platform !== undefined && !ID.test(platform)) {
    problems.note('mediafetcher.platform', 'must be lower-case words joined by hyphens');
  }
  problems.texts(fields, 'capabilities', 'mediafetcher', CAPABILITIES);
  checkSession(fields['session'], problems);
  const matches: unknown = fields['matches'];
  if (!Array.isArray(matches) || matches.length === 0) {
    problems.note('mediafetcher.matches', 'must be a list of at least one rule');
    return;
  }
  for (const [index, rule] of matches.entries()) {
    validateRule(rule, `mediafetcher.matches[${index}]`, platform ?? '', problems);
  }
}

function checkSession(session: unknown, problems: Problems): void {
  if (session === undefined) return;
  if (!isFields(session)) {
    problems.note('mediafetcher.session', 'must be an object');
    return;
  }
  if (problems.texts(session, 'cookies', 'mediafetcher.session').length === 0)
    problems.note('mediafetcher.session.cookies', 'must name at least one cookie');
  const check = session['check'];
  if (check === undefined) return;
  if (!isFields(check)) {
    problems.note('mediafetcher.session.check', 'must be an object');
    return;
  }
  const url = problems.text(check, 'url', 'mediafetcher.session.check', 500);
  if (url !== undefined && !(URL.canParse(url) && url.startsWith('https://')))
    problems.note('mediafetcher.session.check.url', 'must be an https address');
  problems.text(check, 'signedIn', 'mediafetcher.session.check', 200);
}

function checkProcessor(fields: Fields, problems: Problems): void {
  const order = fields['order'];
  if (order !== undefined && (typeof order !== 'number' || !Number.isFinite(order))) {
    problems.note('mediafetcher.order', 'must be a number');
  }
}

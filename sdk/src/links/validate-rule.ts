import { FAILURE_CODES } from '../failure-code.ts';
import { compilePattern } from './compile-rules.ts';
import type { Fields, Problems } from './problems.ts';
import { isFields } from './problems.ts';
import { LINK_REFUSAL_CODES } from './refusal.ts';

const KINDS = ['post', 'profile', 'listing', 'share', 'refused'];
const TRANSFORMS = ['lower-case', 'cut-28'];
const MAX_PATTERN_LENGTH = 1000;

/** Notes what is wrong with one entry of `matches`. */
export function validateRule(value: unknown, where: string, platform: string, problems: Problems): void {
  if (!isFields(value)) {
    problems.note(where, 'must be an object');
    return;
  }
  const groups = countGroups(value, where, problems);
  problems.oneOf(value, 'kind', where, KINDS);
  checkTemplates(value, where, groups, problems);
  checkKey(value, where, platform, problems);
  if (value['transform'] !== undefined) problems.oneOf(value, 'transform', where, TRANSFORMS);
  problems.optionalBoolean(value, 'certain', where);
  problems.optionalText(value, 'itemQuery', where, 100);
  if (value['reserved'] !== undefined) problems.texts(value, 'reserved', where);
  checkRefusal(value, where, problems);
}

/** Number of groups of the rule's patterns; undefined when one does not compile. */
function countGroups(rule: Fields, where: string, problems: Problems): number | undefined {
  const query = rule['query'] ?? {};
  if (!isFields(query)) {
    problems.note(`${where}.query`, 'must be an object of patterns');
    return undefined;
  }
  const host = readPattern(rule['host'], `${where}.host`, problems);
  const rest = [
    readPattern(rule['path'], `${where}.path`, problems),
    ...Object.entries(query).map(([name, pattern]) => readPattern(pattern, `${where}.query.${name}`, problems)),
  ];
  if (host === undefined) return undefined;
  return rest.reduce<number | undefined>(
    (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
    0,
  );
}

function readPattern(value: unknown, where: string, problems: Problems): number | undefined {
  if (typeof value !== 'string' || value === '' || value.length > MAX_PATTERN_LENGTH) {
    problems.note(where, `must be a pattern of 1 to ${MAX_PATTERN_LENGTH} characters`);
    return undefined;
  }
  try {
    return compilePattern(value).groupCount();
  } catch (error) {
    problems.note(where, `is no RE2 pattern (${error instanceof Error ? error.message : 'unknown reason'})`);
    return undefined;
  }
}

function checkTemplates(rule: Fields, where: string, groups: number | undefined, problems: Problems): void {
  for (const name of ['key', 'url', 'item']) {
    const template = rule[name];
    if (template === undefined) continue;
    if (typeof template !== 'string' || template === '') {
      problems.note(`${where}.${name}`, 'must be a template');
      continue;
    }
    const highest = Math.max(0, ...[...template.matchAll(/\$([1-9])/g)].map((found) => Number(found[1])));
    if (groups !== undefined && highest > groups)
      problems.note(`${where}.${name}`, `names group ${highest} of ${groups}`);
  }
  const url = rule['url'];
  if (typeof url === 'string' && !/^https:\/\/[a-z0-9.-]+\//.test(url)) {
    problems.note(`${where}.url`, 'must begin with https and a fixed host');
  }
}

function checkKey(rule: Fields, where: string, platform: string, problems: Problems): void {
  const key = rule['key'];
  if (rule['kind'] === 'post' && key === undefined) problems.note(`${where}.key`, 'is needed for a post');
  if (typeof key === 'string' && !key.startsWith(`${platform}:`)) {
    problems.note(`${where}.key`, `must begin with ${platform}:`);
  }
}

function checkRefusal(rule: Fields, where: string, problems: Problems): void {
  const refusal = rule['refusal'];
  if (refusal === undefined) return;
  if (!isFields(refusal)) {
    problems.note(`${where}.refusal`, 'must be an object');
    return;
  }
  problems.oneOf(refusal, 'code', `${where}.refusal`, [...LINK_REFUSAL_CODES, ...FAILURE_CODES]);
  problems.text(refusal, 'message', `${where}.refusal`, 500);
}

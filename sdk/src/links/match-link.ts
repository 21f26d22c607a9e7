import type { RE2JS } from 're2js';
import type { LinkHints, LinkMatch } from '../link.ts';
import type { ConnectorManifest, LinkKind, MatchRule } from '../manifest.ts';
import type { CompiledRule } from './compile-rules.ts';
import { compileRules } from './compile-rules.ts';
import type { NormalAddress } from './normalize-url.ts';
import { MAX_URL_LENGTH, normalizeUrl } from './normalize-url.ts';
import type { LinkRefusal } from './refusal.ts';
import { refuse } from './refusal.ts';

export type LinkResult = { readonly ok: true; readonly match: LinkMatch } | LinkRefusal;

/** Groups of a rule's patterns; an optional group that took nothing is empty. */
type Groups = readonly string[];

/**
 * Says what an address is by the manifests' rules: the first rule that fits decides. A `refused` rule of one
 * connector leaves the address to the connectors after it. Pure, linear in the length of the text, never throws.
 */
export function matchLink(text: string, manifests: readonly ConnectorManifest[]): LinkResult {
  const normal = normalizeUrl(text);
  if (!normal.ok) return normal;
  let refusal: LinkRefusal | undefined;
  for (const manifest of manifests) {
    const result = matchManifest(normal.address, manifest);
    if (result?.ok === true) return result;
    refusal ??= result;
  }
  return refusal ?? refuse('MF_ERR_URL_UNSUPPORTED', 'No connector takes this address.');
}

function matchManifest(address: NormalAddress, manifest: ConnectorManifest): LinkResult | undefined {
  for (const compiled of compileRules(manifest)) {
    const groups = matchRule(address, compiled);
    if (groups === undefined) continue;
    const { kind, refusal } = compiled.rule;
    if (kind !== 'refused') return buildMatch(address, manifest, kind, compiled.rule, groups);
    return refuse(
      refusal?.code ?? 'MF_ERR_URL_UNSUPPORTED',
      refusal?.message ?? `${manifest.displayName} does not take this address.`,
    );
  }
  return undefined;
}

function matchRule(address: NormalAddress, compiled: CompiledRule): Groups | undefined {
  if (!compiled.host.matches(address.host)) return undefined;
  const groups = groupsOf(compiled.path, address.path);
  if (groups === undefined) return undefined;
  for (const [name, pattern] of compiled.query) {
    const value = address.query.get(name);
    const more = value === null ? undefined : groupsOf(pattern, value);
    if (more === undefined) return undefined;
    groups.push(...more);
  }
  return groups.some((group) => compiled.reserved.has(group.toLowerCase())) ? undefined : groups;
}

function groupsOf(pattern: RE2JS, text: string): string[] | undefined {
  const matcher = pattern.matcher(text);
  if (!matcher.matches()) return undefined;
  return Array.from({ length: matcher.groupCount() }, (_, index) => matcher.group(index + 1) ?? '');
}

function buildMatch(
  address: NormalAddress,
  manifest: ConnectorManifest,
  kind: LinkKind,
  rule: MatchRule,
  raw: Groups,
): LinkResult {
  const groups = raw.map((group) => applyTransform(group, rule.transform));
  const url = rule.url === undefined ? address.href : fillTemplate(rule.url, groups.map(encodeGroup));
  if (url.length > MAX_URL_LENGTH) {
    return refuse('MF_ERR_URL_TOO_LONG', `The address is longer than ${MAX_URL_LENGTH} characters.`);
  }
  const hints = readHints(address, rule.item === undefined ? '' : fillTemplate(rule.item, groups), rule.itemQuery);
  const match: LinkMatch = {
    connector: manifest.id,
    platform: manifest.platform,
    kind,
    certain: rule.certain ?? true,
    url,
    ...(rule.key === undefined ? {} : { key: fillTemplate(rule.key, groups) }),
    ...(hints === undefined ? {} : { hints }),
  };
  return { ok: true, match };
}

function applyTransform(group: string, transform: 'lower-case' | 'cut-28' | undefined): string {
  if (transform === 'lower-case') return group.toLowerCase();
  if (transform === 'cut-28' && group.length > 28) return group.slice(0, -28);
  return group;
}

function fillTemplate(template: string, groups: Groups): string {
  return template.replaceAll(/\$([1-9])/g, (_, digit: string) => groups[Number(digit) - 1] ?? '');
}

/** Keeps what an address may hold as it is; a `?` or `#` in a decoded path never becomes a query. */
function encodeGroup(group: string): string {
  return encodeURIComponent(group.toWellFormed()).replaceAll(/%(?:2B|2F|40)/g, decodeURIComponent);
}

function readHints(address: NormalAddress, item: string, parameter: string | undefined): LinkHints | undefined {
  const text = item === '' && parameter !== undefined ? (address.query.get(parameter) ?? '') : item;
  if (!/^\d{1,4}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= 1 && number <= 1000 ? { item: number } : undefined;
}

import { RE2JS } from 're2js';
import type { ConnectorManifest, MatchRule } from '../manifest.ts';

/** A rule with its patterns compiled; each matches a whole text. */
export interface CompiledRule {
  readonly rule: MatchRule;
  readonly host: RE2JS;
  readonly path: RE2JS;
  readonly query: readonly (readonly [name: string, pattern: RE2JS])[];
  readonly reserved: ReadonlySet<string>;
}

const cache = new WeakMap<ConnectorManifest, readonly CompiledRule[]>();

/** Compiles a manifest's rules once. A rule that does not compile is left out: `validateManifest` names it. */
export function compileRules(manifest: ConnectorManifest): readonly CompiledRule[] {
  const known = cache.get(manifest);
  if (known !== undefined) return known;
  const rules = manifest.matches.flatMap((rule) => {
    try {
      return [compileRule(rule)];
    } catch {
      // One bad rule of a plugin must not take the others' addresses away.
      return [];
    }
  });
  cache.set(manifest, rules);
  return rules;
}

/** Compiles one rule. @throws when a pattern is not RE2 */
export function compileRule(rule: MatchRule): CompiledRule {
  return {
    rule,
    host: compilePattern(rule.host),
    path: compilePattern(rule.path),
    query: Object.entries(rule.query ?? {}).map(([name, pattern]) => [name, compilePattern(pattern)]),
    reserved: new Set((rule.reserved ?? []).map((word) => word.toLowerCase())),
  };
}

/** Hosts stand in most rules of a manifest, and validation compiles what matching uses. */
const patterns = new Map<string, RE2JS>();

/** Compiles RE2 text once, to be matched as a whole; `.` takes line feeds too. @throws when it is not RE2 */
export function compilePattern(pattern: string): RE2JS {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  const compiled = RE2JS.compile(pattern, RE2JS.DOTALL);
  patterns.set(pattern, compiled);
  return compiled;
}

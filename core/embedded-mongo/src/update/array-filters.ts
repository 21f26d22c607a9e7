import { mongoError } from '../errors.ts';
import { matches } from '../match/matches.ts';
import { parseFilter } from '../match/parse.ts';
import type { MatchOptions, Node } from '../match/tree.ts';
import type { Doc, Value } from '../bson/values.ts';

/** The conditions behind `$[name]`. */
export interface ArrayFilters {
  readonly matches: (name: string, value: Value | undefined) => boolean;
}

function rootNames(filter: Doc, found: Set<string>): Set<string> {
  for (const [name, value] of filter) {
    if (!name.startsWith('$')) found.add(name.split('.')[0] ?? '');
    else if (Array.isArray(value)) for (const one of value) if (one instanceof Map) rootNames(one, found);
  }
  return found;
}

function namesIn(paths: readonly string[]): Set<string> {
  const names = new Set<string>();
  for (const path of paths) {
    for (const part of path.split('.')) if (/^\$\[.+\]$/.test(part)) names.add(part.slice(2, -1));
  }
  return names;
}

/**
 * Checks array filters against the paths of an update.
 * @throws MongoError 9 for a filter without a use, or used twice; 2 for a name without a filter
 */
export function parseArrayFilters(
  list: readonly Value[],
  paths: readonly string[],
  options: MatchOptions,
): ArrayFilters {
  const nodes = new Map<string, Node>();
  for (const one of list) {
    if (!(one instanceof Map)) throw mongoError('TypeMismatch', 'arrayFilters must be documents');
    const names = [...rootNames(one, new Set())];
    const [name] = names;
    if (name === undefined)
      throw mongoError('FailedToParse', 'Cannot use an expression without a top-level field name in arrayFilters');
    if (names.length > 1) {
      throw mongoError(
        'FailedToParse',
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${names[1] ?? ''}'`,
      );
    }
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
      throw mongoError(
        'BadValue',
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    }
    if (nodes.has(name))
      throw mongoError('FailedToParse', `Found multiple array filters with the same top-level field name ${name}`);
    nodes.set(name, parseFilter(one, options));
  }
  const used = namesIn(paths);
  for (const name of used) {
    if (!nodes.has(name)) {
      const path = paths.find((one) => one.includes(`$[${name}]`)) ?? '';
      throw mongoError('BadValue', `No array filter found for identifier '${name}' in path '${path}'`);
    }
  }
  for (const name of nodes.keys()) {
    if (!used.has(name))
      throw mongoError('FailedToParse', `The array filter for identifier '${name}' was not used in the update`);
  }
  return {
    matches: (name, value) => {
      const node = nodes.get(name);
      return node !== undefined && value !== undefined && matches(node, new Map([[name, value]]), options.text);
    },
  };
}

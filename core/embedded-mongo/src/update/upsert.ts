import { mongoError } from '../errors.ts';
import { splitPath } from '../bson/path.ts';
import { clone } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import type { Node } from '../match/tree.ts';

function collect(node: Node, add: (path: string, value: Value) => void): void {
  if (node.kind === 'and' || (node.kind === 'or' && node.children.length === 1)) {
    for (const child of node.children) collect(child, add);
  } else if (node.kind === 'leaf') {
    if (node.leaf.op === 'eq') add(node.path, node.leaf.value);
    else if (node.leaf.op === 'in' && node.leaf.values.length === 1 && node.leaf.regexes.length === 0) {
      add(node.path, node.leaf.values[0] ?? null);
    }
  }
}

function place(root: Doc, path: string, value: Value): void {
  const parts = splitPath(path);
  let current = root;
  for (const part of parts.slice(0, -1)) {
    const next = current.get(part);
    if (next instanceof Map) {
      current = next;
      continue;
    }
    if (next !== undefined)
      throw mongoError(
        'NotSingleValueField',
        `cannot infer query fields to set, both paths '${path}' and '${part}' are matched`,
      );
    const child: Doc = new Map();
    current.set(part, child);
    current = child;
  }
  const name = parts[parts.length - 1] ?? '';
  if (current.has(name))
    throw mongoError('NotSingleValueField', `cannot infer query fields to set, path '${path}' is matched twice`);
  current.set(name, clone(value));
}

/** The document that an upsert begins with: the equalities of its filter, dotted ones nested. */
export function upsertBase(filter: Node, onlyId: boolean): Doc {
  const root: Doc = new Map();
  collect(filter, (path, value) => {
    if (onlyId && path !== '_id') return;
    place(root, path, value);
  });
  return root;
}

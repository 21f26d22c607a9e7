import { visitLeaf, visitPath } from '../bson/path.ts';
import type { StringCompare } from '../bson/compare.ts';
import type { Doc, Value } from '../bson/values.ts';
import { matchLeaf } from './leaf.ts';
import type { Leaf, Node, Position } from './tree.ts';

const entersLeafArray = (leaf: Leaf): boolean => leaf.op !== 'exists' && leaf.op !== 'size' && leaf.op !== 'elemMatch';

function matchElements(
  leaf: Extract<Leaf, { op: 'elemMatch' }>,
  value: Value | undefined,
  text?: StringCompare,
): number {
  if (!Array.isArray(value)) return -1;
  return value.findIndex((element) => {
    if (!leaf.objects) return matchesValue(leaf.node, element, text);
    if (element instanceof Map) return matches(leaf.node, element, text);
    // An array counts as a document whose names are its positions.
    return Array.isArray(element) && matches(leaf.node, new Map(element.map((one, at) => [String(at), one])), text);
  });
}

function matchNodeLeaf(
  node: Extract<Node, { kind: 'leaf' }>,
  root: Doc,
  text?: StringCompare,
  position?: Position,
): boolean {
  const { leaf } = node;
  return visitPath(root, node.parts, (value, index) => {
    if (leaf.op === 'elemMatch') {
      const at = matchElements(leaf, value, text);
      if (at === -1) return false;
      if (position) position.index = index === -1 ? at : index;
      return true;
    }
    if (!entersLeafArray(leaf)) {
      const found = matchLeaf(leaf, value, text);
      if (found && position && index !== -1) position.index = index;
      return found;
    }
    return visitLeaf(value, index, (one, at) => {
      const found = matchLeaf(leaf, one, text);
      if (found && position && at !== -1) position.index = at;
      return found;
    });
  });
}

/**
 * Whether a document satisfies a filter.
 * @param position receives the array position of the match, for `$`
 */
export function matches(node: Node, root: Doc, text?: StringCompare, position?: Position): boolean {
  switch (node.kind) {
    case 'leaf':
      return matchNodeLeaf(node, root, text, position);
    case 'and':
      return node.children.every((child) => matches(child, root, text, position));
    case 'or':
      return node.children.some((child) => matches(child, root, text, position));
    case 'nor':
      return !node.children.some((child) => matches(child, root, text));
    case 'not':
      return !matches(node.child, root, text);
    case 'constant':
      return node.value;
    case 'expr':
    case 'schema':
      return node.test(root);
  }
}

/** Whether one value satisfies operators that have no path: the inside of `$elemMatch: {$gt: 1}` and of `$pull`. */
export function matchesValue(node: Node, value: Value | undefined, text?: StringCompare): boolean {
  switch (node.kind) {
    case 'leaf':
      return node.leaf.op === 'elemMatch'
        ? matchElements(node.leaf, value, text) !== -1
        : matchLeaf(node.leaf, value, text);
    case 'and':
      return node.children.every((child) => matchesValue(child, value, text));
    case 'or':
      return node.children.some((child) => matchesValue(child, value, text));
    case 'nor':
      return !node.children.some((child) => matchesValue(child, value, text));
    case 'not':
      return !matchesValue(node.child, value, text);
    case 'constant':
      return node.value;
    case 'expr':
    case 'schema':
      return false;
  }
}

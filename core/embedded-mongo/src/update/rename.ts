import { mongoError } from '../errors.ts';
import { getPath, isPositional } from '../bson/path.ts';
import type { Path } from '../bson/path.ts';
import type { Doc, Value } from '../bson/values.ts';
import { typeName, typeOf } from '../bson/values.ts';
import type { Change } from './context.ts';

function throughArray(root: Doc, parts: Path): boolean {
  let current: Value | undefined = root;
  for (const part of parts) {
    if (Array.isArray(current)) return true;
    current = current instanceof Map ? current.get(part) : undefined;
  }
  return false;
}

function remove(root: Doc, parts: Path): void {
  const parent = parts.length === 1 ? root : getPath(root, parts.slice(0, -1));
  if (parent instanceof Map) parent.delete(parts[parts.length - 1] ?? '');
}

function set(root: Doc, parts: Path, value: Value): void {
  let current: Doc = root;
  for (const part of parts.slice(0, -1)) {
    const next = current.get(part);
    if (next instanceof Map) {
      current = next;
      continue;
    }
    if (next !== undefined)
      throw mongoError('PathNotViable', `Cannot create field in element {${part}: ${typeName(typeOf(next))}}`);
    const child: Doc = new Map();
    current.set(part, child);
    current = child;
  }
  current.set(parts[parts.length - 1] ?? '', value);
}

/** $rename: the source goes, the destination is set or appended. Both paths take part in the conflict check. */
export function rename(path: string, operand: Value, checkPath: (path: string) => Path): Change[] {
  if (typeof operand !== 'string') {
    throw mongoError('BadValue', `The 'to' field for $rename must be a string: ${path}: ${typeName(typeOf(operand))}`);
  }
  const from = checkPath(path);
  const to = checkPath(operand);
  if ([...from, ...to].some((part) => isPositional(part))) {
    throw mongoError('BadValue', `The source and destination field for $rename may not be dynamic: ${path}`);
  }
  if (path === operand)
    throw mongoError('BadValue', `The source and target field for $rename must differ: ${path}: "${operand}"`);
  const apply = (_target: unknown, _context: unknown, root: Doc): void => {
    if (throughArray(root, from))
      throw mongoError('BadValue', `The source field cannot be an array element, '${path}' in doc has an array field`);
    const value = getPath(root, from);
    if (value === undefined) return;
    if (throughArray(root, to))
      throw mongoError(
        'BadValue',
        `The destination field cannot be an array element, '${operand}' in doc has an array field`,
      );
    remove(root, from);
    set(root, to, value);
  };
  return [
    { operator: '$rename', path: operand, parts: to, creates: false, apply },
    { operator: '$renameSource', path, parts: from, creates: false, apply: () => undefined },
  ];
}

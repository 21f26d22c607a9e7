import { decodeValueAt } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { arrayPosition } from '../bson/path.ts';
import { Sought, seek, skipValue } from '../bson/scan.ts';
import type { Spot } from '../bson/scan.ts';
import { Type } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import type { Change, UpdateContext } from './context.ts';

/*
 * Updates whose new values are as long as the old ones, such as counters, flags and dates: the stored bytes are changed
 * where they lie. Everything else gives undefined and is done on the decoded document.
 */

const operators = new Set(['$set', '$inc', '$mul', '$min', '$max', '$currentDate']);

/** One change with its path in UTF-8. */
interface Step {
  readonly change: Change;
  readonly names: readonly Uint8Array[];
}

/** A compiled patch. @returns the new bytes, or undefined when it must be done the long way */
export type Patch = (bytes: Buffer, context: UpdateContext) => Buffer | undefined;

const isPlain = (part: string): boolean => !part.startsWith('$') && arrayPosition(part) === -1;

/**
 * Prepares a patch.
 * @returns undefined for updates that need the decoded document
 */
export function compilePatch(changes: readonly Change[]): Patch | undefined {
  const wanted = changes.filter((change) => change.operator !== '$setOnInsert');
  if (wanted.length === 0) return undefined;
  for (const { operator, parts } of wanted) {
    if (!operators.has(operator) || parts[0] === '_id' || !parts.every(isPlain)) return undefined;
  }
  const steps = wanted.map((change) => ({ change, names: change.parts.map((part) => Buffer.from(part, 'utf8')) }));
  return (bytes, context) => {
    const copy = Buffer.from(bytes);
    for (const step of steps) if (!applyStep(copy, step, context)) return undefined;
    return copy;
  };
}

const noFields: Doc = new Map();

function find(bytes: Buffer, names: readonly Uint8Array[], spot: Spot): boolean {
  let at = 0;
  for (let depth = 0; depth < names.length; depth++) {
    const name = names[depth];
    if (depth > 0 && spot.type !== Type.object) return false;
    if (!name || seek(bytes, at, name, spot) !== Sought.yes) return false;
    at = spot.at;
  }
  return spot.type !== Type.object && spot.type !== Type.array;
}

function applyStep(bytes: Buffer, { change, names }: Step, context: UpdateContext): boolean {
  const spot: Spot = { type: 0, at: 0 };
  if (!find(bytes, names, spot)) return false;
  let result: Value | undefined;
  const target = {
    value: decodeValueAt(bytes, spot.type, spot.at),
    set: (value: Value) => void (result = value),
    unset: () => undefined,
    path: change.path,
  };
  change.apply(target, context, noFields);
  // Nothing was set: the value stays.
  if (result === undefined) return true;
  const element = encode(new Map([['', result]]));
  const type = element[4] ?? 0;
  const value = element.subarray(6, element.length - 1);
  if (value.length !== skipValue(bytes, spot.type, spot.at) - spot.at) return false;
  const last = names[names.length - 1]?.length ?? 0;
  bytes[spot.at - last - 2] = type;
  bytes.set(value, spot.at);
  return true;
}

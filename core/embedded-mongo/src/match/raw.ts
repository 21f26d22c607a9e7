import type { StringCompare } from '../bson/compare.ts';
import { canonicalRank, rankOf } from '../bson/compare.ts';
import { decodeValueAt } from '../bson/decode.ts';
import { nonFinite } from '../bson/exact.ts';
import type { Spot } from '../bson/scan.ts';
import { Sought, seek, skipValue } from '../bson/scan.ts';
import { DateTime, Int32, ObjectId, Type } from '../bson/values.ts';
import type { Value } from '../bson/values.ts';
import { matchLeaf } from './leaf.ts';
import { isPrefixOnly, literalPrefix } from './regex.ts';
import type { Leaf, Node } from './tree.ts';

/**
 * What raw bytes say of a filter; `maybe` where an array or an expression asks for the decoded document, and where the
 * bytes end too early.
 */
export const Verdict = { no: 0, yes: 1, maybe: 2 } as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/**
 * Answers a filter for the valid document that begins at an offset.
 * @param limit where the bytes end that are there of the document: it may be the beginning of one
 */
export type RawTest = (bytes: Buffer, start: number, limit: number) => Verdict;

/** Answers a leaf for one value that is no array. */
type ValueTest = (bytes: Buffer, type: number, at: number) => boolean;

type Comparison = Extract<Leaf, { value: Value }>;

const verdict = (answer: boolean): Verdict => (answer ? Verdict.yes : Verdict.no);

function sameBytes(bytes: Buffer, at: number, wanted: Uint8Array): boolean {
  for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false;
  return true;
}

/** A comparison by the value's decoded form: right for every type. */
function decoded(leaf: Exclude<Leaf, { op: 'elemMatch' }>, text: StringCompare | undefined): ValueTest {
  return (bytes, type, at) => matchLeaf(leaf, decodeValueAt(bytes, type, at), text);
}

function compareWith(op: Comparison['op'], wanted: number): (value: number) => boolean {
  switch (op) {
    case 'eq':
      return (value) => value === wanted;
    case 'gt':
      return (value) => value > wanted;
    case 'gte':
      return (value) => value >= wanted;
    case 'lt':
      return (value) => value < wanted;
    case 'lte':
      return (value) => value <= wanted;
  }
}

function numberTest(op: Comparison['op'], wanted: number, slow: ValueTest): ValueTest {
  const test = compareWith(op, wanted);
  return (bytes, type, at) => {
    if (type === Type.int) return test(bytes.readInt32LE(at));
    if (type === Type.double) return test(bytes.readDoubleLE(at));
    return (type === Type.long || type === Type.decimal) && slow(bytes, type, at);
  };
}

/** Milliseconds up to here are exact as a Double. */
const EXACT_HIGH = 2 ** 20;

function dateTest(op: Comparison['op'], wanted: number, slow: ValueTest): ValueTest {
  const test = compareWith(op, wanted);
  return (bytes, type, at) => {
    if (type !== Type.date) return false;
    const high = bytes.readInt32LE(at + 4);
    if (high > EXACT_HIGH || high < -EXACT_HIGH) return slow(bytes, type, at);
    return test(high * 4294967296 + bytes.readUInt32LE(at));
  };
}

function stringTest(wanted: string, slow: ValueTest): ValueTest {
  const text = Buffer.from(wanted, 'utf8');
  return (bytes, type, at) => {
    if (type === Type.string) return bytes.readInt32LE(at) === text.length + 1 && sameBytes(bytes, at + 4, text);
    return type === Type.symbol && slow(bytes, type, at);
  };
}

/** The strings that begin with a text: what a search by prefix asks of many words. */
function prefixTest(prefix: string, slow: ValueTest): ValueTest {
  const text = Buffer.from(prefix, 'utf8');
  return (bytes, type, at) => {
    if (type === Type.string) return bytes.readInt32LE(at) > text.length && sameBytes(bytes, at + 4, text);
    return (type === Type.symbol || type === Type.regex) && slow(bytes, type, at);
  };
}

function comparisonTest(leaf: Comparison, text: StringCompare | undefined): ValueTest {
  const slow = decoded(leaf, text);
  const { op, value } = leaf;
  if (typeof value === 'string' && op === 'eq' && !text && !value.includes('\0')) return stringTest(value, slow);
  if (value instanceof ObjectId && op === 'eq')
    return (bytes, type, at) => type === Type.objectId && sameBytes(bytes, at, value.bytes);
  if (value instanceof Int32) return numberTest(op, value.value, slow);
  if (typeof value === 'number' && nonFinite(value) === undefined) return numberTest(op, value, slow);
  if (value instanceof DateTime && value.ms < 2n ** 52n && value.ms > -(2n ** 52n))
    return dateTest(op, Number(value.ms), slow);
  if (typeof value === 'boolean' && op === 'eq')
    return (bytes, type, at) => type === Type.bool && (bytes[at] === 1) === value;
  return slow;
}

function valueTest(leaf: Leaf, text: StringCompare | undefined): ValueTest {
  switch (leaf.op) {
    case 'elemMatch':
    case 'size':
      return () => false;
    case 'exists':
      return () => true;
    case 'type':
      return (_bytes, type) => leaf.types.has(type);
    case 'eq':
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return comparisonTest(leaf, text);
    case 'regex': {
      const prefix = isPrefixOnly(leaf.regex.source) ? literalPrefix(leaf.regex.source) : undefined;
      const slow = decoded(leaf, text);
      return prefix === undefined ? slow : prefixTest(prefix, slow);
    }
    default:
      return decoded(leaf, text);
  }
}

/** Whether of an array only its elements can satisfy a leaf, never the array itself. */
function asksElements(leaf: Leaf): boolean {
  switch (leaf.op) {
    case 'eq':
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return !outOfOrder.has(rankOf(leaf.value));
    case 'in':
      return leaf.values.every((value) => !outOfOrder.has(rankOf(value)));
    case 'regex':
      return true;
    default:
      return false;
  }
}

/** Arrays, and what compares with all types. */
const outOfOrder = new Set([Type.array, Type.minKey, Type.maxKey].map(canonicalRank));

/** Whether an element of the array at an offset passes. */
function someElement(bytes: Buffer, start: number, test: ValueTest): boolean {
  const end = start + bytes.readInt32LE(start) - 1;
  for (let at = start + 4; at < end;) {
    const type = bytes[at++] ?? 0;
    while (bytes[at] !== 0) at++;
    at++;
    if (test(bytes, type, at)) return true;
    at = skipValue(bytes, type, at);
  }
  return false;
}

/** How long a string must be to satisfy a leaf, in bytes with its zero; undefined when any length may. */
function lengthWanted(leaf: Leaf, text: StringCompare | undefined): number | undefined {
  if (leaf.op !== 'eq' || typeof leaf.value !== 'string' || text) return undefined;
  return Buffer.byteLength(leaf.value) + 1;
}

function compileLeaf(node: Extract<Node, { kind: 'leaf' }>, text: StringCompare | undefined): RawTest {
  const names = node.parts.map((part) => Buffer.from(part, 'utf8'));
  const missing = verdict(node.leaf.op !== 'elemMatch' && matchLeaf(node.leaf, undefined, text));
  const test = valueTest(node.leaf, text);
  const elements = asksElements(node.leaf);
  const length = lengthWanted(node.leaf, text);
  const spot: Spot = { type: 0, at: 0 };
  /** The value is not all there, but its length may tell enough. */
  const testCut = (bytes: Buffer, at: number, limit: number): Verdict => {
    if (length === undefined || spot.type !== Type.string || at + 4 > limit) return Verdict.maybe;
    return bytes.readInt32LE(at) === length ? Verdict.maybe : Verdict.no;
  };
  return (bytes, start, limit) => {
    let at = start;
    for (let depth = 0; depth < names.length; depth++) {
      const name = names[depth];
      if (depth > 0 && spot.type !== Type.object) return spot.type === Type.array ? Verdict.maybe : missing;
      if (!name) return missing;
      const sought = seek(bytes, at, name, spot, limit);
      if (sought !== Sought.yes) return sought === Sought.no ? missing : Verdict.maybe;
      at = spot.at;
    }
    if (skipValue(bytes, spot.type, at, limit) > limit) return testCut(bytes, at, limit);
    if (spot.type === Type.array) return elements ? verdict(someElement(bytes, at, test)) : Verdict.maybe;
    return verdict(test(bytes, spot.type, at));
  };
}

function negated(test: RawTest): RawTest {
  return (bytes, start, limit) => {
    const answer = test(bytes, start, limit);
    return answer === Verdict.maybe ? answer : verdict(answer === Verdict.no);
  };
}

/** The first child that is sure to decide decides. */
function combined(tests: readonly RawTest[], deciding: Verdict, otherwise: Verdict): RawTest {
  return (bytes, start, limit) => {
    let answer: Verdict = otherwise;
    for (const test of tests) {
      const one = test(bytes, start, limit);
      if (one === deciding) return one;
      if (one === Verdict.maybe) answer = one;
    }
    return answer;
  };
}

/** Compiles a filter into a test of raw BSON, so that only documents that may pass are decoded. */
export function compileRaw(node: Node, text?: StringCompare): RawTest {
  switch (node.kind) {
    case 'leaf':
      return compileLeaf(node, text);
    case 'not':
      return negated(compileRaw(node.child, text));
    case 'constant':
      return () => verdict(node.value);
    case 'expr':
    case 'schema':
      return () => Verdict.maybe;
    default: {
      const tests = node.children.map((child) => compileRaw(child, text));
      if (node.kind === 'and') return combined(tests, Verdict.no, Verdict.yes);
      const any = combined(tests, Verdict.yes, Verdict.no);
      return node.kind === 'or' ? any : negated(any);
    }
  }
}

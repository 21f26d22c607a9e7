import { mongoError } from '../../errors.ts';
import { keyOf } from '../../bson/keys.ts';
import { Regex } from '../../bson/values.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { compileRegex } from '../regex.ts';
import { broken } from './rule.ts';
import type { CompileSchema, KeywordParser, Schema } from './rule.ts';
import { wholeOf } from './scalars.ts';

const wrong = (keyword: string, needs: string): Error =>
  mongoError('TypeMismatch', `$jsonSchema keyword '${keyword}' must be ${needs}`);

function schemaOf(keyword: string, value: Value, compile: CompileSchema): Schema {
  if (!(value instanceof Map)) throw wrong(keyword, 'an object');
  return compile(value);
}

function namesOf(keyword: string, value: Value): string[] {
  if (!Array.isArray(value)) throw wrong(keyword, 'an array');
  if (value.length === 0)
    throw mongoError('FailedToParse', `$jsonSchema keyword '${keyword}' cannot be an empty array`);
  return value.map((name) => {
    if (typeof name !== 'string') throw wrong(keyword, 'an array of strings');
    return name;
  });
}

const required: KeywordParser = (value) => {
  const names = namesOf('required', value);
  return (given) => {
    if (!(given instanceof Map)) return undefined;
    const missing = names.filter((name) => !given.has(name)).sort();
    if (missing.length === 0) return undefined;
    return new Map<string, Value>([
      ['operatorName', 'required'],
      ['specifiedAs', new Map([['required', value]])],
      ['missingProperties', missing],
    ]);
  };
};

interface Named {
  readonly name: string;
  readonly schema: Schema;
}

function schemasOf(keyword: string, value: Value, compile: CompileSchema): Named[] {
  if (!(value instanceof Map)) throw wrong(keyword, 'an object');
  return [...value].map(([name, schema]) => ({ name, schema: schemaOf(keyword, schema, compile) }));
}

const properties: KeywordParser = (value, _schema, compile) => {
  const list = schemasOf('properties', value, compile);
  return (given) => {
    if (!(given instanceof Map)) return undefined;
    const bad: Doc[] = [];
    for (const { name, schema } of list) {
      const field = given.get(name);
      const details = field === undefined ? [] : schema(field);
      if (details.length > 0)
        bad.push(
          new Map<string, Value>([
            ['propertyName', name],
            ['details', [...details]],
          ]),
        );
    }
    if (bad.length === 0) return undefined;
    return new Map<string, Value>([
      ['operatorName', 'properties'],
      ['propertiesNotSatisfied', bad],
    ]);
  };
};

const patternsOf = (value: Value | undefined): { test: (name: string) => boolean }[] =>
  value instanceof Map ? [...value.keys()].map((pattern) => compileRegex(new Regex(pattern, ''))) : [];

const patternProperties: KeywordParser = (value, _schema, compile) => {
  const list = schemasOf('patternProperties', value, compile).map(({ name, schema }) => ({
    regex: compileRegex(new Regex(name, '')),
    schema,
  }));
  return (given) => {
    if (!(given instanceof Map)) return undefined;
    for (const [name, field] of given) {
      for (const { regex, schema } of list) {
        if (regex.test(name) && schema(field).length > 0)
          return broken('patternProperties', value, 'property did not match', field).set('propertyName', name);
      }
    }
    return undefined;
  };
};

const additionalProperties: KeywordParser = (value, schema, compile) => {
  if (typeof value !== 'boolean' && !(value instanceof Map))
    throw wrong('additionalProperties', 'an object or a boolean');
  const named = schema.get('properties');
  const known = new Set(named instanceof Map ? named.keys() : []);
  const patterns = patternsOf(schema.get('patternProperties'));
  const allowed: Schema = value instanceof Map ? compile(value) : () => (value ? [] : [new Map<string, Value>()]);
  return (given) => {
    if (!(given instanceof Map)) return undefined;
    const extra = [...given]
      .filter(([name]) => !known.has(name) && !patterns.some((regex) => regex.test(name)))
      .filter(([, field]) => allowed(field).length > 0)
      .map(([name]) => name);
    if (extra.length === 0) return undefined;
    return new Map<string, Value>([
      ['operatorName', 'additionalProperties'],
      ['specifiedAs', new Map([['additionalProperties', value]])],
      ['additionalProperties', extra],
    ]);
  };
};

function size(
  keyword: string,
  measure: (value: Value) => number | undefined,
  ok: (size: number, limit: number) => boolean,
): KeywordParser {
  return (value) => {
    const limit = wholeOf(keyword, value);
    return (given) => {
      const found = measure(given);
      return found === undefined || ok(found, limit)
        ? undefined
        : broken(keyword, value, 'specified number was not satisfied', given);
    };
  };
}

const atLeast = (found: number, limit: number): boolean => found >= limit;
const atMost = (found: number, limit: number): boolean => found <= limit;
const fieldCount = (value: Value): number | undefined => (value instanceof Map ? value.size : undefined);
const elementCount = (value: Value): number | undefined => (Array.isArray(value) ? value.length : undefined);

const dependencies: KeywordParser = (value, _schema, compile) => {
  if (!(value instanceof Map)) throw wrong('dependencies', 'an object');
  const list = [...value].map(([name, one]) => {
    if (one instanceof Map) return { name, schema: compile(one) };
    const names = namesOf('dependencies', one);
    const schema: Schema = (given) =>
      given instanceof Map && names.some((wanted) => !given.has(wanted)) ? [new Map<string, Value>()] : [];
    return { name, schema };
  });
  return (given) => {
    if (!(given instanceof Map)) return undefined;
    const bad = list.find(({ name, schema }) => given.has(name) && schema(given).length > 0);
    return bad && broken('dependencies', value, 'dependency failed').set('propertyName', bad.name);
  };
};

const items: KeywordParser = (value, _schema, compile) => {
  const list = Array.isArray(value) ? value.map((one) => schemaOf('items', one, compile)) : undefined;
  const all = list ? undefined : schemaOf('items', value, compile);
  return (given) => {
    if (!Array.isArray(given)) return undefined;
    for (const [index, element] of given.entries()) {
      const details = (all ?? list?.[index])?.(element) ?? [];
      if (details.length === 0) continue;
      return new Map<string, Value>([
        ['operatorName', 'items'],
        ['reason', 'At least one item did not match the sub-schema'],
        ['itemIndex', index],
        ['details', [...details]],
      ]);
    }
    return undefined;
  };
};

const additionalItems: KeywordParser = (value, schema, compile) => {
  if (typeof value !== 'boolean' && !(value instanceof Map))
    throw wrong('additionalItems', 'either an object or a boolean');
  const named = schema.get('items');
  if (!Array.isArray(named)) return undefined;
  const allowed: Schema = value instanceof Map ? compile(value) : () => (value ? [] : [new Map<string, Value>()]);
  return (given) =>
    Array.isArray(given) && given.slice(named.length).some((element) => allowed(element).length > 0)
      ? broken('additionalItems', value, 'found additional items', given)
      : undefined;
};

const uniqueItems: KeywordParser = (value) => {
  if (typeof value !== 'boolean') throw wrong('uniqueItems', 'a boolean');
  return (given) => {
    if (!value || !Array.isArray(given)) return undefined;
    const keys = new Set(given.map((element) => keyOf(element).toString('latin1')));
    return keys.size === given.length ? undefined : broken('uniqueItems', value, 'found a duplicate item', given);
  };
};

/** The keywords that look into documents and arrays. */
export const containerKeywords: Readonly<Record<string, KeywordParser>> = {
  required,
  properties,
  patternProperties,
  additionalProperties,
  minProperties: size('minProperties', fieldCount, atLeast),
  maxProperties: size('maxProperties', fieldCount, atMost),
  dependencies,
  items,
  additionalItems,
  minItems: size('minItems', elementCount, atLeast),
  maxItems: size('maxItems', elementCount, atMost),
  uniqueItems,
};

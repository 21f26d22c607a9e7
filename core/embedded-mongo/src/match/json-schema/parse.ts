import { mongoError } from '../../errors.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { containerKeywords } from './containers.ts';
import { broken } from './rule.ts';
import type { KeywordParser, Rule, Schema } from './rule.ts';
import { scalarKeywords } from './scalars.ts';

const notSupported = new Set(['$ref', '$schema', 'default', 'definitions', 'format', 'id']);

function schemaList(keyword: string, value: Value): Schema[] {
  if (!Array.isArray(value)) throw mongoError('TypeMismatch', `$jsonSchema keyword '${keyword}' must be an array`);
  if (value.length === 0)
    throw mongoError('FailedToParse', `$jsonSchema keyword '${keyword}' must be a non-empty array`);
  return value.map((one) => {
    if (one instanceof Map) return parseJsonSchema(one);
    throw mongoError('TypeMismatch', `$jsonSchema keyword '${keyword}' must be an array of objects`);
  });
}

/** allOf, anyOf and oneOf: how many of the schemas must hold. */
function several(keyword: string, holds: (passed: number, all: number) => boolean): KeywordParser {
  return (value) => {
    const list = schemaList(keyword, value);
    return (given) =>
      holds(list.filter((schema) => schema(given).length === 0).length, list.length)
        ? undefined
        : broken(keyword, value, 'the wanted number of schemas did not match');
  };
}

const not: KeywordParser = (value) => {
  if (!(value instanceof Map)) throw mongoError('TypeMismatch', "$jsonSchema keyword 'not' must be an object");
  const schema = parseJsonSchema(value);
  return (given) => (schema(given).length > 0 ? undefined : broken('not', value, 'child expression matched'));
};

const keywords: ReadonlyMap<string, KeywordParser> = new Map<string, KeywordParser>(
  Object.entries({
    ...scalarKeywords,
    ...containerKeywords,
    allOf: several('allOf', (passed, all) => passed === all),
    anyOf: several('anyOf', (passed) => passed > 0),
    oneOf: several('oneOf', (passed) => passed === 1),
    not,
  }),
);

/**
 * Compiles the argument of `$jsonSchema`.
 * @throws MongoError 9 for a keyword that does not exist or that MongoDB does not know either
 */
export function parseJsonSchema(schema: Doc): Schema {
  const rules: Rule[] = [];
  if (schema.has('type') && schema.has('bsonType'))
    throw mongoError('FailedToParse', "Cannot specify both $jsonSchema keywords 'type' and 'bsonType'");
  for (const [keyword, value] of schema) {
    if (notSupported.has(keyword))
      throw mongoError('FailedToParse', `$jsonSchema keyword '${keyword}' is not currently supported`);
    const parse = keywords.get(keyword);
    if (!parse) throw mongoError('FailedToParse', `Unknown $jsonSchema keyword: ${keyword}`);
    const check = parse(value, schema, parseJsonSchema);
    if (check) rules.push({ keyword, check });
  }
  return (value) => rules.flatMap((rule) => rule.check(value) ?? []);
}

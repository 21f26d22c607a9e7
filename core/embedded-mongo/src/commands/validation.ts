import { getPath, splitPath } from '../bson/path.ts';
import { typeName, typeOf } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import { matches } from '../match/matches.ts';
import { isOperators, parseFilter } from '../match/parse.ts';
import type { Node } from '../match/tree.ts';
import type { Collection } from '../store/collection.ts';

interface Clause {
  readonly name: string;
  readonly value: Value;
  readonly node: Node;
}

interface Validator {
  readonly clauses: readonly Clause[];
  readonly moderate: boolean;
}

const compiled = new WeakMap<Doc, Validator>();

function validatorOf(options: Doc): Validator | undefined {
  const validator = options.get('validator');
  if (!(validator instanceof Map) || validator.size === 0) return undefined;
  if (options.get('validationLevel') === 'off' || options.get('validationAction') === 'warn') return undefined;
  let found = compiled.get(options);
  if (!found) {
    const clauses = [...validator].map(([name, value]) => ({
      name,
      value,
      node: parseFilter(new Map([[name, value]])),
    }));
    found = { clauses, moderate: options.get('validationLevel') === 'moderate' };
    compiled.set(options, found);
  }
  return found;
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['$type', 'type did not match'],
  ['$exists', 'path does not exist'],
  ['$regex', 'regular expression did not match'],
  ['$in', 'no matching value found in array'],
  ['$expr', 'expression did not match'],
]);

function detailsOf({ name, value, node }: Clause, document: Doc): Doc {
  if (node.kind === 'schema') {
    return new Map<string, Value>([
      ['operatorName', '$jsonSchema'],
      ['schemaRulesNotSatisfied', [...node.broken(document)]],
    ]);
  }
  const [first = '$eq'] = isOperators(value) ? value.keys() : [];
  const operator = name.startsWith('$') ? name : first;
  const details: Doc = new Map<string, Value>([
    ['operatorName', operator],
    ['specifiedAs', new Map([[name, value]])],
  ]);
  const considered = name.startsWith('$') ? null : getPath(document, splitPath(name));
  if (considered === undefined) return details.set('reason', 'field was missing');
  details.set('reason', reasons.get(operator) ?? 'comparison failed');
  if (name.startsWith('$')) return details;
  details.set('consideredValue', considered);
  return operator === '$type' ? details.set('consideredType', typeName(typeOf(considered))) : details;
}

function failure(document: Doc, broken: readonly Clause[], all: number): Error {
  const details = broken.map((clause) => detailsOf(clause, document));
  const [only] = details;
  const whole: Doc =
    all === 1 && only
      ? only
      : new Map<string, Value>([
          ['operatorName', '$and'],
          [
            'clausesNotSatisfied',
            details.map(
              (one, index): Doc =>
                new Map<string, Value>([
                  ['index', index],
                  ['details', one],
                ]),
            ),
          ],
        ]);
  const info: Doc = new Map<string, Value>([
    ['failingDocumentId', document.get('_id') ?? null],
    ['details', whole],
  ]);
  return mongoError('DocumentValidationFailure', 'Document failed validation', new Map([['errInfo', info]]));
}

/**
 * Holds a document that is about to be stored against the collection's validator.
 * @param before the document that it replaces: with the level `moderate`, one that was not valid need not become so
 * @throws MongoError 121 with `errInfo`
 */
export function checkValid(collection: Collection, document: Doc, before?: Doc): void {
  const validator = validatorOf(collection.options);
  if (!validator) return;
  const broken = validator.clauses.filter((clause) => !matches(clause.node, document));
  if (broken.length === 0) return;
  if (before && validator.moderate && validator.clauses.some((clause) => !matches(clause.node, before))) return;
  throw failure(document, broken, validator.clauses.length);
}

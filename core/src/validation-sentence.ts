/** What ajv says of one rule that did not hold. */
interface Violation {
  readonly keyword: string;
  /** Where, as a JSON pointer; empty for the whole. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

const WHOLE: Readonly<Record<string, string>> = {
  body: 'The body',
  querystring: 'The query',
  params: 'The address',
  headers: 'The head',
};

/** What is wrong with a request, in a sentence: the first field that does not fit. */
export function describeViolation(violations: readonly Violation[], part: string): string {
  const [first] = violations;
  if (first === undefined) return 'The request is not of the expected form.';
  const field = first.instancePath.slice(1).replaceAll('/', '.');
  const subject = field === '' ? (WHOLE[part] ?? `The ${part}`) : `The field "${field}"`;
  const { keyword, params } = first;
  switch (keyword) {
    case 'required':
      return `The field "${nameIn(field, params['missingProperty'])}" is missing.`;
    case 'additionalProperties':
      return `There is no field "${nameIn(field, params['additionalProperty'])}" here.`;
    case 'enum':
      return `${subject} must be one of ${listOf(params['allowedValues'])}.`;
    case 'pattern':
      return `${subject} is not of the form ${String(params['pattern'])}.`;
    case 'minimum':
      return `${subject} must be at least ${String(params['limit'])}.`;
    case 'maximum':
      return `${subject} must be at most ${String(params['limit'])}.`;
    case 'type':
      return `${subject} must be of the type ${String(params['type'])}.`;
    default:
      return `${subject} ${first.message ?? 'is not of the expected form'}.`;
  }
}

const nameIn = (field: string, name: unknown): string => (field === '' ? String(name) : `${field}.${String(name)}`);
const listOf = (values: unknown): string => (Array.isArray(values) ? values.map(String).join(', ') : String(values));

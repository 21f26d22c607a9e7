import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { CodedError } from '../../errors.ts';
import { describeViolation } from '../../validation-sentence.ts';

/** Values by a plugin's own JSON Schemas; each schema is compiled once. */
export class SchemaValues {
  readonly #validators = new Map<object, ValidateFunction>();
  readonly #ajv = new Ajv({ useDefaults: true, strict: false });
  readonly #place: string;

  /** @param place what people know the values by: `options`, `settings` */
  constructor(place: string) {
    this.#place = place;
  }

  /**
   * A copy with the defaults of the schema. What it does not name is refused, unless it says otherwise itself.
   * @throws MF_ERR_VALIDATION
   */
  complete(schema: object, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const copy = structuredClone(values) as Record<string, unknown>;
    const validate = this.#validatorOf(schema);
    if (validate(copy)) return copy;
    const violations = (validate.errors ?? []).map((error) => ({
      ...error,
      instancePath: `/${this.#place}${error.instancePath}`,
    }));
    throw new CodedError('MF_ERR_VALIDATION', describeViolation(violations, 'body'));
  }

  #validatorOf(schema: object): ValidateFunction {
    const known = this.#validators.get(schema) ?? this.#ajv.compile({ additionalProperties: false, ...schema });
    this.#validators.set(schema, known);
    return known;
  }
}

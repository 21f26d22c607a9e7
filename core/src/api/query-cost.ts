import { getNamedType, getNullableType, isCompositeType, isListType, isObjectType, Kind } from 'graphql';
import type { DocumentNode, FieldNode, GraphQLObjectType, GraphQLSchema, SelectionSetNode } from 'graphql';

/** More than the largest page with all that hangs on it, far less than what would hold up others. */
export const MAX_COST = 5_000;
/** What is asked of the database whatever comes of it. */
const ROOT_COST = 10;
/** A guess for lists that have no limit of their own. */
const LIST_LENGTH = 5;
const PAGE_ARGUMENTS = ['first', 'limit'];

type Variables = Readonly<Record<string, unknown>>;

/** How many objects an operation may bring at most: pages count by their limit, each root field {@link ROOT_COST} more. */
export function costOf(schema: GraphQLSchema, document: DocumentNode, variables: Variables = {}): number {
  const walk = new Walk(schema, document, variables);
  let cost = 0;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = schema.getRootType(definition.operation);
    if (root !== undefined && root !== null) cost += walk.costOf(definition.selectionSet, root, LIST_LENGTH, true);
  }
  return cost;
}

class Walk {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, SelectionSetNode>;
  readonly #variables: Variables;
  /** A fragment may be spread a thousand times, also within others: each is looked at once. */
  readonly #known = new Map<string, number>();

  constructor(schema: GraphQLSchema, { definitions }: DocumentNode, variables: Variables) {
    this.#schema = schema;
    this.#variables = variables;
    this.#fragments = new Map(
      definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet] as const] : [],
      ),
    );
  }

  /** `length`: of the lists that stand directly in it. */
  costOf({ selections }: SelectionSetNode, type: GraphQLObjectType, length: number, isRoot = false): number {
    let cost = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) cost += this.#fieldCost(selection, type, length) + (isRoot ? ROOT_COST : 0);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        cost += this.costOf(
          selection.selectionSet,
          this.#typeOf(selection.typeCondition?.name.value, type),
          length,
          isRoot,
        );
      } else cost += this.#spreadCost(selection.name.value, type, length, isRoot);
    }
    return cost;
  }

  #spreadCost(name: string, type: GraphQLObjectType, length: number, isRoot: boolean): number {
    const key = `${name} ${type.name} ${length}`;
    const selections = this.#fragments.get(name);
    const cost = this.#known.get(key) ?? (selections && this.costOf(selections, type, length, isRoot)) ?? 0;
    this.#known.set(key, cost);
    return cost;
  }

  #typeOf(name: string | undefined, otherwise: GraphQLObjectType): GraphQLObjectType {
    const type = name === undefined ? undefined : this.#schema.getType(name);
    return isObjectType(type) ? type : otherwise;
  }

  #fieldCost(node: FieldNode, parent: GraphQLObjectType, length: number): number {
    const field = parent.getFields()[node.name.value];
    const type = field && getNamedType(field.type);
    // Scalars come with their object; what begins with two underscores is the schema's own.
    if (field === undefined || !isCompositeType(type) || node.selectionSet === undefined) return 0;
    const paged = field.args.find(({ name }) => PAGE_ARGUMENTS.includes(name));
    const inside = paged === undefined ? LIST_LENGTH : this.#numberOf(node, paged.name, paged.defaultValue);
    const times = isListType(getNullableType(field.type)) ? length : 1;
    const below = isObjectType(type) ? this.costOf(node.selectionSet, type, inside) : 0;
    return times * (1 + below);
  }

  #numberOf(node: FieldNode, name: string, otherwise: unknown): number {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    const given =
      value?.kind === Kind.VARIABLE
        ? this.#variables[value.name.value]
        : value?.kind === Kind.INT
          ? Number(value.value)
          : undefined;
    const number = given ?? otherwise;
    return typeof number === 'number' && number > 0 ? number : LIST_LENGTH;
  }
}

import { CodedError } from '../../../errors.ts';
import { foldText } from '../terms.rules.ts';

export const MAX_FOLDERS = 2000;
export const MAX_DEPTH = 20;

/** A folder as the rules see it; ids as text. */
export interface TreeNode {
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
  readonly order: number;
}

/** The folders of one person. */
export class Tree<T extends TreeNode = TreeNode> {
  readonly #byId: ReadonlyMap<string, T>;
  readonly #children = new Map<string | null, T[]>();

  constructor(nodes: readonly T[]) {
    this.#byId = new Map(nodes.map((node) => [node.id, node]));
    for (const node of nodes) {
      const siblings = this.#children.get(node.parent) ?? [];
      this.#children.set(node.parent, [...siblings, node]);
    }
    for (const siblings of this.#children.values())
      siblings.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  }

  get size(): number {
    return this.#byId.size;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** @throws MF_ERR_UNKNOWN */
  get(id: string): T {
    const node = this.#byId.get(id);
    if (node === undefined) throw new CodedError('MF_ERR_UNKNOWN', 'There is no such folder.');
    return node;
  }

  childrenOf(id: string | null): readonly T[] {
    return this.#children.get(id) ?? [];
  }

  /** The folder and all inside it, the outer first. */
  withInside(id: string): T[] {
    const found = [this.get(id)];
    const seen = new Set([id]);
    for (const node of found) {
      for (const child of this.childrenOf(node.id)) {
        if (seen.has(child.id)) continue;
        seen.add(child.id);
        found.push(child);
      }
    }
    return found;
  }

  /** The folder and those it lies in, the inner first. */
  withOutside(id: string): T[] {
    const found: T[] = [];
    let node: T | undefined = this.get(id);
    while (node !== undefined && !found.includes(node)) {
      found.push(node);
      node = node.parent === null ? undefined : this.#byId.get(node.parent);
    }
    return found;
  }

  /** All, each behind the one it lies in, siblings in their order. */
  inOrder(): T[] {
    const walk = (id: string | null): T[] => this.childrenOf(id).flatMap((node) => [node, ...walk(node.id)]);
    return walk(null);
  }

  /** @throws MF_ERR_UNKNOWN · MF_ERR_STATE · MF_ERR_VALIDATION */
  assertMayMove(id: string, parent: string | null): void {
    this.get(id);
    if (parent === null) return;
    const outside = this.withOutside(parent);
    if (outside.some((node) => node.id === id))
      throw new CodedError('MF_ERR_STATE', 'A folder cannot be moved into itself.');
    if (outside.length + this.#depthBelow(id) > MAX_DEPTH) throw tooDeep();
  }

  /** @throws MF_ERR_UNKNOWN · MF_ERR_VALIDATION */
  assertMayAdd(parent: string | null): void {
    if (this.size >= MAX_FOLDERS)
      throw new CodedError('MF_ERR_VALIDATION', `There are ${MAX_FOLDERS} folders already.`);
    if (parent !== null && this.withOutside(parent).length >= MAX_DEPTH) throw tooDeep();
  }

  /** Two folders beside each other are told apart by their names. @throws MF_ERR_STATE */
  assertFree(parent: string | null, name: string, self?: string): void {
    const folded = foldText(name);
    if (this.childrenOf(parent).some((node) => node.id !== self && foldText(node.name) === folded))
      throw new CodedError('MF_ERR_STATE', 'There is a folder of this name here.');
  }

  /**
   * Places for a folder before a sibling, or last; several when those beside it move up too.
   * @throws MF_ERR_UNKNOWN when the sibling is not in this folder
   */
  placesFor(id: string, parent: string | null, before?: string): { id: string; order: number }[] {
    const siblings = this.childrenOf(parent).filter((node) => node.id !== id);
    const at = before === undefined ? siblings.length : siblings.findIndex((node) => node.id === before);
    if (at === -1) throw new CodedError('MF_ERR_UNKNOWN', 'There is no such folder beside it.');
    const low = siblings[at - 1]?.order ?? 0;
    const order = at === siblings.length ? low + 1 : (low + (siblings[at]?.order ?? 0)) / 2;
    if (order > low && order < (siblings[at]?.order ?? Infinity)) return [{ id, order }];
    return [...siblings.slice(0, at).map((node) => node.id), id, ...siblings.slice(at).map((node) => node.id)].map(
      (one, index) => ({ id: one, order: index + 1 }),
    );
  }

  #depthBelow(id: string): number {
    return 1 + Math.max(0, ...this.childrenOf(id).map((child) => this.#depthBelow(child.id)));
  }
}

function tooDeep(): CodedError {
  return new CodedError('MF_ERR_VALIDATION', `Folders lie at most ${MAX_DEPTH} deep.`);
}

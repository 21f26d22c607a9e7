import { between, toggled } from '../select/selection.rules.ts';
import { Store } from './store.ts';

/** The posts that were picked for a change. It survives scrolling and filtering, and ends with its action. */
export class Selection extends Store {
  picked: ReadonlySet<string> = new Set();
  /** A press on a card picks it, even while none is picked. */
  picking = false;
  /** Everything that the list's filter shows, also what has not been read yet. */
  everything = false;
  #anchor = '';

  get size(): number {
    return this.picked.size;
  }

  get active(): boolean {
    return this.picking || this.picked.size > 0;
  }

  has(id: string): boolean {
    return this.everything || this.picked.has(id);
  }

  toggle(id: string): void {
    this.#anchor = id;
    this.#set(toggled(this.picked, id));
  }

  /** Adds all posts between the one pressed last and this one. */
  extend(order: readonly string[], id: string): void {
    this.#set(new Set([...this.picked, ...between(order, this.#anchor, id)]));
    if (!this.#anchor) this.#anchor = id;
  }

  add(id: string): void {
    if (this.has(id)) return;
    this.#anchor = id;
    this.#set(new Set([...this.picked, id]));
  }

  /** Lets go of all others; "everything" stays what it is. */
  only(ids: readonly string[]): void {
    if (!this.everything) this.#set(new Set(ids));
  }

  /** Lets go of these; with the last one, picking ends. */
  without(ids: readonly string[]): void {
    const left = new Set(this.picked);
    for (const id of ids) left.delete(id);
    if (left.size === 0) this.clear();
    else this.#set(left);
  }

  /** All that is loaded; with `everything`, all that the filter shows. */
  all(ids: readonly string[], everything = false): void {
    this.#set(new Set(ids));
    this.everything = everything;
    this.changed();
  }

  start(): void {
    this.picking = true;
    this.changed();
  }

  clear(): void {
    if (!this.active) return;
    this.picking = false;
    this.#anchor = '';
    this.#set(new Set());
  }

  #set(picked: ReadonlySet<string>): void {
    this.picked = picked;
    this.everything = false;
    this.changed();
  }
}

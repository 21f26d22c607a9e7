import type { LitElement, ReactiveController } from 'lit';
import { deepActive } from '../elements/focus.ts';

/** Where the focus goes when its row has gone: the same row elsewhere, else the first one after it that is still there. */
export function nextRow(focused: string, before: readonly string[], now: ReadonlySet<string>): string | undefined {
  return before.slice(before.indexOf(focused)).find((id) => now.has(id));
}

/** Keeps the focus in a list whose rows come, go and move. Rows are `[data-row]`, each with one element that can be focused. */
export class RowFocus implements ReactiveController {
  readonly #host: LitElement;
  #focused: { readonly row: HTMLElement; readonly ids: readonly string[] } | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const rows = this.#rows();
    const row = rows.find((each) => each.matches(':focus-within'));
    this.#focused = row && { row, ids: rows.map(idOf) };
  }

  hostUpdated(): void {
    const focused = this.#focused;
    if (focused && !focused.row.matches(':focus-within') && !focused.row.isConnected)
      void this.#restore(idOf(focused.row), focused.ids);
  }

  async #restore(id: string, before: readonly string[]): Promise<void> {
    const rows = this.#rows();
    const next = nextRow(id, before, new Set(rows.map(idOf)));
    const job = rows.find((row) => idOf(row) === next)?.querySelector<LitElement>('mf-job, mf-list-job');
    await job?.updateComplete;
    // Somebody may have gone on meanwhile.
    if (deepActive()) return;
    (job ?? this.#host.renderRoot.querySelector('h1'))?.focus();
  }

  /** The host may not have been drawn yet. */
  #rows(): HTMLElement[] {
    return [...(this.#host.shadowRoot?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  }
}

const idOf = ({ dataset }: HTMLElement): string => dataset['row'] ?? '';

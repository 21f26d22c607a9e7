import { Store } from './store.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'plain';
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Stays until it is dropped. */
  readonly sticky?: boolean;
}

const AT_MOST = 3;
const STAYS = 6000;

/** Short messages at the foot of the page; the polite voice of the app as well. */
export class Toasts extends Store {
  list: readonly Toast[] = [];
  /** What a screen reader is told politely. */
  spoken = '';
  #next = 1;

  /** @returns the way to drop it */
  show(toast: Omit<Toast, 'id'>): () => void {
    const id = this.#next++;
    this.list = [...this.list, { ...toast, id }].slice(-AT_MOST);
    this.changed();
    if (!toast.sticky) setTimeout(() => this.drop(id), toast.action ? STAYS * 1.5 : STAYS);
    return () => this.drop(id);
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
    this.changed();
  }

  /** Says it without showing it. */
  say(text: string): void {
    this.spoken = text;
    this.changed();
  }
}

import { isPlainKey } from '../elements/focus.ts';
import type { Selection } from '../state/selection.ts';
import { nextByPlace } from './next-by-place.ts';

interface Parts {
  /** Those that are in the page. */
  readonly cards: () => readonly HTMLElement[];
  /** Ids of the posts in their order. */
  readonly order: () => readonly string[];
  readonly selection: () => Selection | undefined;
  /** Wants posts put into folders. */
  readonly file: (ids: readonly string[]) => void;
}

/** What keys do on the wall: arrows lead by place, with Shift they pick; Space and X pick, A files. */
export function wallKeys(parts: Parts): (event: KeyboardEvent) => void {
  return (event) => {
    const from = event.target;
    if (!(from instanceof HTMLElement) || !isPlainKey(event)) return;
    const id = from.dataset['post'];
    if (id !== undefined && pickByKey(event, id, parts)) {
      event.preventDefault();
      return;
    }
    const target = nextByPlace(event.key, from, parts.cards());
    if (!target) return;
    event.preventDefault();
    const selection = parts.selection();
    if (event.shiftKey && id !== undefined) selection?.add(id);
    const next = target.dataset['post'];
    if (event.shiftKey && next !== undefined) selection?.extend(parts.order(), next);
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: 'nearest' });
  };
}

/** @returns whether the key was one of these */
function pickByKey(event: KeyboardEvent, id: string, parts: Parts): boolean {
  const selection = parts.selection();
  const [target] = event.composedPath();
  if (!selection || (target instanceof Element && target.matches('button'))) return false;
  const key = event.key.toLowerCase();
  if (key === ' ' || key === 'x') selection.toggle(id);
  else if (key === 'a') parts.file(selection.size > 0 ? [...selection.picked] : [id]);
  else return false;
  return true;
}

/** Posts that a finger let go over a folder. */
export interface DroppedPosts {
  readonly folderId: string;
  readonly ids: readonly string[];
}

/** Marks what takes posts; its value is the folder's id. */
const TARGET = 'data-drop-folder';
/** It is under the finger. */
const OVER = 'data-drop-over';

/** Folders under a finger that carries posts: browsers drag nothing by touch themselves. */
export class TouchDrop {
  #over: HTMLElement | undefined;

  /** @returns whether a folder is there */
  move(x: number, y: number): boolean {
    const found = targetAt(x, y);
    if (found !== this.#over) {
      this.#over?.removeAttribute(OVER);
      found?.setAttribute(OVER, '');
      this.#over = found;
    }
    return found !== undefined;
  }

  /** A folder is under the finger. */
  get isOver(): boolean {
    return this.#over !== undefined;
  }

  /** Lets go: the folder there fires `mf-drop-posts`, if there is one. */
  drop(ids: readonly string[]): void {
    const target = this.#over;
    const folderId = target?.getAttribute(TARGET);
    this.leave();
    if (!target || folderId === null || folderId === undefined || ids.length === 0) return;
    const detail: DroppedPosts = { folderId, ids };
    target.dispatchEvent(new CustomEvent('mf-drop-posts', { detail, bubbles: true, composed: true }));
  }

  leave(): void {
    this.#over?.removeAttribute(OVER);
    this.#over = undefined;
  }
}

/** The innermost target at a point, whatever shadow it is in. */
function targetAt(x: number, y: number): HTMLElement | undefined {
  let at = document.elementFromPoint(x, y);
  for (let inner = at?.shadowRoot?.elementFromPoint(x, y); inner && inner !== at;) {
    at = inner;
    inner = at.shadowRoot?.elementFromPoint(x, y);
  }
  for (let node = at; node; node = node.parentElement ?? hostOf(node))
    if (node instanceof HTMLElement && node.hasAttribute(TARGET)) return node;
  return undefined;
}

function hostOf(node: Element): Element | null {
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

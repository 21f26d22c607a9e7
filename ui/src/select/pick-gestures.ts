import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Selection } from '../state/selection.ts';
import { TouchDrop } from './touch-drop.ts';

/** Milliseconds of rest that pick the card under a finger. */
const HOLD = 450;
/** CSS pixels that a resting finger may move. */
const REST = 10;
/** From the edge of the screen, a drag over cards scrolls. CSS pixels. */
const EDGE = 80;

interface Parts {
  readonly selection: () => Selection | undefined;
  /** The post whose card is there. */
  readonly postAt: (node: EventTarget | Element | null | undefined) => string | undefined;
  /** Ids in their order. */
  readonly order: () => readonly string[];
}

/** Picks cards by press, Shift and press, holding a finger, and by drawing over several; a finger takes them to a folder. */
export class PickGestures implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #parts: Parts;
  readonly #drop = new TouchDrop();
  #listening: AbortController | undefined;
  #hold: ReturnType<typeof setTimeout> | undefined;
  #from: { x: number; y: number; id: string } | undefined;
  #drawing = false;
  /** What a finger took up: it files these, not what it crosses on the way. */
  #carried: readonly string[] = [];
  #swallow = false;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: Parts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const host = this.#host;
    host.addEventListener('click', (event) => this.#onClick(event), { signal, capture: true });
    host.addEventListener('pointerdown', (event) => this.#onDown(event), { signal });
    host.addEventListener('pointermove', (event) => this.#onMove(event), { signal });
    // Scrolling is given up only while cards are being drawn over.
    host.addEventListener('touchmove', (event) => this.#drawing && event.preventDefault(), { signal, passive: false });
    host.addEventListener('contextmenu', (event) => this.#drawing && event.preventDefault(), { signal });
    window.addEventListener('pointerup', () => this.#letGo(), { signal });
    window.addEventListener('pointercancel', () => this.#end(), { signal });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#end();
  }

  #onClick(event: MouseEvent): void {
    const selection = this.#parts.selection();
    const id = cardOf(event, this.#parts.postAt);
    const swallow = this.#swallow;
    this.#swallow = false;
    if (!selection || id === undefined) return;
    const onPick = isOn(event, '.pick');
    const onOther = !onPick && isOn(event, 'button');
    if (onOther || !(swallow || onPick || event.shiftKey || selection.active)) return;
    event.preventDefault();
    event.stopPropagation();
    if (swallow) return;
    if (event.shiftKey) selection.extend(this.#parts.order(), id);
    else selection.toggle(id);
  }

  #onDown(event: PointerEvent): void {
    this.#swallow = false;
    const id = cardOf(event, this.#parts.postAt);
    if (id === undefined || event.button !== 0 || event.shiftKey) return;
    this.#from = { x: event.clientX, y: event.clientY, id };
    if (event.pointerType === 'mouse') return;
    this.#hold = setTimeout(() => this.#begin(id), HOLD);
  }

  #begin(id: string): void {
    this.#drawing = this.#swallow = true;
    const selection = this.#parts.selection();
    selection?.add(id);
    this.#carried = [...(selection?.picked ?? [])];
    if ('vibrate' in navigator) navigator.vibrate(10);
  }

  #onMove(event: PointerEvent): void {
    const from = this.#from;
    if (!from) return;
    const far = Math.hypot(event.clientX - from.x, event.clientY - from.y) > REST;
    if (!this.#drawing) {
      if (!far) return;
      clearTimeout(this.#hold);
      // A mouse draws from a tick; elsewhere it drags the card.
      if (event.pointerType !== 'mouse' || !isOn(event, '.pick')) return void (this.#from = undefined);
      this.#begin(from.id);
    }
    if (event.pointerType !== 'mouse' && this.#drop.move(event.clientX, event.clientY)) return;
    if (event.clientY < EDGE) window.scrollBy(0, -12);
    else if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, 12);
    const id = this.#parts.postAt(deepAt(event.clientX, event.clientY));
    if (id !== undefined) this.#parts.selection()?.add(id);
  }

  #letGo(): void {
    if (this.#drawing && this.#drop.isOver) {
      this.#parts.selection()?.only(this.#carried);
      this.#drop.drop(this.#carried);
    }
    this.#end();
  }

  #end(): void {
    clearTimeout(this.#hold);
    this.#drop.leave();
    this.#from = undefined;
    this.#drawing = false;
    this.#carried = [];
  }
}

const isOn = (event: Event, selector: string): boolean =>
  event.composedPath().some((node) => node instanceof Element && node.matches(selector));

function cardOf(event: Event, postAt: Parts['postAt']): string | undefined {
  for (const node of event.composedPath()) {
    const id = postAt(node);
    if (id !== undefined) return id;
  }
  return undefined;
}

/** The innermost element at a point that is not in a shadow of a card: the card itself. */
function deepAt(x: number, y: number): Element | undefined {
  let at = document.elementFromPoint(x, y);
  while (at?.shadowRoot && at.localName !== 'mf-card') {
    const inner = at.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === at) break;
    at = inner;
  }
  return at?.closest('mf-card') ?? undefined;
}

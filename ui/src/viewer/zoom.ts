import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { CLOSE, panBy, WHOLE, zoomAt } from './zoom.rules.ts';
import type { Point, Size, Zoom } from './zoom.rules.ts';

/** How much one notch of a wheel, or one press of a key, zooms. */
const WHEEL = 0.0022;
const STEP = 1.4;
const LINE = 16;

/** Zooms what a host shows, by pinch, wheel, double press and drag. Its buttons and keys call `by` and `pan`. */
export class ZoomController implements ReactiveController {
  zoom: Zoom = WHOLE;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #target: () => HTMLElement | null;
  readonly #pointers = new Map<number, Point>();
  #listening: AbortController | undefined;

  /** @param target - what is zoomed; nothing while there is nothing to zoom */
  constructor(host: ReactiveControllerHost & HTMLElement, target: () => HTMLElement | null) {
    this.#host = host;
    this.#target = target;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const host = this.#host;
    host.addEventListener('wheel', (event) => this.#onWheel(event), { signal, passive: false });
    host.addEventListener('dblclick', (event) => this.#onDouble(event), { signal });
    host.addEventListener('pointerdown', (event) => this.#onDown(event), { signal });
    window.addEventListener('pointermove', (event) => this.#onMove(event), { signal });
    for (const type of ['pointerup', 'pointercancel'] as const)
      window.addEventListener(type, (event) => this.#pointers.delete(event.pointerId), { signal });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#pointers.clear();
    this.zoom = WHOLE;
  }

  get zoomed(): boolean {
    return this.zoom.scale > 1;
  }

  reset(): void {
    this.#pointers.clear();
    this.#set(WHOLE);
  }

  /** One step nearer or further, towards the middle. */
  by(step: 1 | -1): void {
    this.#zoomBy(step === 1 ? STEP : 1 / STEP, { x: 0, y: 0 });
  }

  /** The whole picture, or near; what a double press does. */
  toggle(at: Point = { x: 0, y: 0 }): void {
    if (this.zoomed) this.reset();
    else this.#zoomBy(CLOSE, at);
  }

  /** Moves what is seen, by CSS pixels. */
  pan(by: Point): void {
    const picture = this.#picture;
    if (picture && this.zoomed) this.#set(panBy(this.zoom, by, picture, this.#frame));
  }

  #zoomBy(factor: number, at: Point): void {
    const picture = this.#picture;
    if (picture) this.#set(zoomAt(this.zoom, factor, at, picture, this.#frame));
  }

  #set(zoom: Zoom): void {
    this.zoom = zoom;
    this.#host.requestUpdate();
  }

  get #picture(): Size | undefined {
    const target = this.#target();
    return target ? { width: target.offsetWidth, height: target.offsetHeight } : undefined;
  }

  get #frame(): Size {
    return { width: this.#host.clientWidth, height: this.#host.clientHeight };
  }

  /** As seen from the frame's middle. */
  #at({ clientX, clientY }: { clientX: number; clientY: number }): Point {
    const { left, top, width, height } = this.#host.getBoundingClientRect();
    return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
  }

  #onWheel(event: WheelEvent): void {
    if (!this.#target()) return;
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE : event.deltaY;
    // A pinch on a touch pad comes as a small turn of the wheel with Ctrl.
    this.#zoomBy(Math.exp(-pixels * WHEEL * (event.ctrlKey ? 5 : 1)), this.#at(event));
  }

  #onDouble(event: MouseEvent): void {
    if (!this.#target()) return;
    event.preventDefault();
    this.toggle(this.#at(event));
  }

  #onDown(event: PointerEvent): void {
    if (!this.#target() || event.button !== 0) return;
    if (event.pointerType === 'mouse') event.preventDefault(); // Else the picture itself is dragged.
    this.#pointers.set(event.pointerId, this.#at(event));
  }

  #onMove(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const now = this.#at(event);
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.#pointers.set(event.pointerId, now);
    if (!other) {
      this.pan({ x: now.x - before.x, y: now.y - before.y });
      return;
    }
    const [apart, were] = [distance(now, other), distance(before, other)];
    if (were > 0) this.#zoomBy(apart / were, middle(now, other));
    this.pan({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 });
  }
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

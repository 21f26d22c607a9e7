import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { axisOf, HOLD_MS, isPair, isStill, swipeOf } from './gesture.rules.ts';
import type { Spot, Swipe } from './gesture.rules.ts';

/** What one finger does in the viewer. Every gesture has a button or a key twin. */
export interface Gestures {
  readonly swipe: (swipe: Swipe) => void;
  /** The finger goes, and what is shown with it; undefined: it has let go. */
  readonly drag: (drag: Drag | undefined) => void;
  /** The second tap of a pair, and each that follows at once. @param count - 1 for the second */
  readonly tap: (at: Spot, count: number) => void;
  /** The finger rests. @returns whether that means anything; if not, it may still go somewhere */
  readonly hold: () => boolean;
  readonly release: () => void;
}

export interface Drag {
  /** CSS pixels, along the axis the drag keeps to. */
  readonly x: number;
  readonly y: number;
  /** What letting go now would do. */
  readonly swipe: Swipe | undefined;
}

/** Taps and holds are meant for what is shown. */
const SHOWN = 'mf-stage';
const STAGE = '.stage';
/** What has a use of its own for a finger. */
const OWN = 'media-time-range, mf-film, mf-dialog, .ctl, [zoomed]';
const PRESSED = 'button, a, input, media-play-button, media-mute-button, media-playback-rate-button';
/** Spots that are kept of a way, its start aside: those of the last moments tell a flick. */
const KEPT = 24;

/**
 * Tells apart what one finger does: taps, rests, flicks and drags. Each press is one of them and never two; a second
 * finger ends it, for then it is a pinch.
 */
export class GestureController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #gestures: Gestures;
  readonly #fingers = new Set<number>();
  #press: Press | undefined;
  /** The tap before, and how many belong to it. */
  #taps: { readonly last: Spot; readonly count: number } | undefined;
  #listening: AbortController | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, gestures: Gestures) {
    this.#host = host;
    this.#gestures = gestures;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const touch = (listener: (event: PointerEvent) => void) => (event: PointerEvent) => {
      if (event.pointerType === 'touch') listener(event);
    };
    this.#host.addEventListener('pointerdown', touch(this.#onDown), { signal });
    // What was touched may be gone before the finger is lifted.
    window.addEventListener('pointermove', touch(this.#onMove), { signal });
    window.addEventListener('pointerup', touch(this.#onUp), { signal });
    window.addEventListener('pointercancel', touch(this.#onCancel), { signal });
    this.#host.addEventListener('contextmenu', this.#onMenu, { signal });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#give();
    this.#fingers.clear();
    this.#taps = undefined;
  }

  readonly #onDown = (event: PointerEvent): void => {
    this.#fingers.add(event.pointerId);
    this.#give();
    const path = event.composedPath().filter((node) => node instanceof Element);
    const within = (selector: string): boolean => path.some((element) => element.matches(selector));
    if (this.#fingers.size > 1 || !within(STAGE) || within(OWN)) {
      this.#taps = undefined;
      return;
    }
    const rests = within(SHOWN) && !within(PRESSED);
    this.#press = new Press(event.pointerId, spotOf(event), rests);
    if (rests) this.#press.wait(() => this.#gestures.hold());
  };

  readonly #onMove = (event: PointerEvent): void => {
    const press = this.#press;
    if (press?.id !== event.pointerId || !press.move(spotOf(event))) return;
    this.#taps = undefined;
    this.#gestures.drag(press.drag);
  };

  readonly #onUp = (event: PointerEvent): void => {
    this.#fingers.delete(event.pointerId);
    const press = this.#press;
    if (press?.id !== event.pointerId) return;
    const spot = spotOf(event);
    press.move(spot);
    const { dragging } = press;
    this.#give();
    if (dragging) {
      const swipe = swipeOf(press.way);
      if (swipe) this.#gestures.swipe(swipe);
    } else if (press.rests && spot.at - press.start.at < HOLD_MS) this.#tap(spot);
  };

  readonly #onCancel = (event: PointerEvent): void => {
    this.#fingers.delete(event.pointerId);
    if (this.#press?.id === event.pointerId) this.#give();
  };

  /** A finger that holds is not asked what it wants. */
  readonly #onMenu = (event: Event): void => {
    if (this.#press?.held) event.preventDefault();
  };

  #tap(spot: Spot): void {
    const count = isPair(this.#taps?.last, spot) ? (this.#taps?.count ?? 0) + 1 : 0;
    this.#taps = { last: spot, count };
    if (count > 0) this.#gestures.tap(spot, count);
  }

  /** Ends what the finger was at. */
  #give(): void {
    const press = this.#press;
    this.#press = undefined;
    press?.end();
    if (press?.held) this.#gestures.release();
    if (press?.dragging) this.#gestures.drag(undefined);
  }
}

/** One finger, from its coming to its going. */
class Press {
  readonly id: number;
  readonly start: Spot;
  /** It may tap or hold. */
  readonly rests: boolean;
  held = false;
  #way: Spot[];
  #axis: 'x' | 'y' | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(id: number, start: Spot, rests: boolean) {
    this.id = id;
    this.start = start;
    this.rests = rests;
    this.#way = [start];
  }

  get way(): readonly Spot[] {
    return this.#way;
  }

  get dragging(): boolean {
    return this.#axis !== undefined;
  }

  get drag(): Drag {
    const to = this.#way.at(-1) ?? this.start;
    return {
      x: this.#axis === 'x' ? to.x - this.start.x : 0,
      y: this.#axis === 'y' ? to.y - this.start.y : 0,
      swipe: swipeOf(this.#way),
    };
  }

  wait(onHold: () => boolean): void {
    this.#timer = setTimeout(() => (this.held = onHold()), HOLD_MS);
  }

  /** @returns whether it drags */
  move(spot: Spot): boolean {
    if (this.held) return false;
    this.#way = [this.start, ...this.#way.slice(1).slice(-KEPT), spot];
    if (!this.#axis && !isStill(this.start, spot)) {
      this.#axis = axisOf(this.start, spot);
      this.end();
    }
    return this.dragging;
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** The time is the finger's, not that at which a busy page hears of it. */
const spotOf = ({ clientX, clientY, timeStamp }: PointerEvent): Spot => ({ x: clientX, y: clientY, at: timeStamp });

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isPlainKey, isTyping } from '../elements/focus.ts';

/** What keys do in the viewer. */
export interface ViewerKeys {
  readonly close: () => void;
  /** Shows the whole of a zoomed picture. @returns whether it was zoomed */
  readonly whole: () => boolean;
  /** Moves a zoomed picture. @returns whether it is zoomed */
  readonly pan: (x: number, y: number) => boolean;
  readonly zoom: (step: 1 | -1) => void;
  readonly item: (step: 1 | -1) => void;
  readonly post: (step: 1 | -1) => void;
  readonly play: () => void;
  readonly seek: (seconds: number) => void;
  readonly frame: (step: 1 | -1) => void;
  readonly mute: () => void;
  readonly fullscreen: () => void;
  readonly pictureInPicture: () => void;
  readonly details: () => void;
  readonly download: () => void;
  readonly remove: () => void;
  readonly folders: () => void;
  readonly tags: () => void;
  readonly words: () => void;
}

/** Seconds. */
const JUMP = 5;
/** CSS pixels. */
const PAN = 90;

/** Listens while the viewer is open; what has the focus keeps its own keys. */
export class ViewerKeysController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #keys: ViewerKeys;

  constructor(host: ReactiveControllerHost & HTMLElement, keys: ViewerKeys) {
    this.#host = host;
    this.#keys = keys;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.#onKey);
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.#onKey);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || !isPlainKey(event) || isTyping(event)) return;
    const action = this.#actionOf(event);
    if (!action) return;
    event.preventDefault();
    action();
  };

  #actionOf(event: KeyboardEvent): (() => void) | undefined {
    const keys = this.#keys;
    const forward = this.#host.matches(':dir(rtl)') ? -1 : 1;
    const onSlider = holds(event, 'media-time-range');
    const onButton = holds(
      event,
      'button, a, media-play-button, media-mute-button, media-playback-rate-button, media-fullscreen-button',
    );
    switch (event.key.toLowerCase()) {
      case 'escape':
        return document.fullscreenElement
          ? undefined
          : () => {
              if (!keys.whole()) keys.close();
            };
      case 'arrowright':
        return onSlider
          ? undefined
          : () => {
              if (!keys.pan(-PAN, 0)) keys.item(forward);
            };
      case 'arrowleft':
        return onSlider
          ? undefined
          : () => {
              if (!keys.pan(PAN, 0)) keys.item(forward === 1 ? -1 : 1);
            };
      case 'arrowdown':
        return onSlider
          ? undefined
          : () => {
              if (!keys.pan(0, -PAN)) keys.post(1);
            };
      case 'arrowup':
        return onSlider
          ? undefined
          : () => {
              if (!keys.pan(0, PAN)) keys.post(-1);
            };
      case '+':
      case '=':
        return () => keys.zoom(1);
      case '-':
        return () => keys.zoom(-1);
      case '0':
        return () => void keys.whole();
      case ' ':
        return onButton ? undefined : keys.play;
      case 'k':
        return keys.play;
      case 'j':
        return () => keys.seek(-JUMP);
      case 'l':
        return () => keys.seek(JUMP);
      case ',':
        return () => keys.frame(-1);
      case '.':
        return () => keys.frame(1);
      case 'm':
        return keys.mute;
      case 'f':
        return keys.fullscreen;
      case 'p':
        return keys.pictureInPicture;
      case 'i':
        return keys.details;
      case 'd':
        return keys.download;
      case 'a':
        return keys.folders;
      case 't':
        return keys.tags;
      case 'n':
        return keys.words;
      case 'delete':
        return keys.remove;
      default:
        return undefined;
    }
  }
}

const holds = (event: Event, selector: string): boolean =>
  event.composedPath().some((node) => node instanceof Element && node.matches(selector));

import type { ReactiveControllerHost } from 'lit';
import { closesSheet, isOnHandle, parseTime } from './sheet.rules.ts';
import { TouchDrag } from './touch-drag.ts';

/** Where a dialog is a sheet from below. */
const PHONE = '(max-width: 699px)';

/** Draws a sheet down by its top: from afar, or by a flick, letting go closes it. */
export class SheetDrag {
  readonly #dialog: () => HTMLDialogElement | null | undefined;
  #sinking: Animation | undefined;

  /** @param closes - asked when it was drawn far enough: what closes it, or nothing when it stays */
  constructor(
    host: ReactiveControllerHost & HTMLElement,
    dialog: () => HTMLDialogElement | null | undefined,
    closes: () => (() => void) | undefined,
  ) {
    this.#dialog = dialog;
    new TouchDrag(host, {
      axis: 'y',
      begins: (event) => this.#holds(event),
      takes: (offset) => offset > 0,
      moved: (offset) => this.#place(`0 ${Math.max(0, offset)}px`),
      ended: (offset, speed) => {
        const close = closesSheet(offset, speed, dialog()?.offsetHeight ?? 0) ? closes() : undefined;
        if (close) void this.#sink(offset, close);
        else this.#place('');
      },
      gave: () => this.#place(''),
    });
  }

  /** The sheet is where it was. */
  restore(): void {
    this.#sinking?.cancel();
    this.#sinking = undefined;
    this.#place('');
  }

  #holds({ touches: [touch] }: TouchEvent): boolean {
    const dialog = this.#dialog();
    // What has been scrolled away is no handle.
    if (!dialog || !touch || dialog.scrollTop > 0 || !matchMedia(PHONE).matches) return false;
    return isOnHandle(touch.clientY - dialog.getBoundingClientRect().top);
  }

  /** The rest of the way down, at the pace of all sheets. */
  async #sink(offset: number, close: () => void): Promise<void> {
    const dialog = this.#dialog();
    if (!dialog) return;
    const duration = parseTime(getComputedStyle(dialog).getPropertyValue('--mf-slow')) / 2;
    const translate = [`0 ${offset}px`, '0 100%'];
    // It stays down: who closes it may need a moment.
    this.#sinking = dialog.animate({ translate }, { duration, easing: 'ease-in', fill: 'forwards', id: 'sink' });
    await this.#sinking.finished.catch(() => undefined); // It was closed meanwhile.
    if (dialog.isConnected) close();
  }

  #place(translate: string): void {
    const dialog = this.#dialog();
    dialog?.classList.toggle('drawn', translate !== '');
    if (dialog) dialog.style.translate = translate;
  }
}

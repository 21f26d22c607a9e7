import { css, html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { icon } from '../elements/icons.ts';
import { formatNumber } from '../words/format.ts';
import { t } from '../words/viewer.ts';

/** What a finger has just done to a film or a sound. */
export type Sign =
  | { readonly kind: 'back' | 'forward'; readonly seconds: number }
  /** For as long as it is held. */
  | { readonly kind: 'fast'; readonly rate: number };

/** Milliseconds that a jump is shown; its fading is a part of that. */
const SHOWN_MS = 700;

/** Shows over the picture what a finger did. Screen readers have the buttons and their names. */
export class PlayerSign implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #sign: Sign | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.hide();
  }

  show(sign: Sign): void {
    clearTimeout(this.#timer);
    this.#sign = sign;
    if (sign.kind !== 'fast') this.#timer = setTimeout(() => this.hide(), SHOWN_MS);
    this.#host.requestUpdate();
  }

  hide(): void {
    clearTimeout(this.#timer);
    if (!this.#sign) return;
    this.#sign = undefined;
    this.#host.requestUpdate();
  }

  render() {
    const sign = this.#sign;
    if (!sign) return nothing;
    if (sign.kind === 'fast')
      return html`<p class="sign fast num" aria-hidden="true">
        ${t('sign_fast', { rate: formatNumber(sign.rate) })}${icon('forward', 'sm')}
      </p>`;
    return html`<p class="sign jump ${sign.kind} num" aria-hidden="true">
      ${icon(sign.kind, 'lg')}${t('sign_seconds', { n: formatNumber(sign.seconds) })}
    </p>`;
  }
}

export const signStyles = css`
  :host {
    position: relative;
  }
  .sign {
    position: absolute;
    z-index: 2;
    display: grid;
    place-items: center;
    gap: 6px;
    border-radius: var(--mf-radius-full);
    background: var(--mf-glass);
    color: var(--mf-on-media);
    font-size: var(--mf-text-sm);
    font-weight: var(--mf-weight-strong);
    pointer-events: none;
    animation: sign var(--mf-quick) var(--mf-out);
  }
  .sign.jump {
    inset-block-start: calc(50% - 48px);
    inline-size: 96px;
    block-size: 96px;
    place-content: center;
  }
  .sign.back {
    inset-inline-start: 8%;
  }
  .sign.forward {
    inset-inline-end: 8%;
  }
  /* Time runs from right to left there. */
  .sign.jump:dir(rtl) svg {
    scale: -1 1;
  }
  .sign.fast {
    inset-block-start: 84px;
    inset-inline-start: 50%;
    grid-auto-flow: column;
    padding: 6px 14px;
    translate: -50% 0;
  }
  .sign.fast:dir(rtl) {
    translate: 50% 0;
  }
  @keyframes sign {
    from {
      opacity: 0;
      scale: 0.9;
    }
  }
`;

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Job } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import { base } from '../styles/base.ts';
import { localized, t, tn } from '../words/downloads.ts';
import { fitting, forAll, MANY } from './many.rules.ts';
import type { ManyAction } from './many.rules.ts';

/** What is done with many downloads: with all of them, or with those that were picked. */
export interface ManyWish {
  readonly action: ManyAction;
  /** Those that were picked. @default all that it fits */
  readonly ids?: readonly string[];
}

const ICONS = { pause: 'pause', resume: 'play', retry: 'retry', cancel: 'close' } as const;

/**
 * The bar over the list of downloads.
 * @fires mf-many - what is wanted (detail)
 * @fires mf-select - picking begins or ends: true or false (detail)
 */
@customElement('mf-many')
@localized()
export class MfMany extends LitElement {
  static override styles = [
    base,
    css`
      div {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: 8px;
        padding-block-end: var(--mf-4);
      }
      .end {
        margin-inline-start: auto;
      }
    `,
  ];

  @property({ attribute: false }) counts = { queued: 0, running: 0, paused: 0, failed: 0 };
  /** Those that can be picked. */
  @property({ attribute: false }) jobs: readonly Job[] = [];
  /** Ids; undefined while nobody picks. */
  @property({ attribute: false }) picked: ReadonlySet<string> | undefined;
  /** The server is at it. */
  @property({ type: Boolean }) busy = false;

  protected override render() {
    const { picked } = this;
    if (picked) {
      const jobs = this.jobs.filter(({ id }) => picked.has(id));
      return html`<div role="toolbar" aria-label=${t('many')}>
        <b class="num" role="status">${tn('many_picked', jobs.length)}</b>
        ${MANY.map((action) => {
          const ids = fitting(action, jobs);
          return this._button(action, t(action), { action, ids }, ids.length === 0);
        })}
        <button class="btn small ghost end" @click=${() => this._select(false)}>${t('many_end')}</button>
      </div>`;
    }
    const all = forAll(this.counts);
    if (all.length === 0 && this.jobs.length < 2) return nothing;
    return html`<div role="toolbar" aria-label=${t('many')}>
      ${all.map((action) => this._button(action, t(`many_all_${action as 'pause' | 'resume' | 'retry'}`), { action }))}
      <button class="btn small ghost end" @click=${() => this._select(true)}>
        ${icon('select', 'sm')}${t('many_select')}
      </button>
    </div>`;
  }

  private _button(action: ManyAction, label: string, wish: ManyWish, disabled = false) {
    return html`<button
      class="btn small"
      ?disabled=${disabled || this.busy}
      @click=${() => this.dispatchEvent(new CustomEvent<ManyWish>('mf-many', { detail: wish, bubbles: true, composed: true }))}
    >
      ${icon(ICONS[action], 'sm')}${label}
    </button>`;
  }

  private _select(on: boolean): void {
    this.dispatchEvent(new CustomEvent('mf-select', { detail: on, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-many': MfMany;
  }
}

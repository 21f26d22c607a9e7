import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { coverOf, smallestThumbnail } from '../api/media-url.ts';
import { glyph, icon } from '../elements/icons.ts';
import '../elements/mf-trip.ts';
import { base } from '../styles/base.ts';
import { errorSentence } from '../words/errors.ts';
import { formatAgo } from '../words/format.ts';
import { platformName, titleOf } from '../words/names.ts';
import { isMessageId, localized, t } from '../words/submit.ts';
import type { LinkEntry } from './link-entry.ts';
import { guessPlatform, showLink } from './links.rules.ts';
import './mf-options.ts';
import type { OptionField } from './options.rules.ts';

/**
 * One pasted link: read, ready, here already, refused in words, or failed.
 * @fires mf-choose - `{ url, chosen }` (detail): what is chosen for it now
 * @fires mf-remove - takes the link out of the dialog; detail is its address
 */
@customElement('mf-link-row')
@localized()
export class MfLinkRow extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .lk {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 12px;
        padding: 13px 12px 13px 20px;
      }
      :host(:dir(rtl)) .lk {
        padding: 13px 20px 13px 12px;
      }
      .grow {
        flex-basis: 0;
      }
      .thumb {
        inline-size: 40px;
        margin-inline-start: -4px;
      }
      .have,
      .coming,
      .twice {
        color: var(--mf-text-2);
      }
      .no {
        align-items: flex-start;
        background: var(--mf-danger-tint);
      }
      .no .strong {
        color: var(--mf-danger);
      }
      .no .why {
        font-size: var(--mf-text-sm);
        text-wrap: pretty;
      }
      mf-trip {
        margin-block-start: 8px;
        max-inline-size: 260px;
      }
      @media (max-width: 699px) {
        .lk {
          padding: 12px 4px 12px 16px;
        }
        :host(:dir(rtl)) .lk {
          padding: 12px 16px 12px 4px;
        }
        .pfb {
          inline-size: 32px;
          block-size: 32px;
        }
      }
    `,
  ];

  @property({ attribute: false }) entry: LinkEntry | undefined;
  /** Where the post that is here already can be seen. */
  @property() href = '';
  /** What can be chosen for it. */
  @property({ attribute: false }) fields: readonly OptionField[] = [];
  @state() private _open = false;
  @query('.remove') private readonly _remove: HTMLButtonElement | null | undefined;

  override focus(options?: FocusOptions): void {
    this._remove?.focus(options);
  }

  protected override render() {
    const { entry } = this;
    if (!entry) return nothing;
    const refused = entry.state === 'refused' || entry.state === 'failed';
    const platform = entry.verdict?.platform ?? guessPlatform(entry.url) ?? '';
    const existing = entry.verdict?.existing;
    const thumbnail = existing ? smallestThumbnail(coverOf(existing)) : undefined;
    return html`<div class="lk ${refused ? 'no' : entry.state}" role=${refused ? 'alert' : nothing}>
        <span class="pfb">${glyph(platform)}</span>
        ${thumbnail ? html`<img class="thumb sq" src=${thumbnail} alt="" />` : nothing}
        <div class="grow">${refused ? this._renderRefusal(entry) : this._renderFacts(entry, platform)}</div>
        ${entry.state === 'have' && this.href ? html`<a class="btn small" href=${this.href}>${t('open')}</a>` : nothing}
        ${
          this.fields.length > 0 && (entry.state === 'ready' || entry.state === 'failed')
            ? html`<button
                class="icb options"
                aria-label=${t('options')}
                title=${t('options')}
                aria-expanded=${this._open ? 'true' : 'false'}
                @click=${this._onFold}
              >
                ${icon('sliders', 'sm')}
              </button>`
            : nothing
        }
        <button
          class="icb remove"
          aria-label=${t('link_remove')}
          ?disabled=${entry.state === 'sending'}
          @click=${this._onRemove}
        >
          ${icon('close', 'sm')}
        </button>
      </div>
      ${
        this._open && this.fields.length > 0
          ? html`<mf-options
              .fields=${this.fields}
              .values=${entry.chosen ?? {}}
              @mf-option=${this._onOption}
            ></mf-options>`
          : nothing
      }`;
  }

  private _renderFacts(entry: LinkEntry, platform: string) {
    const { existing } = entry.verdict ?? {};
    const title = existing ? titleOf(existing) : '';
    const busy = entry.state === 'reading' || entry.state === 'sending';
    return html`<p class="strong clip" dir=${title ? 'auto' : 'ltr'}>
        ${title || showLink(entry.verdict?.url ?? entry.url)}
      </p>
      <p class="xs t3 clip">${this._state(entry, platform)}</p>
      ${busy ? html`<mf-trip stage="probe" status="running" indeterminate></mf-trip>` : nothing}`;
  }

  private _state(entry: LinkEntry, platform: string): string {
    const { verdict } = entry;
    switch (entry.state) {
      case 'reading':
        return t('link_reading');
      case 'sending':
        return t('link_sending');
      case 'have':
        return verdict?.existing ? t('link_have', { when: formatAgo(verdict.existing.addedAt) }) : t('have_it');
      case 'coming':
        return t('link_coming');
      case 'twice':
        return t('link_twice');
      default: {
        const kind = verdict?.kind ? t(`link_${verdict.kind}`) : t('link_later');
        const doubt = verdict?.certain === false ? ` · ${t('link_uncertain')}` : '';
        return [platformName(platform), kind].filter(Boolean).join(' · ') + doubt;
      }
    }
  }

  private _renderRefusal({ url, error }: LinkEntry) {
    const code = error?.code ?? '';
    const [head, why] = [`refused_${code}`, `refused_${code}_why`];
    const values = { host: hostOf(url) };
    return html`<p class="strong">
        ${isMessageId(head) ? t(head, values) : errorSentence({ code, message: error?.message ?? '' })}
      </p>
      ${isMessageId(why) ? html`<p class="why">${t(why, values)}</p>` : nothing}
      <p class="xs t3 mono clip" dir="ltr">${showLink(url)}</p>`;
  }

  private readonly _onFold = (): void => {
    this._open = !this._open;
  };

  private readonly _onOption = (event: CustomEvent<{ name: string; value: unknown }>): void => {
    event.stopPropagation();
    const chosen = { ...this.entry?.chosen, [event.detail.name]: event.detail.value };
    const detail = { url: this.entry?.url ?? '', chosen };
    this.dispatchEvent(new CustomEvent('mf-choose', { detail, bubbles: true, composed: true }));
  };

  private readonly _onRemove = (): void => {
    this.dispatchEvent(new CustomEvent('mf-remove', { detail: this.entry?.url ?? '', bubbles: true, composed: true }));
  };
}

function hostOf(url: string): string {
  try {
    return new URL(/^https?:/i.test(url) ? url : `https://${url}`).hostname.replace(/^www\./, '');
  } catch {
    return url.slice(0, 60);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-link-row': MfLinkRow;
  }
}

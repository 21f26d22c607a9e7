import { css, html } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { CalmElement } from '../elements/calm-element.ts';
import { glyph, icon } from '../elements/icons.ts';
import { base } from '../styles/base.ts';
import { extractLinks, guessPlatform, isOnlyLinks } from '../submit/links.rules.ts';
import { platformName } from '../words/names.ts';
import { localized, t, tn } from '../words/t.ts';

/** Milliseconds of rest before a search starts. */
const REST = 220;

/**
 * One box: text searches, a link saves.
 * @fires mf-search - the text to search for (detail), after a short rest
 * @fires mf-links - a text with links to save (detail)
 */
@customElement('mf-omnibox')
@localized()
export class MfOmnibox extends CalmElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        flex: 1;
        min-inline-size: 0;
        max-inline-size: 620px;
      }
      form {
        position: relative;
        display: flex;
        align-items: center;
        gap: 10px;
        block-size: 44px;
        padding-inline: 14px 10px;
        border-radius: var(--mf-radius-md);
        background: var(--mf-surface-2);
        box-shadow: inset 0 0 0 1px var(--mf-line-2);
        color: var(--mf-text-3);
        transition:
          box-shadow var(--mf-quick),
          background var(--mf-quick);
      }
      form:focus-within {
        background: var(--mf-surface-1);
        box-shadow: inset 0 0 0 1.5px var(--mf-signal-text);
      }
      input {
        flex: 1;
        min-inline-size: 0;
        block-size: 100%;
        padding: 0;
        border: 0;
        background: none;
        outline: none;
        box-shadow: none;
        color: var(--mf-text-1);
        font-size: var(--mf-text-md);
        appearance: none;
      }
      input::-webkit-search-cancel-button {
        display: none;
      }
      input:focus-visible {
        box-shadow: none;
      }
      input::placeholder {
        color: var(--mf-text-3);
        opacity: 1;
      }
      .icb {
        inline-size: 30px;
        block-size: 30px;
      }
      .btn {
        margin-inline-end: -3px;
      }
      @media (max-width: 699px) {
        input {
          font-size: var(--mf-text-lg);
        }
      }
    `,
  ];

  /** The search that is on. */
  @property() value = '';
  /** Name of the place that is searched; none: all. */
  @property() scope = '';
  @state() private _text = '';
  @query('input') private readonly _input: HTMLInputElement | null | undefined;
  private _timer: ReturnType<typeof setTimeout> | undefined;

  override focus(options?: FocusOptions): void {
    this._input?.focus(options);
    this._input?.select();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this._timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('value') && this.value.trim() !== this._text.trim()) this._text = this.value;
  }

  protected override render() {
    const links = isOnlyLinks(this._text) ? extractLinks(this._text) : [];
    const platform = links.map(guessPlatform).find((id) => id !== undefined);
    return html`<form role="search" @submit=${this._onSubmit}>
      ${links.length > 0 ? (platform ? glyph(platform) : icon('link')) : icon('search')}
      <input
        type="search"
        enterkeyhint=${links.length > 0 ? 'go' : 'search'}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        maxlength="4000"
        aria-label=${t('omnibox_label')}
        placeholder=${this.scope ? t('omnibox_in', { place: this.scope }) : t('omnibox')}
        .value=${this._text}
        @input=${this._onInput}
        @paste=${this._onPaste}
        @keydown=${this._onKey}
      />
      <span class="vh" role="status"
        >${platform ? t('omnibox_recognised', { platform: platformName(platform) }) : ''}</span
      >
      ${
        links.length > 0
          ? html`<button class="btn small main" type="submit">${tn('omnibox_add', links.length)}</button>`
          : this._text
            ? html`<button class="icb" type="button" aria-label=${t('clear')} @click=${this._clear}>
                ${icon('close', 'sm')}
              </button>`
            : html`<span class="kbd only-desk" title=${t('omnibox_paste_hint')}>${t('omnibox_paste_keys')}</span>`
      }
    </form>`;
  }

  private readonly _onInput = (): void => {
    this._text = this._input?.value ?? '';
    clearTimeout(this._timer);
    if (!isOnlyLinks(this._text)) this._timer = setTimeout(() => this._search(), REST);
  };

  /** A pasted text with several lines keeps all of its links: a one-line field would run them together. */
  private readonly _onPaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text') ?? '';
    if (!text.trim().includes('\n') || !isOnlyLinks(text)) return;
    event.preventDefault();
    this._save(text);
  };

  private readonly _onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (this._text) this._clear();
    else this._input?.blur();
  };

  private readonly _onSubmit = (event: Event): void => {
    event.preventDefault();
    clearTimeout(this._timer);
    if (isOnlyLinks(this._text)) this._save(this._text);
    else this._search();
  };

  private readonly _clear = (): void => {
    this._text = '';
    this._search();
    this._input?.focus();
  };

  private _search(): void {
    clearTimeout(this._timer);
    this.dispatchEvent(new CustomEvent('mf-search', { detail: this._text.trim(), bubbles: true, composed: true }));
  }

  private _save(text: string): void {
    this._text = this.value;
    this.dispatchEvent(new CustomEvent('mf-links', { detail: text, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-omnibox': MfOmnibox;
  }
}

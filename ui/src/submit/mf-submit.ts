import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { OptionsQuery } from '../api/download-documents.ts';
import { glyph, icon } from '../elements/icons.ts';
import '../elements/mf-dialog.ts';
import { apiContext, routerContext, sessionContext, toastsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { platformName, PLATFORMS } from '../words/names.ts';
import { isMessageId, localized, t, tn } from '../words/submit.ts';
import type { SubmitWishes } from '../state/downloads.ts';
import { keepLinks, takeLinks } from './kept-links.ts';
import type { Draft } from './kept-links.ts';
import { toDownload } from './link-entry.ts';
import type { LinkEntry } from './link-entry.ts';
import { LinkList } from './link-list.ts';
import { extractLinks } from './links.rules.ts';
import './mf-link-row.ts';
import type { MfLinkRow } from './mf-link-row.ts';
import './mf-submit-filing.ts';
import type { Filing } from './mf-submit-filing.ts';
import { chosenOptions, readOptionFields } from './options.rules.ts';
import type { OptionField } from './options.rules.ts';
import { submitStyles } from './submit.styles.ts';

/**
 * The dialog that saves links: what the server makes of each, then one button for all.
 * @fires mf-close
 */
@customElement('mf-submit')
@localized()
export class MfSubmit extends LitElement {
  static override styles = [base, submitStyles];

  /** Text whose links are taken in. */
  @property() text = '';
  @state() private _problem = '';
  private _filing: Filing = {};
  /** It was closed on purpose. */
  private _left = false;
  /** Schema of the options of each platform. */
  @state() private _schemas: ReadonlyMap<string, unknown> = new Map();
  @query('.pastebox input') private readonly _input: HTMLInputElement | null | undefined;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _session = new UseStore(this, sessionContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private readonly _list: LinkList = new LinkList(this);
  private readonly _asking = new AbortController();

  override disconnectedCallback(): void {
    if (!this._left) this._keep();
    super.disconnectedCallback();
    this._asking.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('text') && this.text) this._take(this.text);
  }

  protected override firstUpdated(): void {
    void this._readOptions();
    this._takeKept();
    requestAnimationFrame(() => this._input?.focus());
  }

  protected override render() {
    const { entries, sending } = this._list;
    const ready = toDownload(entries).length;
    const single = entries.length < 2;
    return html`<mf-dialog
      keeps
      .label=${t(single ? 'submit_title' : 'submit_title_many')}
      @keydown=${this._onKey}
      @mf-close=${this._onLeave}
    >
      <div class="pastebox">
        ${icon('link')}
        <input
          inputmode="url"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          aria-label=${t(entries.length > 0 ? 'submit_another_label' : 'submit_link')}
          placeholder=${t(entries.length > 0 ? 'submit_another' : 'submit_paste')}
          @paste=${this._onPaste}
          @input=${() => (this._problem = '')}
        />
        ${entries.length > 1 ? html`<span class="xs t3 only-desk num">${tn('submit_count', ready, { all: entries.length })}</span>` : nothing}
        ${
          entries.length === 0 && 'clipboard' in navigator
            ? html`<button class="btn" @click=${this._readClipboard}>${icon('paste', 'sm')}${t('paste')}</button>`
            : nothing
        }
        <button class="icb" aria-label=${t('close')} title=${t('close_esc')} @click=${this._close}>
          ${icon('close', 'sm')}
        </button>
      </div>
      ${this._problem ? html`<p class="problem" role="alert">${this._problem}</p>` : nothing}
      ${entries.length === 0 ? this._renderBlank() : this._renderEntries(entries)}
      ${
        entries.length > 0
          ? html`<footer class="foot">
              <mf-submit-filing .filing=${this._filing} @mf-file=${this._onFile}></mf-submit-filing>
              <span class="end row tight">
                <span class="kbd only-desk" aria-hidden="true">${t('submit_keys')}</span>
                <button class="btn main" ?disabled=${ready === 0 || sending} @click=${this._send}>
                  ${icon('download', 'sm')}${ready === 1 || ready === 0 ? t('submit_one') : tn('submit_some', ready)}
                </button>
              </span>
            </footer>`
          : nothing
      }
    </mf-dialog>`;
  }

  private _fieldsOf({ verdict }: LinkEntry): OptionField[] {
    if (!verdict?.platform || !verdict.kind) return [];
    return readOptionFields(this._schemas.get(verdict.platform), verdict.kind);
  }

  private async _readOptions(): Promise<void> {
    await this.updateComplete;
    try {
      const data = await this._api.value?.query(OptionsQuery, {}, this._asking.signal);
      this._schemas = new Map(data?.platforms.map(({ id, options }) => [id, options]));
    } catch {
      // Links can be saved without: everything is then as it is by default.
    }
  }

  private _renderBlank() {
    return html`<div class="takes">
      <p class="sm-t t2">${t('works_with')}</p>
      <ul>
        ${PLATFORMS.map((id) => {
          const what = `takes_${id}`;
          return html`<li class="row">
            <span class="pfb">${glyph(id, 'sm')}</span><span class="strong sm-t">${platformName(id)}</span>
            <span class="t3 sm-t">${isMessageId(what) ? t(what) : nothing}</span>
          </li>`;
        })}
      </ul>
    </div>`;
  }

  private _renderEntries(entries: readonly LinkEntry[]) {
    return html`<ul @mf-remove=${(event: CustomEvent<string>) => this._drop(event.detail)} @mf-choose=${this._onChoose}>
      ${repeat(
        entries,
        (entry) => entry.url,
        (entry) => {
          const postId = entry.verdict?.existing?.id;
          const href = postId ? (this._router.value?.href({ name: 'viewer', postId, item: 1 }) ?? '') : '';
          return html`<li>
            <mf-link-row .entry=${entry} .href=${href} .fields=${this._fieldsOf(entry)}></mf-link-row>
          </li>`;
        },
      )}
    </ul>`;
  }

  private _take(text: string): void {
    this._problem = this._list.take(text);
  }

  private _takeKept(): void {
    const kept = takeLinks(this._user);
    if (!kept) return;
    this._filing = kept.filing;
    this._take([...kept.links.map(({ url }) => url), kept.typed].join('\n'));
    for (const { url, chosen } of kept.links) if (chosen) this._list.choose(url, chosen);
  }

  private readonly _send = async (): Promise<void> => {
    if (this._list.sending || this._typed() || toDownload(this._list.entries).length === 0) return;
    const user = this._user;
    const { sent, waiting, refused } = await this._list.send((entry) => this._wishesOf(entry));
    if (sent > 0) this._toasts.value?.show({ text: tn('submitted', sent), tone: 'good' });
    if (waiting > 0) this._toasts.value?.show({ text: tn('submit_waits', waiting), tone: 'warn' });
    if (refused === 0) this._close();
    else if (!this.isConnected) {
      keepLinks(user, { ...this._draft, typed: '' });
      this._toasts.value?.show({ text: tn('submit_kept', refused), tone: 'bad' });
    }
  };

  private _wishesOf(entry: LinkEntry): SubmitWishes {
    const options = chosenOptions(this._fieldsOf(entry), entry.chosen ?? {});
    return { ...(Object.keys(options).length > 0 && { options }), ...this._filing };
  }

  private readonly _onFile = (event: CustomEvent<Filing>): void => {
    this._filing = event.detail;
  };

  private readonly _onChoose = (event: CustomEvent<{ url: string; chosen: LinkEntry['chosen'] }>): void => {
    const { url, chosen } = event.detail;
    if (chosen) this._list.choose(url, chosen);
  };

  /** Takes in what is in the box. @returns whether there was something */
  private _typed(): boolean {
    const text = this._input?.value.trim() ?? '';
    if (!text || !this._input) return false;
    this._take(text);
    this._input.value = '';
    return true;
  }

  private readonly _onPaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text') ?? '';
    if (extractLinks(text).length === 0) return;
    event.preventDefault();
    this._take(text);
  };

  private readonly _readClipboard = async (): Promise<void> => {
    try {
      this._take(await navigator.clipboard.readText());
    } catch {
      this._problem = t('paste_denied');
    }
    this._input?.focus();
  };

  private readonly _onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      this._typed();
      void this._send();
    } else if (event.key === 'Enter' && event.composedPath()[0] === this._input) {
      if (!this._typed()) void this._send();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this._walk(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Delete' && event.composedPath()[0] !== this._input) {
      const row = event
        .composedPath()
        .find((node): node is MfLinkRow => node instanceof HTMLElement && node.matches('mf-link-row'));
      if (row?.entry) this._drop(row.entry.url);
    } else return;
    event.preventDefault();
  };

  private _walk(step: 1 | -1): void {
    const rows = [...this.renderRoot.querySelectorAll('mf-link-row')];
    const at = rows.findIndex((row) => row.matches(':focus-within') || this.shadowRoot?.activeElement === row);
    const next = rows[at + step];
    if (next) next.focus();
    else if (step === -1) this._input?.focus();
  }

  private _drop(url: string): void {
    this._list.drop(url);
    if (this._list.entries.length === 0) this._input?.focus();
  }

  private get _user(): string {
    return this._session.value?.user?.id ?? '';
  }

  /** For the next time: it may go by mistake, as by the phone's Back. What is sent off goes on by itself. */
  private _keep(): void {
    keepLinks(this._user, { ...this._draft, ...(this._list.sending && { links: [] }) });
  }

  private get _draft(): Draft {
    return { links: this._list.entries, typed: this._input?.value ?? '', filing: this._filing };
  }

  private readonly _onLeave = (event: CustomEvent<{ careless: boolean }>): void => {
    this._left = !event.detail.careless;
  };

  private readonly _close = (): void => {
    this._left = true;
    this.dispatchEvent(new CustomEvent('mf-close', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-submit': MfSubmit;
  }
}

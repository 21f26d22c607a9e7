import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ChangePluginSettingsMutation, PluginSettingsQuery } from '../api/settings-documents.ts';
import { Busy } from '../elements/busy.ts';
import '../elements/mf-dialog.ts';
import { renderProblem } from '../elements/problem.ts';
import { askStyles } from '../library/ask.styles.ts';
import { apiContext, toastsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { isMessageId, localized, t } from '../words/settings.ts';
import { fieldsOf, readField } from './schema-form.rules.ts';
import type { FormField } from './schema-form.rules.ts';
import { switchStyles } from './switch.styles.ts';

type Values = Record<string, unknown>;

/**
 * What an admin can set for a plugin, drawn from its JSON Schema. The server has the last word on what fits.
 * @fires mf-close
 */
@customElement('mf-plugin-options')
@localized()
export class MfPluginOptions extends LitElement {
  static override styles = [
    base,
    fields,
    askStyles,
    switchStyles,
    css`
      select {
        flex: 1;
        min-inline-size: 0;
        block-size: 100%;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
      }
      option {
        background: var(--mf-surface-2);
      }
      .line {
        display: flex;
        align-items: center;
        gap: 14px;
      }
      @media (max-width: 699px) {
        select {
          font-size: var(--mf-text-lg);
        }
      }
    `,
  ];

  @property() plugin = '';
  @property() name = '';
  @state() private _changed: Values = {};
  private readonly _api = new UseValue(this, apiContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private readonly _busy = new Busy(this);
  private readonly _read = new Task(this, {
    task: async ([api, id], { signal }) =>
      api && id ? (await api.query(PluginSettingsQuery, { id }, signal)).pluginSettings : undefined,
    args: () => [this._api.value, this.plugin] as const,
  });

  protected override render() {
    const title = t('plugin_options_title', { name: this.name });
    const known = this._read.value;
    return html`<mf-dialog size="s" middle .label=${title}>
      <form novalidate @submit=${this._onSubmit}>
        <div class="dlg">
          <h2>${title}</h2>
          ${
            known
              ? fieldsOf(known.schema).map((field) => this._renderField(field, known.values as Values, known.secrets)) // By the plugin's own schema.
              : html`<p class="t2" role="status">
                  ${t(this._read.error ? 'plugin_options_failed' : 'plugin_options_loading')}
                </p>`
          }
          ${renderProblem(this._busy.problem)}
        </div>
        <div class="foot">
          <button class="btn ghost" type="button" @click=${this._close}>${t('cancel')}</button>
          <button class="btn main" ?disabled=${this._busy.on || !known}>${t('plugin_save')}</button>
        </div>
      </form>
    </mf-dialog>`;
  }

  private _renderField(field: FormField, values: Values, secrets: readonly string[]) {
    const { name, kind } = field;
    const id = `field-${name}`;
    const value = Object.hasOwn(this._changed, name) ? this._changed[name] : values[name];
    const words = this._wordsOf(field);
    const hint = kind === 'secret' && secrets.includes(name) ? t('plugin_secret_set') : words.hint;
    if (kind === 'switch')
      return html`<div class="line">
        <div class="grow">
          <p class="strong sm-t" id=${id}>${words.title}</p>
          <p class="xs t3">${hint}</p>
        </div>
        <button
          class="switch"
          type="button"
          role="switch"
          aria-checked=${value === true ? 'true' : 'false'}
          aria-labelledby=${id}
          @click=${() => this._set(name, value !== true)}
        ></button>
      </div>`;
    const on = (event: Event): void => {
      const target = event.target;
      if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement)
        this._set(name, readField(field, target.value));
    };
    const control =
      kind === 'choice'
        ? html`<select id=${id} @change=${on}>
            ${field.choices.map(
              (choice, index) => html`<option value=${index} ?selected=${choice === value}>${String(choice)}</option>`,
            )}
          </select>`
        : html`<input
            id=${id}
            type=${kind === 'secret' ? 'password' : 'text'}
            inputmode=${kind === 'number' ? 'decimal' : nothing}
            autocomplete="off"
            spellcheck="false"
            .value=${kind === 'secret' ? '' : textOf(value)}
            @change=${on}
          />`;
    return html`<div class="field">
      <label for=${id}>${words.title}</label>
      <span class="input">${control}</span>
      <p class="hint">${hint}</p>
    </div>`;
  }

  /** The official plugins' words are in both languages; others speak for themselves. */
  private _wordsOf({ name, title, hint }: FormField): { title: string; hint: string } {
    const [id, hintId] = [`plugin_${this.plugin}_${name}`, `plugin_${this.plugin}_${name}_hint`];
    return { title: isMessageId(id) ? t(id) : title, hint: isMessageId(hintId) ? t(hintId) : hint };
  }

  private _set(name: string, value: unknown): void {
    this._changed = { ...this._changed, [name]: value };
  }

  private readonly _onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const api = this._api.value;
    const known = this._read.value;
    if (!api || !known) return;
    const merged = { ...(known.values as Values), ...this._changed }; // By the plugin's own schema.
    const values = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
    const done = await this._busy.run(async () => api.query(ChangePluginSettingsMutation, { id: this.plugin, values }));
    if (!done) return;
    this._toasts.value?.show({ text: t('limit_saved'), tone: 'good' });
    this._close();
  };

  private readonly _close = (): void => {
    this.dispatchEvent(new CustomEvent('mf-close', { bubbles: true, composed: true }));
  };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

declare global {
  interface HTMLElementTagNameMap {
    'mf-plugin-options': MfPluginOptions;
  }
}

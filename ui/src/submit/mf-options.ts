import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/base.ts';
import { fields as fieldStyles } from '../styles/fields.ts';
import { isMessageId, localized, t } from '../words/submit.ts';
import type { OptionField } from './options.rules.ts';

/**
 * What can be chosen for a download, drawn from its connector's schema.
 * @fires mf-option - `{ name, value }` (detail); `undefined` for what is left to the plugin
 */
@customElement('mf-options')
@localized()
export class MfOptions extends LitElement {
  static override styles = [
    base,
    fieldStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(210px, 1fr));
        gap: 12px 20px;
        padding: 4px 20px 16px;
      }
      label {
        display: grid;
        gap: 5px;
        align-content: start;
        font-size: var(--mf-text-sm);
      }
      .switch-row {
        grid-template-columns: 1fr auto;
        align-items: center;
      }
      .hint {
        color: var(--mf-text-3);
        font-size: var(--mf-text-xs);
        text-wrap: pretty;
      }
      select,
      input:not([type='checkbox']) {
        inline-size: 100%;
        min-block-size: 40px;
        padding: 6px 10px;
        border: 1px solid var(--mf-line-2);
        border-radius: var(--mf-radius-md);
        background: var(--mf-surface-2);
        color: var(--mf-text-1);
        font: inherit;
      }
      input[type='checkbox'] {
        inline-size: 20px;
        block-size: 20px;
        accent-color: var(--mf-signal);
      }
      @media (max-width: 699px) {
        select,
        input:not([type='checkbox']) {
          min-block-size: 44px;
          font-size: var(--mf-text-lg);
        }
        .switch-row {
          min-block-size: 44px;
        }
      }
    `,
  ];

  @property({ attribute: false }) fields: readonly OptionField[] = [];
  @property({ attribute: false }) values: Readonly<Record<string, unknown>> = {};

  protected override render() {
    return this.fields.map((field) => this._renderField(field));
  }

  private _renderField(field: OptionField) {
    const { name, kind, title, hint } = field;
    const [titleId, hintId] = [`opt_${name}`, `opt_${name}_hint`];
    const value = Object.hasOwn(this.values, name) ? this.values[name] : field.value;
    const words = isMessageId(titleId) ? t(titleId) : title;
    const more = isMessageId(hintId) ? t(hintId) : isMessageId(titleId) ? '' : hint;
    return html`<label class=${kind === 'switch' ? 'switch-row' : ''}>
      <span>${words}${more ? html`<span class="hint"><br />${more}</span>` : nothing}</span>
      ${this._renderInput(field, value)}
    </label>`;
  }

  private _renderInput(field: OptionField, value: unknown) {
    const { name, kind, choices, least, most, pattern } = field;
    if (kind === 'switch')
      return html`<input
        type="checkbox"
        name=${name}
        .checked=${value === true}
        @change=${(event: Event) => this._tell(name, (event.target as HTMLInputElement).checked)}
      />`;
    if (kind === 'choice')
      return html`<select name=${name} @change=${(event: Event) => this._choose(field, event)}>
        ${field.value === undefined ? html`<option value="" ?selected=${value === undefined}>${t('opt_any')}</option>` : nothing}
        ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === value}>${this._choice(name, choice)}</option>`)}
      </select>`;
    if (kind === 'number')
      return html`<input
        type="number"
        name=${name}
        inputmode="numeric"
        min=${least ?? nothing}
        max=${most ?? nothing}
        .value=${typeof value === 'number' ? String(value) : ''}
        @change=${(event: Event) => this._number(field, event)}
      />`;
    return html`<input
      name=${name}
      autocomplete="off"
      pattern=${pattern ?? nothing}
      .value=${typeof value === 'string' ? value : ''}
      @change=${(event: Event) => this._tell(name, (event.target as HTMLInputElement).value.trim() || undefined)}
    />`;
  }

  private _choice(name: string, choice: string | number): string {
    const id = `opt_${name}_${choice}`;
    return isMessageId(id) ? t(id) : name === 'maxResolution' ? `${choice}p` : String(choice);
  }

  private _choose({ name, choices }: OptionField, event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this._tell(
      name,
      choices.find((choice) => String(choice) === value),
    );
  }

  private _number({ name, least, most }: OptionField, event: Event): void {
    const input = event.target as HTMLInputElement;
    const number = Math.min(most ?? Infinity, Math.max(least ?? -Infinity, Math.trunc(input.valueAsNumber)));
    if (Number.isFinite(number)) input.value = String(number);
    this._tell(name, Number.isFinite(number) ? number : undefined);
  }

  private _tell(name: string, value: unknown): void {
    this.dispatchEvent(new CustomEvent('mf-option', { detail: { name, value }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-options': MfOptions;
  }
}

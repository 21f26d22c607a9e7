import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { CheckMediaFolderMutation } from '../api/first-run-documents.ts';
import '../dashboard/mf-tools.ts';
import { glyph, icon } from '../elements/icons.ts';
import '../elements/mf-mark.ts';
import { SETUP_STEPS } from '../router/route.ts';
import type { SetupStep } from '../router/route.ts';
import { apiContext, routerContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { localized, t } from '../words/entry.ts';
import { PLATFORMS } from '../words/names.ts';
import { checksOf } from './checks.rules.ts';
import { entryStyles } from './entry.styles.ts';
import { stepsStyles } from './steps.styles.ts';

/** After the first account: the media folder, the tools, and the first link. */
@customElement('mf-first-steps')
@localized()
export class MfFirstSteps extends LitElement {
  static override styles = [base, fields, entryStyles, stepsStyles];

  @property() step: SetupStep = 'folder';
  @query('h1') private readonly _heading: HTMLElement | null | undefined;
  @query('#link') private readonly _link: HTMLInputElement | null | undefined;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _check = new Task(this, {
    task: async ([api, step], { signal }) =>
      api && step === 'folder' ? (await api.query(CheckMediaFolderMutation, {}, signal)).checkMediaFolder : undefined,
    args: () => [this._api.value, this.step] as const,
  });

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('step')) this._heading?.focus();
  }

  protected override render() {
    return html`<main class="setup">
      <mf-mark class="bgmark"></mf-mark>
      <section>
        <div class="head">
          <span class="logo"><mf-mark></mf-mark>MediaFetcher</span>
          <ol class="stepper" aria-label=${t('setup_steps')}>
            ${SETUP_STEPS.map((step, index) => this._renderMark(step, index))}
          </ol>
        </div>
        ${this._renderStep()}
      </section>
    </main>`;
  }

  private _renderMark(step: SetupStep, index: number) {
    const at = SETUP_STEPS.indexOf(this.step);
    return html`<li
      class=${index < at ? 'done' : index === at ? 'now' : ''}
      aria-current=${index === at ? 'step' : nothing}
    >
      <i></i><span>${t(`setup_step_${step}`)}</span>
    </li>`;
  }

  private _renderStep() {
    switch (this.step) {
      case 'tools':
        return this._renderTools();
      case 'ready':
        return this._renderReady();
      default:
        return this._renderFolder();
    }
  }

  private _renderFolder() {
    const check = this._check.value;
    const ready = check?.writable === true;
    return html`${this._renderTitle('setup_folder', 'setup_folder_text')}
      ${
        check
          ? html`<div class="field">
                <span class="label">${t('setup_path')}</span>
                <p class="input mono path">${icon('folder', 'sm')}<bdi>${check.path}</bdi></p>
                <p class="hint">${t('setup_path_hint')}</p>
              </div>
              <ul class="checks">
                ${checksOf(check).map(
                  ({ ok, title, text }) =>
                    html`<li class="row">
                      <span class="ck ${ok ? 'ok' : 'bad'}" role="img" aria-label=${t(ok ? 'check_ok' : 'check_bad')}
                        >${icon(ok ? 'check' : 'close', 'xs')}</span
                      >
                      <div class="grow">
                        <p class="strong sm-t">${title}</p>
                        <p class="xs ${ok ? 't3' : 'danger'}">${text}</p>
                      </div>
                    </li>`,
                )}
              </ul>`
          : html`<p class="t2" role="status">${t(this._check.error ? 'setup_check_failed' : 'setup_checking')}</p>`
      }
      <div class="go">
        ${
          ready
            ? html`<a class="btn main big" href=${this._hrefOf('tools')}>${t('setup_go')}</a>`
            : html`<button class="btn main big" @click=${() => void this._check.run()}>${t('setup_again')}</button>`
        }
      </div>`;
  }

  private _renderTools() {
    return html`${this._renderTitle('setup_tools', 'setup_tools_text')}
      <div class="checks pad"><mf-tools long></mf-tools></div>
      <div class="go">
        <a class="btn ghost big" href=${this._hrefOf('folder')}>${t('setup_back')}</a>
        <a class="btn main big" href=${this._hrefOf('ready')}>${t('setup_go')}</a>
      </div>`;
  }

  private _renderReady() {
    return html`${this._renderTitle('setup_ready', 'setup_ready_text')}
      <form class="go-link" @submit=${this._onLink}>
        <span class="input"
          >${icon('link')}<input
            id="link"
            type="url"
            inputmode="url"
            autocomplete="off"
            aria-label=${t('paste_link')}
            placeholder=${t('paste_link')} /></span
        ><button class="btn main big">${t('setup_save')}</button>
      </form>
      <p class="row platforms" aria-hidden="true">${PLATFORMS.map((id) => glyph(id, 'lg'))}</p>
      <p>
        <a class="sm-t signal" href=${this._router.value?.href({ name: 'home', filter: {} }) ?? ''}
          >${t('setup_later')}</a
        >
      </p>`;
  }

  private _renderTitle(
    title: 'setup_folder' | 'setup_tools' | 'setup_ready',
    text: 'setup_folder_text' | 'setup_tools_text' | 'setup_ready_text',
  ) {
    return html`<div class="col">
      <h1 tabindex="-1">${t(title)}</h1>
      <p class="t2">${t(text)}</p>
    </div>`;
  }

  private _hrefOf(step: SetupStep): string {
    return this._router.value?.href({ name: 'setup', step }) ?? '';
  }

  private readonly _onLink = (event: Event): void => {
    event.preventDefault();
    const text = this._link?.value.trim() ?? '';
    this._router.value?.go({ name: 'home', filter: {} });
    if (text) this._router.value?.go({ name: 'add', text });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-first-steps': MfFirstSteps;
  }
}

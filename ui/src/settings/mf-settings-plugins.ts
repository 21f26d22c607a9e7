import { Task } from '@lit/task';
import type { ResultOf } from 'gql.tada';
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { AnswerChallengeMutation, PluginsQuery, SwitchPluginMutation } from '../api/settings-documents.ts';
import { paneStyles } from '../dashboard/dashboard.styles.ts';
import { Refresh } from '../dashboard/refresh.ts';
import { Busy } from '../elements/busy.ts';
import { glyph, icon } from '../elements/icons.ts';
import type { IconName } from '../elements/icons.ts';
import '../elements/mf-dialog.ts';
import { renderProblem } from '../elements/problem.ts';
import { askStyles } from '../library/ask.styles.ts';
import { apiContext, connectionContext, routerContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { formatMoment } from '../words/format.ts';
import { isMessageId, localized, t } from '../words/settings.ts';
import './mf-plugin-options.ts';
import { pageStyles } from './section.styles.ts';
import { settingsStyles } from './settings.styles.ts';
import { switchStyles } from './switch.styles.ts';

type Plugin = ResultOf<typeof PluginsQuery>['plugins'][number];
const TONES = {
  active: 'ok',
  suspended: 'warn',
  disabled: 'off',
  failed: 'bad',
  incompatible: 'bad',
  missing: 'bad',
} as const satisfies Record<Plugin['state'], string>;
const PROCESSOR_ICONS: ReadonlyMap<string, IconName> = new Map([
  ['mp3-extract', 'audio'],
  ['ffmpeg-h264', 'video'],
  ['gallery-dl-image', 'image'],
]);

/** The plugins: what each is, how it is and why, its switch and its settings. */
@customElement('mf-settings-plugins')
@localized()
export class MfSettingsPlugins extends LitElement {
  static override styles = [base, fields, askStyles, paneStyles, settingsStyles, switchStyles, pageStyles];

  @state() private _options: Plugin | undefined;
  @state() private _asks: Plugin | undefined;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _connection = new UseStore(this, connectionContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _busy = new Busy(this);
  private readonly _read = new Task(this, {
    task: async ([api], { signal }) => (api ? (await api.query(PluginsQuery, {}, signal)).plugins : []),
    args: () => [this._api.value] as const,
  });

  constructor() {
    super();
    new Refresh(this, { stores: () => [this._connection.value], run: () => void this._read.run() });
  }

  protected override render() {
    const plugins = this._read.value;
    return html`<section aria-labelledby="h">
        <header>
          <h2 id="h">${t('settings_plugins')}</h2>
          <p>${t('plugins_text')}</p>
        </header>
        ${renderProblem(this._busy.problem)}
        ${
          plugins
            ? html`<ul class="lst">
                ${plugins.map((plugin) => this._renderPlugin(plugin))}
              </ul>`
            : this._read.render({
                pending: () => html`<p class="t3" role="status">${t('plugins_loading')}</p>`,
                error: () =>
                  html`<p class="t2">${t('plugins_failed')}</p>
                    <button class="btn" @click=${() => void this._read.run()}>${t('again')}</button>`,
              })
        }
      </section>
      ${
        this._options
          ? html`<mf-plugin-options
              .plugin=${this._options.id}
              .name=${this._options.displayName}
              @mf-close=${() => (this._options = undefined)}
            ></mf-plugin-options>`
          : nothing
      }
      ${this._asks ? this._renderAsk(this._asks) : nothing}`;
  }

  private _renderPlugin(plugin: Plugin) {
    const { id, displayName, version, platform, state: is, hasSettings, official } = plugin;
    const usable = is === 'active' || is === 'disabled' || is === 'suspended';
    const symbol = PROCESSOR_ICONS.get(id) ?? 'bolt';
    return html`<li class="line plug">
      <span class="pfb">${platform ? glyph(platform) : icon(symbol)}</span>
      <div class="grow">
        <p class="row tight wrap">
          <b class="strong" id="name-${id}">${displayName}</b><span class="t3 xs num">${version}</span>
          <span class="state ${TONES[is]}">${t(`plugin_${is}`)}</span>
          ${official ? nothing : html`<span class="badge">${t('plugin_community')}</span>`}
        </p>
        <p class="sm-t t2">${this._aboutOf(plugin)}</p>
        ${is === 'suspended' ? this._renderRest(plugin) : nothing}
      </div>
      ${
        hasSettings && usable
          ? html`<button
              class="icb"
              aria-label=${t('plugin_options_label', { name: displayName })}
              @click=${() => (this._options = plugin)}
            >
              ${icon('sliders', 'sm')}
            </button>`
          : nothing
      }
      <button
        class="switch"
        role="switch"
        aria-checked=${is === 'active' || is === 'suspended' ? 'true' : 'false'}
        aria-labelledby="name-${id}"
        ?disabled=${!usable || this._busy.on}
        @click=${() => (is === 'disabled' ? void this._switch(plugin, true) : (this._asks = plugin))}
      ></button>
    </li>`;
  }

  private _renderRest({ platform, nextTry }: Plugin) {
    return html`<div class="row tight acts">
      ${nextTry ? html`<span class="xs t3 num">${t('plugin_next', { when: formatMoment(nextTry) })}</span>` : nothing}
      <a class="btn small" href=${this._router.value?.href({ name: 'settings', section: 'cookies' }) ?? ''}
        >${t('plugin_renew')}</a
      >
      ${
        platform && !nextTry
          ? html`<button class="btn small ghost" @click=${() => void this._try(platform)}>${t('plugin_try')}</button>`
          : nothing
      }
    </div>`;
  }

  /** Why it does not run, else what it is for; the official ones say that in both languages. */
  private _aboutOf({ id, state: is, reason, description }: Plugin): string {
    if (is !== 'active' && is !== 'disabled') return reason ?? '';
    const words = `plugin_about_${id}`;
    return isMessageId(words) ? t(words) : (description ?? '');
  }

  private _renderAsk(plugin: Plugin) {
    const title = t('plugin_off_title', { name: plugin.displayName });
    const close = (): void => {
      this._asks = undefined;
    };
    return html`<mf-dialog size="s" middle kind="alertdialog" .label=${title} @mf-close=${close}>
      <div class="dlg">
        <h2>${title}</h2>
        <p class="t2">${t(plugin.kind === 'connector' ? 'plugin_off_text' : 'plugin_off_step')}</p>
      </div>
      <div class="foot">
        <button class="btn ghost" autofocus @click=${close}>${t('cancel')}</button>
        <button class="btn paper" @click=${() => void this._switch(plugin, false)}>${t('plugin_off')}</button>
      </div>
    </mf-dialog>`;
  }

  private async _switch({ id }: Plugin, enabled: boolean): Promise<void> {
    this._asks = undefined;
    const api = this._api.value;
    if (api) await this._busy.run(async () => api.query(SwitchPluginMutation, { id, enabled }));
    await this._read.run();
  }

  private async _try(platform: string): Promise<void> {
    const api = this._api.value;
    if (api) await this._busy.run(async () => api.query(AnswerChallengeMutation, { platform }));
    await this._read.run();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-settings-plugins': MfSettingsPlugins;
  }
}

import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Busy } from '../elements/busy.ts';
import { glyph } from '../elements/icons.ts';
import { renderProblem } from '../elements/problem.ts';
import { apiContext, sessionContext, toastsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { formatBytes, formatNumber } from '../words/format.ts';
import { platformName } from '../words/names.ts';
import { localized, t, tn } from '../words/settings.ts';
import { settingsStyles } from './settings.styles.ts';
import { changeLimits, readLimits, readNumber, readStorage } from './storage.ts';
import type { Limits, Storage, StorageSum } from './storage.ts';

/** Limits in the order of their lines; an empty quota is none. */
const LIMITS = ['trashDays', 'quotaGb', 'maxFileMb', 'reserveMb'] as const satisfies readonly (keyof Limits)[];
type Limit = (typeof LIMITS)[number];

/** How much is kept and how much room there is; for admins, the limits. */
@customElement('mf-settings-storage')
@localized()
export class MfSettingsStorage extends LitElement {
  static override styles = [
    base,
    fields,
    settingsStyles,
    css`
      .gauge {
        display: block;
        inline-size: 100%;
        block-size: 8px;
        appearance: none;
        border: 0;
        border-radius: 4px;
        overflow: hidden;
        background: var(--mf-surface-4);
      }
      .gauge::-webkit-progress-bar {
        background: var(--mf-surface-4);
      }
      .gauge::-webkit-progress-value {
        background: var(--mf-text-2);
      }
      .gauge::-moz-progress-bar {
        background: var(--mf-text-2);
      }
      .big {
        font-size: var(--mf-text-xl);
        font-weight: var(--mf-weight-strong);
      }
      .whole {
        flex-basis: 100%;
      }
    `,
  ];

  private readonly _api = new UseValue(this, apiContext);
  private readonly _session = new UseStore(this, sessionContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private readonly _busy = new Busy(this);
  private readonly _read = new Task(this, {
    task: async ([api, role], { signal }) => {
      if (!api) return undefined;
      const [storage, limits] = await Promise.all([
        readStorage(api, signal),
        role === 'admin' ? readLimits(api, signal) : undefined,
      ]);
      return { storage, limits };
    },
    args: () => [this._api.value, this._session.value?.user?.role] as const,
  });

  protected override render() {
    const known = this._read.value;
    return html`<section aria-labelledby="h">
      <header><h2 id="h">${t('settings_storage')}</h2></header>
      ${
        known
          ? html`${this._renderOwn(known.storage)} ${this._renderTotal(known.storage)}
            ${known.limits ? this._renderLimits(known.limits) : nothing}`
          : this._read.render({
              pending: () => html`<p class="t3" role="status">${t('storage_loading')}</p>`,
              error: () =>
                html`<p class="t2">${t('storage_failed')}</p>
                  <button class="btn" @click=${() => void this._read.run()}>${t('again')}</button>`,
            })
      }
    </section>`;
  }

  private _renderOwn({ used, quota }: Storage) {
    return html`<ul class="lst">
      <li class="line">
        <div class="grow">
          <p class="strong sm-t">${t('storage_own')}</p>
          <p class="xs t3">${quota === null ? t('quota_none') : t('quota_some', { size: formatBytes(quota) })}</p>
        </div>
        <span class="big num">${formatBytes(used)}</span>
        ${quota === null ? nothing : this._gauge(t('storage_own'), used, quota)}
      </li>
    </ul>`;
  }

  private _renderTotal({ total }: Storage) {
    if (!total) return nothing;
    const taken = Math.max(0, total.size - total.free);
    return html`<h3>${t('storage_disk')}</h3>
      <ul class="lst">
        <li class="line">
          <div class="grow">
            <p class="strong sm-t">
              ${t('storage_free', { free: formatBytes(total.free), size: formatBytes(total.size) })}
            </p>
            <p class="xs t3">${t('storage_files', { n: formatNumber(total.files), size: formatBytes(total.bytes) })}</p>
          </div>
          ${this._gauge(t('storage_disk'), taken, total.size)}
        </li>
        ${total.platforms.map((sum) => this._renderPlatform(sum))}
      </ul>`;
  }

  private _renderPlatform({ platform = '', posts, bytes }: StorageSum) {
    return html`<li class="line">
      <span class="pfb">${glyph(platform)}</span>
      <div class="grow">
        <p class="strong sm-t">${platformName(platform)}</p>
        <p class="xs t3 num">${tn('posts', posts)}</p>
      </div>
      <span class="num sm-t t2">${formatBytes(bytes)}</span>
    </li>`;
  }

  private _renderLimits(limits: Limits) {
    return html`<h3>${t('limits')}</h3>
      ${renderProblem(this._busy.problem)}
      <ul class="lst">
        ${LIMITS.map(
          (name) =>
            html`<li class="line">
              <div class="grow">
                <p class="strong sm-t" id=${name}>${t(`limit_${name}`)}</p>
                <p class="xs t3">${t(`limit_${name}_text`)}</p>
              </div>
              <span class="input short"
                ><input
                  inputmode="decimal"
                  autocomplete="off"
                  aria-labelledby=${name}
                  .value=${limits[name] === null ? '' : String(limits[name])}
                  @change=${(event: Event) => void this._change(name, event)}
                /><span class="t3 xs">${t(`limit_${name}_unit`)}</span></span
              >
            </li>`,
        )}
      </ul>`;
  }

  private _gauge(label: string, value: number, max: number) {
    return html`<progress class="gauge whole" max=${Math.max(1, max)} .value=${value} aria-label=${label}></progress>`;
  }

  private async _change(name: Limit, event: Event): Promise<void> {
    const field = event.target;
    const api = this._api.value;
    if (!(field instanceof HTMLInputElement) || !api) return;
    const value = readNumber(field.value);
    const bad = value === undefined || (value === null && name !== 'quotaGb');
    const done = !bad && (await this._busy.run(async () => changeLimits(api, { [name]: value })));
    if (done) this._toasts.value?.show({ text: t('limit_saved'), tone: 'good' });
    else field.value = String(this._read.value?.limits?.[name] ?? '');
    await this._read.run();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-settings-storage': MfSettingsStorage;
  }
}

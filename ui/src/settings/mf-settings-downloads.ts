import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { LimitsQuery } from '../api/settings-documents.ts';
import { Busy } from '../elements/busy.ts';
import { glyph } from '../elements/icons.ts';
import { renderProblem } from '../elements/problem.ts';
import { apiContext, toastsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { formatNumber } from '../words/format.ts';
import { localized, t } from '../words/settings.ts';
import { settingsStyles } from './settings.styles.ts';
import { changeLimits, readLimits, readNumber } from './storage.ts';
import type { Limits } from './storage.ts';

interface FieldLabel {
  /** Says of what as well, for those who do not see the line. */
  readonly full: string;
  readonly short: string;
  /** What it is when nothing is set. */
  readonly empty: string;
}

/** How downloads run: how many at a time, by which way, and what only the environment sets. */
@customElement('mf-settings-downloads')
@localized()
export class MfSettingsDownloads extends LitElement {
  static override styles = [
    base,
    fields,
    settingsStyles,
    css`
      label {
        display: grid;
        gap: 4px;
        min-inline-size: 0;
      }
      .long {
        inline-size: min(280px, 100%);
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 6px 18px;
        padding: 14px 16px;
        font-size: var(--mf-text-sm);
      }
      dd {
        overflow-wrap: anywhere;
      }
      @media (max-width: 699px) {
        .platform > .grow {
          flex-basis: calc(100% - 60px);
        }
        .platform .long {
          flex: 1;
        }
        dl {
          grid-template-columns: minmax(0, 1fr);
          gap: 0;
        }
        dd {
          margin-block-end: 8px;
        }
      }
    `,
  ];

  private readonly _api = new UseValue(this, apiContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private readonly _busy = new Busy(this);
  private readonly _read = new Task(this, {
    task: async ([api], { signal }) => {
      if (!api) return undefined;
      const [limits, facts] = await Promise.all([readLimits(api, signal), api.query(LimitsQuery, {}, signal)]);
      return { ...facts, limits };
    },
    args: () => [this._api.value] as const,
  });

  protected override render() {
    return html`<section aria-labelledby="h">
      <header>
        <h2 id="h">${t('settings_downloads')}</h2>
        <p>${t('downloads_text')}</p>
      </header>
      ${renderProblem(this._busy.problem)}
      ${
        this._read.value
          ? this._renderAll(this._read.value)
          : this._read.render({
              pending: () => html`<p class="t3" role="status">${t('limits_loading')}</p>`,
              error: () =>
                html`<p class="t2">${t('limits_failed')}</p>
                  <button class="btn" @click=${() => void this._read.run()}>${t('again')}</button>`,
            })
      }
    </section>`;
  }

  private _renderAll({ limits, platforms, workers, fixedValues }: NonNullable<typeof this._read.value>) {
    const places = workers.reduce((sum, { slots }) => sum + slots, 0);
    return html`<ul class="lst">
        <li class="line">
          <div class="grow">
            <p class="strong sm-t" id="concurrency">${t('limit_concurrency')}</p>
            <p class="xs t3">${t('limit_concurrency_text', { n: formatNumber(places) })}</p>
          </div>
          ${this._field('concurrency', String(limits.concurrency), 'numeric', (text) => {
            const n = readNumber(text);
            return typeof n === 'number' ? { concurrency: n } : undefined;
          })}
        </li>
      </ul>
      <h3>${t('limit_platforms')}</h3>
      <p class="sm-t t2 add">${t('limit_platforms_text')}</p>
      <ul class="lst add">
        ${platforms.map(({ id, displayName }) => this._renderPlatform(id, displayName, limits))}
      </ul>
      <h3>${t('limit_fixed')}</h3>
      <p class="sm-t t2 add">${t('limit_fixed_text')}</p>
      <div class="lst add">
        <dl>
          ${fixedValues
            .filter(({ value }) => value !== '')
            .map(
              ({ name, value }) =>
                html`<dt class="mono t2">${name}</dt>
                  <dd><bdi class="mono" dir="ltr">${value}</bdi></dd>`,
            )}
        </dl>
      </div>`;
  }

  private _renderPlatform(id: string, name: string, { platformLimits, platformProxies }: Limits) {
    return html`<li class="line platform">
      <span class="pfb">${glyph(id)}</span>
      <p class="strong sm-t grow">${name}</p>
      ${this._field(
        `${id}-limit`,
        textOf(platformLimits[id]),
        'numeric',
        (text) => {
          const n = readNumber(text);
          if (n === undefined) return undefined;
          return { platformLimits: without(platformLimits, id, n ?? undefined) };
        },
        { full: t('limit_at_once', { name }), short: t('limit_at_once_short'), empty: t('limit_any') },
      )}
      ${this._field(
        `${id}-proxy`,
        platformProxies[id] ?? '',
        'url',
        (text) => ({
          platformProxies: without(platformProxies, id, text.trim() || undefined),
        }),
        { full: t('limit_proxy', { name }), short: t('limit_proxy_short'), empty: t('limit_direct') },
      )}
    </li>`;
  }

  private _field(
    id: string,
    value: string,
    mode: 'numeric' | 'url',
    read: (text: string) => Partial<Limits> | undefined,
    label?: FieldLabel,
  ) {
    return html`<label class=${mode === 'url' ? 'long' : 'short'}>
      ${label ? html`<span class="xs t3" aria-hidden="true">${label.short}</span>` : nothing}
      <span class="input"
        ><input
          inputmode=${mode}
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          placeholder=${label?.empty ?? ''}
          aria-labelledby=${label ? nothing : id}
          aria-label=${label?.full ?? nothing}
          .value=${value}
          @change=${(event: Event) => void this._change(event, value, read)}
      /></span>
    </label>`;
  }

  /** What the server refuses goes back to what it was. */
  private async _change(event: Event, before: string, read: (text: string) => Partial<Limits> | undefined) {
    const field = event.target;
    const api = this._api.value;
    if (!(field instanceof HTMLInputElement) || !api) return;
    const change = read(field.value);
    const done = change !== undefined && (await this._busy.run(async () => changeLimits(api, change)));
    if (done) this._toasts.value?.show({ text: t('limit_saved'), tone: 'good' });
    else field.value = before;
    await this._read.run();
  }
}

const textOf = (value: number | undefined): string => (value === undefined ? '' : String(value));

/** The same with another value for one key, or without it. */
function without<Value>(all: Readonly<Record<string, Value>>, key: string, value: Value | undefined) {
  const rest = Object.fromEntries(Object.entries(all).filter(([name]) => name !== key));
  return value === undefined ? rest : { ...rest, [key]: value };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-settings-downloads': MfSettingsDownloads;
  }
}

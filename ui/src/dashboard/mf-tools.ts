import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { RollBackToolsMutation, ToolsQuery, UpdateToolsMutation } from '../api/status-documents.ts';
import { Busy } from '../elements/busy.ts';
import { icon } from '../elements/icons.ts';
import type { IconName } from '../elements/icons.ts';
import '../elements/mf-dialog.ts';
import { renderProblem } from '../elements/problem.ts';
import { apiContext } from '../state/contexts.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { formatDate } from '../words/format.ts';
import { localized, t } from '../words/tools.ts';
import { paneStyles } from './dashboard.styles.ts';
import type { Tool } from './status-types.ts';

/** Renewing means fetching and trying: the server takes as long as it takes. Milliseconds. */
const PATIENCE = 15 * 60_000;
const ICONS: Readonly<Record<string, IconName>> = {
  'yt-dlp': 'download',
  'gallery-dl': 'image',
  twmd: 'send',
  ffmpeg: 'video',
  ffprobe: 'info',
};
/** Everything else works without it. */
const OPTIONAL = new Set(['twmd']);

/** The outside programs with their versions; those that MediaFetcher keeps current can be renewed, and taken back. */
@customElement('mf-tools')
@localized()
export class MfTools extends LitElement {
  static override styles = [
    base,
    fields,
    paneStyles,
    css`
      :host {
        padding: 0;
        border-radius: 0;
        background: none;
        box-shadow: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 4px 10px;
        min-block-size: 38px;
        font-size: var(--mf-text-sm);
      }
      li > .ic {
        color: var(--mf-text-3);
      }
      .what {
        min-inline-size: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .state {
        flex: none;
        min-inline-size: 92px;
      }
      .mono {
        white-space: nowrap;
      }
      /* A phone has no room for all in a line. */
      @media (max-width: 699px) {
        li {
          flex-wrap: wrap;
          padding-block: 6px;
        }
        .what {
          order: 1;
          flex-basis: 100%;
          padding-inline-start: 26px;
          white-space: normal;
        }
      }
      .acts {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin-block-start: 10px;
      }
      .ask {
        display: grid;
        gap: 14px;
        padding: 24px;
      }
      .problem {
        margin-block-start: 10px;
      }
    `,
  ];

  /** With what each is for. */
  @property({ type: Boolean }) long = false;
  @state() private _result = '';
  @state() private _asks = false;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _busy = new Busy(this);
  private readonly _read = new Task(this, {
    task: async ([api], { signal }) => (api ? (await api.query(ToolsQuery, {}, signal)).tools : []),
    args: () => [this._api.value] as const,
  });

  protected override render() {
    const tools = this._read.value;
    if (!tools)
      return this._read.render({
        pending: () => html`<p class="t3 sm-t" role="status">${t('tools_loading')}</p>`,
        error: () =>
          html`<p class="t2 sm-t">${t('tools_failed')}</p>
            <button class="btn small" @click=${() => void this._read.run()}>${t('again')}</button>`,
      });
    return html`<ul>
        ${tools.map((tool) => this._renderTool(tool))}
      </ul>
      ${tools.some(({ source }) => source === 'managed') ? this._renderActs() : nothing}
      ${this._asks ? this._renderAsk() : nothing}`;
  }

  private _renderTool(tool: Tool) {
    const { name, found, version, releasedAt, source } = tool;
    const missing = OPTIONAL.has(name) ? 'warn' : 'bad';
    const facts = [
      version ?? '',
      ...(this.long && releasedAt ? [t('tool_released', { date: formatDate(releasedAt) })] : []),
      ...(this.long && found ? [t(`tool_${source}`)] : []),
    ];
    return html`<li>
      ${icon(ICONS[name] ?? 'bolt', 'sm')}
      <span class="grow mono">${name}</span>
      <span class="t2 xs num what"
        >${facts.filter(Boolean).map((fact, at) => html`${at > 0 ? ' · ' : ''}<bdi>${fact}</bdi>`)}</span
      >
      <span class="state ${found ? 'ok' : missing}">${t(found ? 'tool_found' : 'tool_missing')}</span>
    </li>`;
  }

  private _renderActs() {
    return html`<div class="acts">
        <button class="btn small" ?disabled=${this._busy.on} @click=${this._update}>
          ${icon('retry', 'sm')}${t(this._busy.on ? 'tools_busy' : 'tools_update')}
        </button>
        <button class="btn small ghost" ?disabled=${this._busy.on} @click=${() => (this._asks = true)}>
          ${t('tools_back')}
        </button>
        <span class="xs t3" role="status">${this._busy.on ? t('tools_wait') : this._result}</span>
      </div>
      ${this._busy.problem ? html`<div class="problem">${renderProblem(this._busy.problem)}</div>` : nothing}`;
  }

  private _renderAsk() {
    const close = (): void => {
      this._asks = false;
    };
    return html`<mf-dialog size="s" middle kind="alertdialog" .label=${t('tools_back_title')} @mf-close=${close}>
      <div class="ask">
        <h2>${t('tools_back_title')}</h2>
        <p class="t2">${t('tools_back_text')}</p>
        <div class="row tight">
          <button class="btn paper" autofocus @click=${this._rollBack}>${t('tools_back')}</button>
          <button class="btn ghost" @click=${close}>${t('cancel')}</button>
        </div>
      </div>
    </mf-dialog>`;
  }

  private readonly _update = async (): Promise<void> => {
    const api = this._api.value;
    if (!api) return;
    this._result = '';
    await this._busy.run(async () => {
      const { result, to } = (await api.query(UpdateToolsMutation, {}, undefined, PATIENCE)).updateTools;
      this._result = t(`tools_${result}`, { ytDlp: to.ytDlp, galleryDl: to.galleryDl });
    });
    await this._read.run();
  };

  private readonly _rollBack = async (): Promise<void> => {
    this._asks = false;
    const api = this._api.value;
    if (!api) return;
    this._result = '';
    await this._busy.run(async () => {
      const { ytDlp, galleryDl } = (await api.query(RollBackToolsMutation, {}, undefined, PATIENCE)).rollBackTools;
      this._result = t('tools_now', { ytDlp, galleryDl });
    });
    await this._read.run();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-tools': MfTools;
  }
}

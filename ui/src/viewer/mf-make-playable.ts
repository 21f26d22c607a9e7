import { ContextConsumer } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Api } from '../api/api.ts';
import { toApiError } from '../api/api-error.ts';
import type { RenditionState } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import { apiContext, connectionContext } from '../state/contexts.ts';
import { base } from '../styles/base.ts';
import { errorSentence } from '../words/errors.ts';
import { formatNumber } from '../words/format.ts';
import { isMessageId, localized, t, tn } from '../words/viewer.ts';
import { CancelPlayableMutation, MakePlayableMutation, RenditionStateQuery } from './rendition-documents.ts';

/** A net under the live connection. */
const LOOK_EVERY = 4000;

/**
 * Has an item made playable: the button, then how it stands.
 * @fires mf-playable - it plays now: its state, with the form that does (detail)
 */
@customElement('mf-make-playable')
@localized()
export class MfMakePlayable extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: var(--mf-3);
        inline-size: min(36ch, 80cqi);
      }
      p {
        color: #ffffffc7;
      }
      .bar {
        inline-size: 100%;
        block-size: 5px;
        border-radius: 3px;
        overflow: hidden;
        background: #ffffff33;
      }
      .bar i {
        display: block;
        block-size: 100%;
        background: var(--mf-signal-text);
        transition: inline-size var(--mf-base) linear;
      }
    `,
  ];

  @property() postId = '';
  /** Of the item in its post. */
  @property({ type: Number }) index = 0;
  /** Milliseconds between two looks while something is under way. */
  lookEvery = LOOK_EVERY;
  @state() private _state: RenditionState | undefined;
  /** Why it could not even be asked for. */
  @state() private _refused = '';
  @state() private _asking = false;
  /** The person has cancelled it. */
  @state() private _left = false;
  readonly #api = new ContextConsumer(this, { context: apiContext });
  readonly #connection = new ContextConsumer(this, {
    context: connectionContext,
    callback: (store) => this.#watch(store),
  });
  #watched: EventTarget | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#connection.value) this.#watch(this.#connection.value);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#watched?.removeEventListener('rendition', this.#onRendition);
    this.#watched = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('postId') && !changed.has('index')) return;
    this._state = undefined;
    this._refused = '';
    this._asking = false;
    this._left = false;
    // It may have been asked for before.
    void this.#look();
  }

  protected override render() {
    const { _state: at } = this;
    if (at?.status === 'queued')
      return html`<p role="status">${waitSentence(at)}</p>
        <p class="t3">${t('playable_leave')}</p>
        ${this.#renderCancel(at)}`;
    if (at?.status === 'running') {
      const percent = Math.round(at.progress);
      return html`<p role="status">${t('playable_running')}</p>
        <div
          class="bar"
          role="progressbar"
          aria-label=${t('playable_running')}
          aria-valuemin="0"
          aria-valuemax="100"
          aria-valuenow=${percent}
        >
          <i style="inline-size: ${percent}%"></i>
        </div>
        <p class="t3 num">${formatNumber(percent)} % · ${t('playable_leave')}</p>
        ${this.#renderCancel(at)}`;
    }
    const why = this._refused || (at?.status === 'failed' ? failureSentence(at.errorCode) : '');
    return html`${why ? html`<p role="alert">${why}</p>` : nothing}
      <button class="btn" ?disabled=${this._asking} @click=${this.#ask}>
        ${icon(why ? 'retry' : 'bolt', 'sm')}${t(why ? 'again' : 'make_playable')}
      </button>`;
  }

  /** For who waits for it; that others do as well is said to who does not any more. */
  #renderCancel({ asked }: RenditionState) {
    const why = this._refused ? html`<p role="alert">${this._refused}</p>` : nothing;
    if (asked)
      return html`${why}<button class="btn small" ?disabled=${this._asking} @click=${this.#cancel}>
          ${icon('close', 'sm')}${t('cancel')}
        </button>`;
    return this._left && !this._refused ? html`<p role="status">${t('playable_others')}</p>` : why;
  }

  readonly #cancel = async (): Promise<void> => {
    this._left = true;
    await this.#do(async (api, which) => (await api.query(CancelPlayableMutation, which)).cancelPlayable);
  };

  readonly #ask = async (): Promise<void> => {
    this._left = false;
    await this.#do(async (api, which) => (await api.query(MakePlayableMutation, which)).makePlayable);
  };

  async #do(request: (api: Api, which: { id: string; index: number }) => Promise<RenditionState>): Promise<void> {
    const api = this.#api.value;
    if (!api) return;
    this._asking = true;
    this._refused = '';
    const { postId, index } = this;
    const isShown = (): boolean => postId === this.postId && index === this.index;
    try {
      this.#take(await request(api, { id: postId, index }));
    } catch (error) {
      if (isShown()) this._refused = errorSentence(toApiError(error));
    } finally {
      if (isShown()) this._asking = false;
    }
  }

  async #look(): Promise<void> {
    const { postId, index, _state: before } = this;
    try {
      const answer = await this.#api.value?.query(RenditionStateQuery, { id: postId, index });
      if (!answer || !this.isConnected) return;
      if (answer.renditionState) this.#take(answer.renditionState);
      // It is no more under way, and nothing came of it; unless it was asked for since.
      else if (this._state === before) this._state = undefined;
    } catch {
      // The server does not answer now: the next look may tell.
      this.#lookLater(true);
    }
  }

  #take(state: RenditionState): void {
    if (state.id !== this.postId || state.index !== this.index) return;
    // A refusal is of what was asked before.
    if (state.status !== this._state?.status) this._refused = '';
    this._state = state.status === 'cancelled' ? undefined : state;
    this.#lookLater();
    if (state.status === 'ready')
      this.dispatchEvent(new CustomEvent('mf-playable', { detail: state, bubbles: true, composed: true }));
  }

  #lookLater(always = false): void {
    clearTimeout(this.#timer);
    const waits = always || this._state?.status === 'queued' || this._state?.status === 'running';
    if (waits && this.isConnected) this.#timer = setTimeout(() => void this.#look(), this.lookEvery);
  }

  #watch(connection: EventTarget): void {
    this.#watched?.removeEventListener('rendition', this.#onRendition);
    this.#watched = connection;
    connection.addEventListener('rendition', this.#onRendition);
  }

  readonly #onRendition = (event: Event): void => {
    // The connection's own event.
    this.#take((event as CustomEvent<RenditionState>).detail);
  };
}

/** What it waits for. */
function waitSentence({ heldReason, ahead }: RenditionState): string {
  const id = `playable_held_${heldReason ?? ''}`;
  if (isMessageId(id)) return t(id);
  return ahead > 0 ? tn('playable_waits', ahead) : t('playable_next');
}

/** What happened, and what helps. */
function failureSentence(code: string | null): string {
  const id = `playable_${code ?? ''}`;
  return isMessageId(id) ? t(id) : t('playable_failed');
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-make-playable': MfMakePlayable;
  }
}

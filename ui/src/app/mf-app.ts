import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { lockPage } from '../elements/lock-page.ts';
import '../elements/mf-empty.ts';
import '../elements/mf-mark.ts';
import '../home/mf-home.ts';
import type { MfOmnibox } from '../home/mf-omnibox.ts';
import type { FolderAct } from '../library/folder-act.ts';
import type { MfBulk } from '../select/mf-bulk.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/t.ts';
import { appStyles } from './app.styles.ts';
import { followBadge } from './badge.ts';
import { renderBar } from './bar.ts';
import { announceEvents } from './host-events.ts';
import './mf-account.ts';
import './mf-rail.ts';
import './mf-tabbar.ts';
import './mf-toasts.ts';
import { ROUTES } from './nav.ts';
import type { Destination } from './nav.ts';
import { renderOver } from './over.ts';
import type { OverList } from './over.ts';
import { pageTitle } from './page-title.ts';
import { pageKey, renderPage, renderSide, tagOf } from './pages.ts';
import type { PostPage } from './pages.ts';
import { PasteDrop } from './paste-drop.ts';
import { followSession } from './follow-session.ts';
import { followTabs } from './follow-tabs.ts';
import { Services } from './services.ts';
import { Shortcuts } from './shortcuts.ts';

/** The shell: who may see what, the page, and what lies over it. */
@customElement('mf-app')
@localized()
export class MfApp extends LitElement {
  static override styles = [base, appStyles];

  @state() private _list: OverList | undefined;
  @state() private _ready = false;
  @state() private _act: FolderAct | undefined;
  @query('mf-omnibox') private readonly _omnibox: MfOmnibox | null | undefined;
  @query('mf-bulk') private readonly _bulk: MfBulk | null | undefined;
  private readonly _services = new Services();
  private readonly _paste = new PasteDrop(this, (text) => this._add(text));
  private readonly _listening = new AbortController();
  private _seen = '';
  private _shown = '';

  constructor() {
    super();
    this._services.provide(this);
    new Shortcuts(
      this,
      {
        '/': () => this._omnibox?.focus(),
        'g h': () => this._services.router.go({ name: 'home', filter: {} }),
        'g l': () => this._services.router.go({ name: 'library', place: { kind: 'folders' }, filter: {} }),
        'g d': () => this._services.router.go({ name: 'downloads', tab: 'now' }),
        s: () => this._services.selection.start(),
        z: () => this._services.changes.undoLast(),
        escape: () => this._services.selection.clear(),
        '?': () => this._openKeys(),
        'mod k': () => this._openPalette(),
      },
      () => this._services.session.state === 'in' && !this._services.router.overlay && !this._list && !this._act,
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { router, preferences, session, downloads, connection, folders, selection } = this._services;
    for (const store of [router, session, downloads, connection, folders, selection])
      store.watch(() => this.requestUpdate());
    session.watch(() => followSession(this._services));
    announceEvents(this._services);
    followTabs(this._services, this._listening.signal);
    followBadge(downloads);
    this._services.installing.start(this._listening.signal);
    router.start(this._listening.signal);
    void Promise.all([preferences.start(this._listening.signal), session.load()]).then(() => (this._ready = true));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._listening.abort();
    this._services.connection.stop();
  }

  protected override updated(_changed: PropertyValues): void {
    const { router, session, downloads } = this._services;
    const open = router.overlay?.name === 'viewer';
    lockPage(open);
    if (router.overlay?.name === 'viewer') this._seen = router.overlay.postId;
    else if (this._seen) {
      this.renderRoot.querySelector<PostPage>(tagOf(router.page))?.focusPost?.(this._seen);
      this._seen = '';
    }
    if (this._shown !== pageKey(router.page)) void this._onPage();
    document.title = session.state === 'in' ? pageTitle(router.page, downloads.counts.running) : 'MediaFetcher';
  }

  protected override render() {
    const { session } = this._services;
    if (!this._ready || session.state === 'unknown')
      return html`<div class="splash" role="status"><mf-mark></mf-mark>${t('loading')}</div>`;
    switch (session.state) {
      case 'unreachable':
        return html`<mf-empty icon="offline" .heading=${t('unreachable')} .text=${t('unreachable_text')}>
          <button class="btn big" @click=${() => void session.load()}>${t('again')}</button>
        </mf-empty>`;
      case 'setup':
        void import('../entry/mf-setup.ts');
        return html`<mf-setup></mf-setup><mf-toasts></mf-toasts>`;
      case 'out':
        void import('../entry/mf-login.ts');
        return html`<mf-login></mf-login><mf-toasts></mf-toasts>`;
      default:
        return this._services.router.page.name === 'setup' ? this._renderSteps() : this._renderShell();
    }
  }

  /** The rest of the first run. */
  private _renderSteps() {
    const { page } = this._services.router;
    void import('../entry/mf-first-steps.ts');
    return html`<mf-first-steps .step=${page.name === 'setup' ? page.step : 'ready'}></mf-first-steps>
      <mf-toasts></mf-toasts>`;
  }

  private _renderShell() {
    const { router, downloads } = this._services;
    const { overlay, page } = router;
    const current = overlay?.name === 'add' ? 'add' : page.name;
    const [running, needsYou] = [downloads.counts.running, downloads.failed.length];
    return html`<a class="skip" href="#main" @click=${this._skip}>${t('skip')}</a>
      <div
        class="shell ${page.name === 'library' ? 'lib' : ''}"
        ?inert=${overlay?.name === 'viewer'}
        @mf-folder-act=${(event: CustomEvent<FolderAct>) => (this._act = event.detail)}
        @mf-file=${this._onFile}
      >
        <mf-rail .current=${current} .running=${running} .needsYou=${needsYou} .hrefOf=${this._hrefOf}>
          <mf-account side="above" @mf-keys=${this._openKeys} @mf-palette=${this._openPalette}></mf-account>
        </mf-rail>
        ${renderSide(page)}
        <main id="main" tabindex="-1">${this._renderBar()} ${renderPage(page, (route) => router.href(route))}</main>
        <mf-tabbar .current=${current} .running=${running} .needsYou=${needsYou} .hrefOf=${this._hrefOf}></mf-tabbar>
      </div>
      ${this._renderBulk()} ${this._renderOver()}
      <mf-toasts></mf-toasts>`;
  }

  private _renderBar() {
    const { router, folders } = this._services;
    return renderBar({
      router,
      folders,
      add: (text) => this._add(text),
      openKeys: this._openKeys,
      openPalette: this._openPalette,
    });
  }

  private _renderOver() {
    return renderOver({
      router: this._services.router,
      list: this._list,
      act: this._act,
      dragging: this._paste.dragging,
      ask: (act) => (this._act = act),
      openKeys: this._openKeys,
      closeList: this._closeList,
    });
  }

  private _renderBulk() {
    const { router, selection } = this._services;
    const { page, overlay } = router;
    if (!selection.active || overlay?.name === 'viewer' || (page.name !== 'home' && page.name !== 'library'))
      return nothing;
    void import('../select/mf-bulk.ts');
    return html`<mf-bulk .place=${page.name === 'library' ? page.place : undefined} .filter=${page.filter}></mf-bulk>`;
  }

  private readonly _hrefOf = (destination: Destination): string => {
    return this._services.router.href(ROUTES[destination]);
  };

  /** The A key, or a card's own button: what is picked, else this one, into folders. */
  private readonly _onFile = async (event: CustomEvent<readonly string[]>): Promise<void> => {
    const { selection } = this._services;
    for (const id of event.detail) selection.add(id);
    await import('../select/mf-bulk.ts');
    await this.updateComplete;
    this._bulk?.openFolders();
  };

  private _add(text: string): void {
    if (this._services.session.state !== 'in') return;
    this._services.router.go({ name: 'add', text }, { replace: this._services.router.overlay?.name === 'add' });
  }

  /** After a change of page the focus goes to its heading and the view to its top. */
  private async _onPage(): Promise<void> {
    const { router, session, selection } = this._services;
    const first = this._shown === '';
    this._shown = pageKey(router.page);
    if (first || session.state !== 'in') return;
    selection.clear();
    if (router.restore === undefined) window.scrollTo({ top: 0 });
    const tag = tagOf(router.page);
    await customElements.whenDefined(tag);
    const page = this.renderRoot.querySelector<LitElement>(tag);
    await page?.updateComplete;
    page?.renderRoot.querySelector('h1')?.focus({ preventScroll: true });
  }

  private readonly _skip = (event: Event): void => {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>('main')?.focus();
  };

  private readonly _openKeys = (): void => {
    this._list = 'keys';
  };

  private readonly _openPalette = (): void => {
    if (this._services.session.state === 'in' && !this._list) this._list = 'palette';
  };

  private readonly _closeList = (): void => {
    this._list = undefined;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-app': MfApp;
  }
}

import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import '../downloads/mf-downloads.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-empty.ts';
import '../elements/mf-mark.ts';
import '../home/mf-home.ts';
import type { MfHome } from '../home/mf-home.ts';
import '../home/mf-omnibox.ts';
import type { MfOmnibox } from '../home/mf-omnibox.ts';
import type { Page } from '../router/route.ts';
import { base } from '../styles/base.ts';
import '../submit/mf-submit.ts';
import { localized, t } from '../words/t.ts';
import { appStyles } from './app.styles.ts';
import { announceEvents } from './host-events.ts';
import './mf-account.ts';
import './mf-keys.ts';
import './mf-rail.ts';
import './mf-tabbar.ts';
import './mf-toasts.ts';
import type { Destination } from './nav.ts';
import { PasteDrop } from './paste-drop.ts';
import { Services } from './services.ts';
import { Shortcuts } from './shortcuts.ts';

/** Keeps the page from scrolling, at the same width. */
function lockPage(locked: boolean): void {
  const page = document.documentElement;
  if (page.classList.contains('is-locked') === locked) return;
  if (locked) page.style.setProperty('--mf-scrollbar', `${window.innerWidth - page.clientWidth}px`);
  page.classList.toggle('is-locked', locked);
}

/** Milliseconds. */
const TRY_AGAIN = 3000;

/** The shell: who may see what, the page, and what lies over it. */
@customElement('mf-app')
@localized()
export class MfApp extends LitElement {
  static override styles = [base, appStyles];

  @state() private _keys = false;
  @state() private _ready = false;
  @query('mf-omnibox') private readonly _omnibox: MfOmnibox | null | undefined;
  @query('mf-home') private readonly _home: MfHome | null | undefined;
  private readonly _services = new Services();
  private readonly _paste = new PasteDrop(this, (text) => this._add(text));
  private readonly _listening = new AbortController();
  private _seen = '';
  private _shown: Page['name'] | '' = '';

  constructor() {
    super();
    this._services.provide(this);
    new Shortcuts(
      this,
      {
        '/': () => this._omnibox?.focus(),
        'g h': () => this._services.router.go({ name: 'home', filter: {} }),
        'g d': () => this._services.router.go({ name: 'downloads', tab: 'now' }),
        '?': () => (this._keys = true),
      },
      () => this._services.session.state === 'in' && !this._services.router.overlay && !this._keys,
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { router, preferences, session, downloads, connection } = this._services;
    for (const store of [router, session, downloads, connection]) store.watch(() => this.requestUpdate());
    session.watch(() => this._onSession());
    announceEvents(this._services);
    router.start(this._listening.signal);
    void Promise.all([preferences.start(this._listening.signal), session.load()]).then(() => (this._ready = true));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._listening.abort();
    this._services.connection.stop();
  }

  protected override updated(_changed: PropertyValues): void {
    const { router } = this._services;
    const open = router.overlay?.name === 'viewer';
    lockPage(open);
    if (router.overlay?.name === 'viewer') this._seen = router.overlay.postId;
    else if (this._seen) {
      this._home?.focusPost(this._seen);
      this._seen = '';
    }
    if (this._shown !== router.page.name) this._onPage(router.page.name);
    if (open) void import('../viewer/mf-viewer.ts');
    document.title = this._title();
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
        return this._renderShell();
    }
  }

  private _renderShell() {
    const { router, downloads } = this._services;
    const { overlay, page } = router;
    const current =
      overlay?.name === 'add' ? 'add' : page.name === 'home' || page.name === 'downloads' ? page.name : '';
    const [running, needsYou] = [downloads.counts.running, downloads.failed.length];
    return html`<a class="skip" href="#main" @click=${this._skip}>${t('skip')}</a>
      <div class="shell" ?inert=${overlay?.name === 'viewer'}>
        <mf-rail .current=${current} .running=${running} .needsYou=${needsYou} .hrefOf=${this._hrefOf}>
          <mf-account side="above" @mf-keys=${this._openKeys}></mf-account>
        </mf-rail>
        <main id="main" tabindex="-1">
          <header class="bar">
            <mf-omnibox
              .value=${page.name === 'home' ? (page.filter.q ?? '') : ''}
              @mf-search=${(event: CustomEvent<string>) => this._search(event.detail)}
              @mf-links=${(event: CustomEvent<string>) => this._add(event.detail)}
            ></mf-omnibox>
            <a class="btn main only-desk" href=${this._hrefOf('add')}>${icon('plus', 'sm')}${t('add')}</a>
            <mf-account class="only-phone" @mf-keys=${this._openKeys}></mf-account>
          </header>
          ${this._renderPage()}
        </main>
        <mf-tabbar .current=${current} .running=${running} .needsYou=${needsYou} .hrefOf=${this._hrefOf}></mf-tabbar>
      </div>
      ${
        overlay?.name === 'viewer'
          ? html`<mf-viewer
              .postId=${overlay.postId}
              .item=${overlay.item}
              @mf-close=${() => router.closeOverlay()}
            ></mf-viewer>`
          : nothing
      }
      ${overlay?.name === 'add' ? html`<mf-submit .text=${overlay.text} @mf-close=${() => router.closeOverlay()}></mf-submit>` : nothing}
      ${this._keys ? html`<mf-keys @mf-close=${() => (this._keys = false)}></mf-keys>` : nothing}
      ${
        this._paste.dragging
          ? html`<div class="drop" aria-hidden="true">
              <div>
                ${icon('link', 'lg')}
                <h2>${t('drop')}</h2>
                <p>${t('drop_text')}</p>
              </div>
            </div>`
          : nothing
      }
      <mf-toasts></mf-toasts>`;
  }

  private _renderPage() {
    const { page } = this._services.router;
    switch (page.name) {
      case 'downloads':
        return html`<mf-downloads .tab=${page.tab}></mf-downloads>`;
      case 'missing':
        return html`<mf-empty icon="search" .heading=${t('missing')} .text=${t('missing_text')}>
          <a class="btn big" href=${this._hrefOf('home')}>${t('missing_home')}</a>
        </mf-empty>`;
      default:
        return html`<mf-home .filter=${page.name === 'home' ? page.filter : {}}></mf-home>`;
    }
  }

  private readonly _hrefOf = (destination: Destination): string => {
    const { router } = this._services;
    if (destination === 'add') return router.href({ name: 'add', text: '' });
    return router.href(destination === 'home' ? { name: 'home', filter: {} } : { name: 'downloads', tab: 'now' });
  };

  private _onSession(): void {
    const { session, router, connection, downloads, library } = this._services;
    if (session.state === 'in') {
      connection.start();
      if (router.page.name === 'login') router.goToPath(router.page.next);
      else if (router.page.name === 'setup') router.goToPath('');
      return;
    }
    connection.stop();
    if (session.state === 'unreachable') {
      setTimeout(() => void (session.state === 'unreachable' && session.load()), TRY_AGAIN);
      return;
    }
    downloads.clear();
    library.clear();
    const { page, current } = router;
    if (session.state === 'setup' && page.name !== 'setup') router.go({ name: 'setup' }, { replace: true });
    if (session.state === 'out' && page.name !== 'login') {
      router.go({ name: 'login', next: page.name === 'setup' ? '' : current }, { replace: true });
    }
  }

  private _add(text: string): void {
    if (this._services.session.state !== 'in') return;
    this._services.router.go({ name: 'add', text }, { replace: this._services.router.overlay?.name === 'add' });
  }

  /** Going on with a search replaces its address; starting one can be gone back from. */
  private _search(q: string): void {
    const { router } = this._services;
    const filter = router.page.name === 'home' ? router.page.filter : {};
    if ((filter.q ?? '') === q && router.page.name === 'home') return;
    const { q: before, ...rest } = filter;
    router.go(
      { name: 'home', filter: q ? { ...rest, q } : rest },
      { replace: before !== undefined && router.page.name === 'home' },
    );
  }

  /** After a change of page the focus goes to its heading and the view to its top. */
  private _onPage(name: Page['name']): void {
    const first = this._shown === '';
    this._shown = name;
    if (first || this._services.session.state !== 'in') return;
    if (this._services.router.restore === undefined) window.scrollTo({ top: 0 });
    const page = this.renderRoot.querySelector<LitElement>('mf-home, mf-downloads');
    void page?.updateComplete.then(() => page.renderRoot.querySelector('h1')?.focus({ preventScroll: true }));
  }

  private readonly _skip = (event: Event): void => {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>('main')?.focus();
  };

  private readonly _openKeys = (): void => {
    this._keys = true;
  };

  private _title(): string {
    const { router, session, downloads } = this._services;
    const busy = downloads.counts.running > 0 ? `(${downloads.counts.running}) ` : '';
    if (session.state !== 'in') return 'MediaFetcher';
    return router.page.name === 'downloads' ? `${busy}${t('downloads')} · MediaFetcher` : `${busy}MediaFetcher`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-app': MfApp;
  }
}

import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { TagsQuery } from '../api/folder-documents.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-dialog.ts';
import { askFolderAct } from '../library/folder-act.ts';
import type { Route } from '../router/route.ts';
import {
  apiContext,
  changesContext,
  foldersContext,
  preferencesContext,
  routerContext,
  selectionContext,
  sessionContext,
} from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { extractLinks, isOnlyLinks } from '../submit/links.rules.ts';
import { localized, t, tn } from '../words/palette.ts';
import { actionCommands, folderCommands, pageCommands, tagCommands } from './palette-entries.ts';
import type { Command } from './palette-entries.ts';
import { findEntries } from './palette.rules.ts';
import { paletteStyles } from './palette.styles.ts';

interface Group {
  readonly label: string;
  readonly commands: readonly Command[];
}

/** Of each kind, so that none crowds out the others. */
const MOST = 8;
const MOST_TAGS = 6;

/**
 * Everything by its name: pages, folders, tags and actions; a link is saved, other text is searched for.
 * @fires mf-close
 * @fires mf-keys - wants the list of keys
 * @fires mf-folder-act - wants a new folder
 */
@customElement('mf-palette')
@localized()
export class MfPalette extends LitElement {
  static override styles = [base, paletteStyles];

  @state() private _text = '';
  @state() private _at = 0;
  @query('input') private readonly _input: HTMLInputElement | null | undefined;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _changes = new UseValue(this, changesContext);
  private readonly _folders = new UseStore(this, foldersContext);
  private readonly _preferences = new UseStore(this, preferencesContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _selection = new UseStore(this, selectionContext);
  private readonly _session = new UseStore(this, sessionContext);
  private readonly _tags = new Task(this, {
    task: async ([api, prefix], { signal }) =>
      api ? (await api.query(TagsQuery, { prefix, limit: MOST_TAGS }, signal)).tags : [],
    args: () => [this._api.value, this._text.trim().replace(/^#/, '')] as const,
  });
  private _groups: readonly Group[] = [];

  protected override willUpdate(): void {
    this._folders.value?.open();
    this._groups = this._find();
    this._at = Math.max(0, Math.min(this._at, this._shown.length - 1));
  }

  protected override firstUpdated(): void {
    this._input?.focus();
  }

  protected override updated(_changed: PropertyValues): void {
    this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  protected override render() {
    const shown = this._shown;
    return html`<mf-dialog size="s" .label=${t('palette')}>
      <div class="box">
        <div class="field">
          ${icon('search')}
          <input
            autofocus
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls="list"
            aria-autocomplete="list"
            aria-activedescendant=${shown.length > 0 ? `o${this._at}` : nothing}
            aria-label=${t('palette_hint')}
            placeholder=${t('palette_hint')}
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            maxlength="4000"
            .value=${this._text}
            @input=${this._onInput}
            @keydown=${this._onKey}
          />
        </div>
        <div class="list" id="list" role="listbox" aria-label=${t('palette')}>
          ${this._groups.map((group) => this._renderGroup(group))}
          ${shown.length === 0 ? html`<p class="none">${t('palette_none')}</p>` : nothing}
        </div>
        <span class="vh" role="status">${this._text ? tn('palette_found', shown.length) : ''}</span>
      </div>
    </mf-dialog>`;
  }

  private _renderGroup({ label, commands }: Group) {
    if (commands.length === 0) return nothing;
    return html`<div role="group" aria-label=${label}>
      <p class="group" aria-hidden="true">${label}</p>
      ${commands.map((command) => {
        const at = this._shown.indexOf(command);
        return html`<div
          id="o${at}"
          role="option"
          aria-selected=${at === this._at}
          @pointermove=${() => (this._at = at)}
          @click=${() => this._run(command)}
        >
          ${icon(command.icon, 'sm')}<span class="clip" dir="auto">${command.label}</span>
          ${command.hint ? html`<span class="hint clip" dir="auto">${command.hint}</span>` : nothing}
        </div>`;
      })}
    </div>`;
  }

  private _find(): Group[] {
    const text = this._text.trim();
    if (isOnlyLinks(text)) return [{ label: t('palette_do'), commands: [this._save(text)] }];
    const folders = this._folders.value;
    return [
      { label: t('palette_go'), commands: findEntries(pageCommands(this._go), text, MOST) },
      {
        label: t('folders'),
        commands: findEntries(
          [...folderCommands(folders?.list ?? [], this._go), ...folderCommands(folders?.shared ?? [], this._go)],
          text,
          MOST,
        ),
      },
      { label: t('tags'), commands: text ? tagCommands(this._tags.value ?? [], this._go) : [] },
      { label: t('palette_do'), commands: findEntries(this._actions(), text, text ? MOST : 4) },
      ...(text ? [{ label: t('palette_search'), commands: [this._search(text)] }] : []),
    ];
  }

  private get _shown(): readonly Command[] {
    return this._groups.flatMap(({ commands }) => commands);
  }

  private _save(text: string): Command {
    const label = tn('omnibox_add', extractLinks(text).length);
    return { id: 'save', icon: 'link', label, hint: text, run: () => this._go({ name: 'add', text }) };
  }

  private _search(text: string): Command {
    return {
      id: 'search',
      icon: 'search',
      label: t('palette_search_for', { text }),
      run: () => this._go({ name: 'home', filter: { q: text.slice(0, 200) } }),
    };
  }

  private _actions(): Command[] {
    return actionCommands({
      add: () => this._go({ name: 'add', text: '' }),
      select: () => this._selection.value?.start(),
      undo: () => this._changes.value?.undoLast(),
      newFolder: () => askFolderAct(this, { kind: 'new', parentId: null }),
      keys: () => this._fire('mf-keys'),
      signOut: () => void this._session.value?.signOut(),
      preferences: this._preferences.value,
    });
  }

  private readonly _go = (route: Route): void => this._router.value?.go(route);

  private readonly _onInput = (): void => {
    this._text = this._input?.value ?? '';
    this._at = 0;
  };

  private readonly _onKey = (event: KeyboardEvent): void => {
    const most = this._shown.length;
    const goals: Readonly<Record<string, number>> = {
      ArrowDown: this._at + 1,
      ArrowUp: this._at - 1 + most,
      PageDown: Math.min(most - 1, this._at + 8),
      PageUp: Math.max(0, this._at - 8),
    };
    const goal = goals[event.key];
    const chosen = this._shown[this._at];
    if (goal !== undefined && most > 0) this._at = goal % most;
    else if (event.key === 'Enter' && !event.isComposing && chosen) this._run(chosen);
    else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) this._fire('mf-close');
    else return;
    event.preventDefault();
  };

  /** It shuts first: what it leads to takes the focus from the page. */
  private _run({ run }: Command): void {
    this._fire('mf-close');
    run();
  }

  private _fire(name: string): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-palette': MfPalette;
  }
}

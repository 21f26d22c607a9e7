import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Folder, Post } from '../api/types.ts';
import '../elements/mf-dialog.ts';
import type { Filter } from '../router/filter.ts';
import { t } from '../words/select.ts';
import './mf-folder-picker.ts';
import type { FolderToggle } from './mf-folder-picker.ts';
import './mf-purge.ts';
import './mf-tag-picker.ts';
import type { TagToggle } from './mf-tag-picker.ts';

/** What is asked before a change of many posts. */
export type Sheet = 'folders' | 'move' | 'tags' | 'purge';

interface Asked {
  readonly folders: readonly Folder[];
  readonly posts: readonly Post[];
  /** More is picked than `posts`: all that this lets through. */
  readonly all: Filter | undefined;
  readonly onFolder: (event: CustomEvent<FolderToggle>) => void;
  readonly onCreate: (event: CustomEvent<string>) => void;
  readonly onTag: (event: CustomEvent<TagToggle>) => void;
  readonly onPurged: (event: CustomEvent<{ gone: boolean } | undefined>) => void;
  readonly onClose: (event: Event) => void;
}

/** The question over the bar. */
export function renderSheet(sheet: Sheet, asked: Asked): TemplateResult {
  const { folders, posts, all } = asked;
  switch (sheet) {
    case 'folders':
    case 'move':
      return html`<mf-dialog
        size="s"
        .label=${t(sheet === 'move' ? 'move_to' : 'add_to_folder')}
        @mf-close=${asked.onClose}
      >
        <mf-folder-picker
          autofocus
          .folders=${folders}
          .posts=${posts}
          ?many=${all !== undefined}
          ?single=${sheet === 'move'}
          @mf-toggle=${asked.onFolder}
          @mf-create=${asked.onCreate}
        ></mf-folder-picker>
      </mf-dialog>`;
    case 'tags':
      return html`<mf-dialog size="s" .label=${t('tag_them')} @mf-close=${asked.onClose}>
        <mf-tag-picker autofocus .posts=${posts} @mf-toggle=${asked.onTag}></mf-tag-picker>
      </mf-dialog>`;
    case 'purge':
      return html`<mf-purge .posts=${posts} .filter=${all} @mf-close=${asked.onPurged}></mf-purge>`;
  }
}

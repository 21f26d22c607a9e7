import { html } from 'lit';
import type { Job } from '../api/types.ts';
import { showLink } from '../submit/links.rules.ts';
import { t } from '../words/downloads.ts';

/** The box before a download while many are picked. */
export const renderPick = (job: Job, on: boolean, onPick: (id: string, on: boolean) => void) =>
  html`<label class="pick"
    ><input
      type="checkbox"
      .checked=${on}
      aria-label=${t('many_pick', { name: job.title ?? showLink(job.url) })}
      @change=${(event: Event) => onPick(job.id, event.target instanceof HTMLInputElement && event.target.checked)}
  /></label>`;

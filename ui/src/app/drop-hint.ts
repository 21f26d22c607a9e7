import { html } from 'lit';
import { icon } from '../elements/icons.ts';
import { t } from '../words/t.ts';

/** Lies over the page while a link is held over it. */
export const renderDropHint = () =>
  html`<div class="drop" aria-hidden="true">
    <div>
      ${icon('link', 'lg')}
      <h2>${t('drop')}</h2>
      <p>${t('drop_text')}</p>
    </div>
  </div>`;

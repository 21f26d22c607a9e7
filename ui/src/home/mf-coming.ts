import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { Job } from '../api/types.ts';
import { isHeld, shortLine } from '../downloads/short-line.rules.ts';
import { originStyles, renderOrigin } from '../elements/origin.ts';
import '../elements/mf-trip.ts';
import { base } from '../styles/base.ts';
import { formatWait } from '../words/format.ts';
import { platformName } from '../words/names.ts';
import { localized, t } from '../words/t.ts';
import { ratioOf } from './card.rules.ts';
import { cardStyles } from './card.styles.ts';

/** A download on the wall, in the place where its post will be. */
@customElement('mf-coming')
@localized()
export class MfComing extends LitElement {
  static override styles = [
    base,
    originStyles,
    cardStyles,
    css`
      .how p {
        color: var(--mf-text-2);
      }
      .how b {
        color: var(--mf-text-1);
        font-weight: var(--mf-weight-mid);
      }
    `,
  ];

  @property({ attribute: false }) job: Job | undefined;
  /** Where the link leads. */
  @property() href = '';
  @property({ type: Boolean }) current = false;
  @query('a') private readonly _link: HTMLAnchorElement | null | undefined;

  override focus(options?: FocusOptions): void {
    this._link?.focus(options);
  }

  protected override render() {
    const { job } = this;
    if (!job) return nothing;
    const title = job.title ?? t('coming_untitled', { platform: platformName(job.platform) });
    const { lead, rest } = shortLine(job);
    const left = job.status === 'running' && job.eta ? t('left', { time: formatWait(job.eta) }) : ' ';
    return html`<article class="coming">
      <a
        class="media"
        href=${this.href}
        aria-label=${t('coming_name', { title })}
        tabindex=${this.current ? 0 : -1}
        style=${styleMap({ aspectRatio: String(ratioOf({ job })) })}
      >
        ${renderOrigin({ platform: job.platform, note: left })}
        <div class="how">
          <p class="num"><b>${lead}</b>${rest.length > 0 ? ` · ${rest.join(' · ')}` : ''}</p>
          <mf-trip
            .stage=${job.stage}
            .progress=${job.progress}
            .status=${job.status}
            .attempt=${job.attempts}
            .indeterminate=${job.indeterminate}
            .held=${isHeld(job)}
          ></mf-trip>
        </div>
      </a>
      <div class="text">
        <h3 class="clamp2" dir="auto">${title}</h3>
        <p><bdi>${job.author ?? ''}</bdi><time>${t('now')}</time></p>
      </div>
    </article>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-coming': MfComing;
  }
}

import { html, nothing } from 'lit';
import { icon } from './icons.ts';

/** A refusal in words, said at once; nothing while there is none. */
export const renderProblem = (problem: string) =>
  problem
    ? html`<div class="note bad" role="alert">
        ${icon('alert')}
        <p>${problem}</p>
      </div>`
    : nothing;

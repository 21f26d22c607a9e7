import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../elements/icons.ts';
import { t } from '../words/entry.ts';

interface PasswordField {
  readonly autocomplete: 'current-password' | 'new-password';
  readonly shown: boolean;
  readonly onShow: () => void;
  readonly onInput?: () => void;
  /** What is wrong with it, in words. */
  readonly problem?: string;
  readonly hint?: string;
  /** 1-4: shows how good it is. */
  readonly strength?: number;
}

/** A password field that can be looked at. No element of its own: password managers want name and password in one root. */
export function passwordField(field: PasswordField): TemplateResult {
  const { problem = '', hint = '', strength = 0 } = field;
  return html`<div class="field">
    <label for="password">${t('password')}</label>
    <span class="input ${problem ? 'bad' : ''}">
      <input
        id="password"
        name="password"
        type=${field.shown ? 'text' : 'password'}
        autocomplete=${field.autocomplete}
        maxlength="200"
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby="password-hint"
        @input=${field.onInput ?? nothing}
      />
      <button
        type="button"
        class="icb"
        aria-label=${t('password_show')}
        aria-pressed=${field.shown}
        @click=${field.onShow}
      >
        ${icon('eye', 'sm')}
      </button>
    </span>
    <p class="hint row tight ${problem ? 'bad' : ''}" id="password-hint" ?hidden=${!problem && !hint}>
      ${
        strength > 0 && !problem
          ? html`<span class="strength" aria-hidden="true"
              >${[1, 2, 3, 4].map((step) => html`<i class=${step <= strength ? 'on' : ''}></i>`)}</span
            >`
          : nothing
      }
      ${problem || hint}
    </p>
  </div>`;
}

/** The server refuses shorter ones. */
export const SHORTEST_PASSWORD = 8;

/** How good a password is, 1-4: length first, then variety. */
export function passwordStrength(password: string): number {
  if (password.length < SHORTEST_PASSWORD) return password ? 1 : 0;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length;
  const varied = new Set(password).size >= 6;
  if (!varied) return 1;
  return Math.min(4, 1 + (password.length >= 12 ? 1 : 0) + (password.length >= 16 ? 1 : 0) + (kinds >= 2 ? 1 : 0));
}

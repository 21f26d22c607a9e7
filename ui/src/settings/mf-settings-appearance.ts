import { html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { preferencesContext } from '../state/contexts.ts';
import { CARD_SIZES, MOTIONS, THEMES } from '../state/preferences.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/settings.ts';
import { LANGUAGE_NAMES, LOCALES } from '../words/t.ts';
import './mf-install.ts';
import { settingsStyles } from './settings.styles.ts';

/** How the app looks in this browser. */
@customElement('mf-settings-appearance')
@localized()
export class MfSettingsAppearance extends LitElement {
  static override styles = [base, settingsStyles];

  private readonly _preferences = new UseStore(this, preferencesContext);

  protected override render() {
    const preferences = this._preferences.value;
    return html`<section aria-labelledby="h">
      <header>
        <h2 id="h">${t('settings_appearance')}</h2>
        <p>${t('appearance_text')}</p>
      </header>
      <ul class="lst">
        ${this._line(
          t('theme_label'),
          '',
          THEMES.map((theme) => [
            t(`theme_${theme}`),
            theme === preferences?.theme,
            () => preferences?.setTheme(theme),
          ]),
        )}
        ${this._line(
          t('language'),
          '',
          LOCALES.map((locale) => [
            LANGUAGE_NAMES[locale],
            locale === preferences?.locale,
            () => void preferences?.setLocale(locale),
          ]),
        )}
        ${this._line(
          t('motion'),
          t('motion_text'),
          MOTIONS.map((motion) => [
            t(`motion_${motion}`),
            motion === preferences?.motion,
            () => preferences?.setMotion(motion),
          ]),
        )}
        ${this._line(
          t('cards'),
          t('cards_text'),
          CARD_SIZES.map((size) => [
            t(`cards_${size}`),
            size === preferences?.cardSize,
            () => preferences?.setCardSize(size),
          ]),
        )}
        <li><mf-install></mf-install></li>
      </ul>
    </section>`;
  }

  private _line(label: string, hint: string, choices: readonly (readonly [string, boolean, () => void])[]) {
    return html`<li class="line">
      <div class="grow">
        <p class="strong sm-t">${label}</p>
        <p class="xs t3">${hint}</p>
      </div>
      <div class="seg" role="group" aria-label=${label}>
        ${choices.map(
          ([words, chosen, choose]) => html`<button aria-pressed=${chosen} @click=${choose}>${words}</button>`,
        )}
      </div>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-settings-appearance': MfSettingsAppearance;
  }
}

import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SettingsSection } from '../router/route.ts';

@customElement('mf-settings')
export class MfSettings extends LitElement {
  @property() section: SettingsSection = 'account';
  protected override render() {
    return html`${this.section}`;
  }
}
declare global {
  interface HTMLElementTagNameMap {
    'mf-settings': MfSettings;
  }
}

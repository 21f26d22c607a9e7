import { css } from 'lit';

/** A section of the settings: its words, and lines with one thing each. */
export const settingsStyles = css`
  :host {
    display: block;
  }
  header {
    margin-block-end: 14px;
  }
  header h2 {
    margin-block-end: 2px;
    font-size: var(--mf-text-xl);
    letter-spacing: -0.01em;
  }
  header p {
    max-inline-size: 62ch;
    color: var(--mf-text-2);
    text-wrap: pretty;
  }
  h3 {
    margin-block: 26px 10px;
    font-size: var(--mf-text-md);
  }
  .lst {
    border-radius: var(--mf-radius-lg);
    background: var(--mf-surface-1);
    box-shadow: var(--mf-lift-1);
  }
  .lst > li + li {
    border-block-start: 1px solid var(--mf-line-1);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 14px;
    min-block-size: 60px;
    padding: 13px 16px;
  }
  .line > .grow {
    flex-basis: 180px;
  }
  .line.person {
    flex-wrap: nowrap;
  }
  .line.person > .grow {
    flex-basis: 0;
    overflow-wrap: anywhere;
  }
  .line .seg {
    flex-wrap: wrap;
  }
  .av {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 50%;
    background: var(--mf-surface-4);
    font-weight: var(--mf-weight-strong);
    text-transform: uppercase;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    block-size: 24px;
    padding-inline: 9px;
    border-radius: var(--mf-radius-full);
    background: var(--mf-surface-3);
    color: var(--mf-text-2);
    font-size: var(--mf-text-xs);
    font-weight: var(--mf-weight-mid);
  }
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
    max-inline-size: 420px;
    padding: 16px;
  }
  form .btn {
    justify-self: start;
  }
  .short {
    inline-size: 128px;
  }
  .add {
    margin-block-start: 14px;
  }
  @media (max-width: 699px) {
    .line > .grow {
      flex-basis: 140px;
    }
  }
`;

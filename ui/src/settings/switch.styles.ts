import { css } from 'lit';

/** A switch: a button with role=switch. */
export const switchStyles = css`
  .switch {
    position: relative;
    flex: none;
    inline-size: 42px;
    block-size: 24px;
    border-radius: var(--mf-radius-full);
    background: var(--mf-surface-4);
    box-shadow: inset 0 0 0 1.5px var(--mf-control);
    transition: background var(--mf-quick);
  }
  .switch::before {
    content: '';
    position: absolute;
    inset: -10px -2px;
  }
  .switch::after {
    content: '';
    position: absolute;
    inset-block-start: 5px;
    inset-inline-start: 5px;
    inline-size: 14px;
    block-size: 14px;
    border-radius: 50%;
    background: var(--mf-text-2);
    transition: translate var(--mf-base) var(--mf-out);
  }
  .switch[aria-checked='true'] {
    background: var(--mf-text-1);
    box-shadow: none;
  }
  .switch[aria-checked='true']::after {
    translate: 18px 0;
    background: var(--mf-text-inverse);
  }
  .switch:dir(rtl)[aria-checked='true']::after {
    translate: -18px 0;
  }
  .switch:focus-visible {
    border-radius: var(--mf-radius-full);
    box-shadow: var(--mf-focus);
  }
  .switch[disabled] {
    opacity: 0.4;
  }
`;

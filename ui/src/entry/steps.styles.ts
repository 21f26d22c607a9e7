import { css } from 'lit';

/** Of the first run: one column on the page, the way on at its end. */
export const stepsStyles = css`
  .setup {
    position: relative;
    display: grid;
    justify-items: center;
    align-content: start;
    min-block-size: 100dvh;
    padding: 9vh 24px 40px;
    overflow: hidden;
  }
  .bgmark {
    position: absolute;
    inset-block-end: -170px;
    inset-inline-end: -130px;
    inline-size: 520px;
    color: var(--mf-surface-2);
    --mf-mark-live: var(--mf-surface-2);
    opacity: 0.8;
  }
  section {
    position: relative;
    display: grid;
    gap: 24px;
    inline-size: min(560px, 100%);
  }
  .logo {
    margin-block-end: 20px;
  }
  h1 {
    font-size: 2rem;
    letter-spacing: var(--mf-tracking-display);
    line-height: var(--mf-leading-tight);
  }
  form {
    display: grid;
    gap: 18px;
  }
  .go {
    margin-block-start: 8px;
  }
  .go .btn {
    justify-self: start;
  }
  @media (max-width: 699px) {
    .setup {
      padding: calc(24px + env(safe-area-inset-top)) 20px calc(120px + env(safe-area-inset-bottom));
    }
    .bgmark {
      display: none;
    }
    h1 {
      font-size: 1.6rem;
    }
    .go {
      position: fixed;
      z-index: var(--mf-z-sticky);
      inset: auto 0 0;
      display: grid;
      padding: 12px 20px calc(16px + env(safe-area-inset-bottom));
      background: var(--mf-page);
    }
    .go .btn {
      justify-self: stretch;
    }
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 12px 20px;
    margin-block-end: 20px;
  }
  .head .logo {
    margin: 0;
  }
  .stepper {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 14px;
    margin: 0;
    padding: 0;
    list-style: none;
    color: var(--mf-text-3);
    font-size: var(--mf-text-xs);
  }
  .stepper li {
    display: flex;
    align-items: center;
    gap: 7px;
  }
  .stepper i {
    inline-size: 18px;
    block-size: 4px;
    border-radius: 2px;
    background: var(--mf-surface-4);
  }
  .stepper .done i {
    background: var(--mf-text-2);
  }
  .stepper .now {
    color: var(--mf-text-1);
  }
  .stepper .now i {
    background: var(--mf-signal-text);
  }
  .checks {
    display: grid;
    gap: 14px;
    padding: 16px;
    border-radius: var(--mf-radius-lg);
    background: var(--mf-surface-1);
    box-shadow: var(--mf-lift-1);
  }
  .ck {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    border-radius: 50%;
    background: var(--mf-ok-tint);
    color: var(--mf-ok);
  }
  .ck.bad {
    background: var(--mf-danger-tint);
    color: var(--mf-danger);
  }
  h1:focus-visible {
    outline: none;
    box-shadow: none;
  }
  .path {
    overflow-wrap: anywhere;
  }
  .go {
    display: flex;
    gap: var(--mf-2);
  }
  .go-link {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
  }
  .go-link .input {
    flex: 1 1 260px;
    block-size: 50px;
  }
  @media (max-width: 699px) {
    .go .btn {
      flex: 1;
    }
  }
  .platforms {
    gap: 18px;
  }
`;

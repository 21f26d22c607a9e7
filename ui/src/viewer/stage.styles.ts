import { css } from 'lit';

export const stageStyles = css`
  :host {
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
    min-inline-size: 0;
  }
  .cell {
    container-type: size;
    display: grid;
    place-items: center;
    min-inline-size: 0;
  }
  .shot {
    position: relative;
    inline-size: min(100cqi, 100cqb * var(--r));
    aspect-ratio: var(--r);
    border-radius: 14px;
    overflow: hidden;
    box-shadow: 0 24px 80px #00000080;
  }
  .shot.pic {
    touch-action: none;
    cursor: zoom-in;
  }
  :host([zoomed]) .shot.pic {
    cursor: grab;
    border-radius: 0;
    box-shadow: none;
  }
  .shot.aud {
    inline-size: min(640px, 92cqi);
    block-size: auto;
    max-block-size: 100cqb;
    aspect-ratio: auto;
    background: #ffffff12;
  }
  .shot > img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }
  .oops {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--mf-3);
    block-size: 100%;
    padding: var(--mf-6);
    text-align: center;
  }
  .oops h2 {
    font-size: var(--mf-text-lg);
  }
  .oops p {
    color: #ffffffc7;
    max-inline-size: 36ch;
  }
  @media (max-width: 699px), (max-height: 500px) {
    .shot {
      border-radius: 0;
    }
    .shot.vid {
      inline-size: 100%;
      block-size: 100%;
      aspect-ratio: auto;
    }
    .shot.aud {
      inline-size: 100%;
      block-size: 100%;
      background: none;
      box-shadow: none;
    }
  }
`;

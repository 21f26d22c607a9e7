import { css, html, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';

/** Line icons on a 24 px grid with a 1.8 stroke; they take the colour of the text. */
const ICONS = {
  home: svg`<rect x="3.5" y="3.5" width="7.5" height="10" rx="2"/><rect x="13" y="3.5" width="7.5" height="6" rx="2"/><rect x="13" y="11.5" width="7.5" height="9" rx="2"/><rect x="3.5" y="15.5" width="7.5" height="5" rx="2"/>`,
  download: svg`<path d="M12 3.8v11.4 M7.3 10.7l4.7 4.6 4.7-4.6 M4.5 19.8h15"/>`,
  plus: svg`<path d="M12 5v14 M5 12h14"/>`,
  search: svg`<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.2 4.2"/>`,
  close: svg`<path d="M6 6l12 12 M18 6L6 18"/>`,
  check: svg`<path d="M5 12.8l4.6 4.5L19.2 7"/>`,
  'chev-r': svg`<path d="M9.5 5.5L16 12l-6.5 6.5"/>`,
  'chev-l': svg`<path d="M14.5 5.5L8 12l6.5 6.5"/>`,
  'chev-d': svg`<path d="M5.5 9.5L12 16l6.5-6.5"/>`,
  'chev-u': svg`<path d="M5.5 14.5L12 8l6.5 6.5"/>`,
  back: svg`<path d="M11.5 5.5L5 12l6.5 6.5 M18.5 5.5L12 12l6.5 6.5"/>`,
  forward: svg`<path d="M12.5 5.5L19 12l-6.5 6.5 M5.5 5.5L12 12l-6.5 6.5"/>`,
  more: svg`<g fill="currentColor"><circle cx="5.5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="18.5" cy="12" r="1"/></g>`,
  play: svg`<path fill="currentColor" d="M8 5.2v13.6L18.8 12z"/>`,
  pause: svg`<path fill="currentColor" d="M7.5 5.5h2.6v13H7.5z M13.9 5.5h2.6v13h-2.6z"/>`,
  retry: svg`<path d="M4.5 5v5h5 M5 10a7.6 7.6 0 1 1-.6 4.6"/>`,
  trash: svg`<path d="M4.5 7h15 M9.5 7V4.5h5V7 M6.5 7l.9 12.5h9.2L17.5 7 M10.3 11v5 M13.7 11v5"/>`,
  link: svg`<path d="M10 14a4.2 4.2 0 0 0 6 0l3-3a4.2 4.2 0 0 0-6-6l-1.2 1.2 M14 10a4.2 4.2 0 0 0-6 0l-3 3a4.2 4.2 0 0 0 6 6l1.2-1.2"/>`,
  image: svg`<rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/><circle cx="9" cy="10" r="1.7"/><path d="M4 17.5l5-4.5 3.5 3 3-2.7 5 4.4"/>`,
  video: svg`<rect x="3.5" y="5" width="17" height="14" rx="2.5"/><path d="M10.3 9v6l5-3z"/>`,
  audio: svg`<path d="M9 17.5V6l10-2v11.5"/><circle cx="6.5" cy="17.5" r="2.5"/><circle cx="16.5" cy="15.5" r="2.5"/>`,
  stack: svg`<rect x="7.5" y="7.5" width="13" height="13" rx="2.5"/><path d="M16.5 4.6A2 2 0 0 0 15 3.5H6A2.5 2.5 0 0 0 3.5 6v9a2 2 0 0 0 1.1 1.5"/>`,
  info: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5 M12 8h.1"/>`,
  alert: svg`<path d="M12 4.2L21 19.5H3z M12 10v4.3 M12 17h.1"/>`,
  clock: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>`,
  hourglass: svg`<path d="M7 3.5h10 M7 20.5h10 M8 3.5c0 5 8 6 8 8.5s-8 3.5-8 8.5 M16 3.5c0 5-8 6-8 8.5s8 3.5 8 8.5"/>`,
  offline: svg`<path d="M3.5 4.5l16 16 M6 10.5a9.5 9.5 0 0 1 3.4-2 M13 8.1a9.5 9.5 0 0 1 5 2.4 M8.8 14a5.4 5.4 0 0 1 4-1.2 M12 18h.1"/>`,
  out: svg`<path d="M13.5 4.5h6v6 M19 5l-8.5 8.5 M17.5 14v4a1.8 1.8 0 0 1-1.8 1.8H6A1.8 1.8 0 0 1 4.2 18V8.3A1.8 1.8 0 0 1 6 6.5h4"/>`,
  copy: svg`<rect x="8.5" y="8.5" width="12" height="12" rx="2.5"/><path d="M15.5 5.5a2 2 0 0 0-2-2H6A2.5 2.5 0 0 0 3.5 6v7.5a2 2 0 0 0 2 2"/>`,
  volume: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z M15.5 9a4.2 4.2 0 0 1 0 6 M18 6.5a7.8 7.8 0 0 1 0 11"/>`,
  mute: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z M16 9.5l5 5 M21 9.5l-5 5"/>`,
  full: svg`<path d="M4 9V4.5h5 M20 9V4.5h-5 M4 15v4.5h5 M20 15v4.5h-5"/>`,
  pip: svg`<rect x="3.5" y="5" width="17" height="14" rx="2.5"/><rect x="12" y="11.5" width="6" height="5" rx="1" fill="currentColor"/>`,
  keyboard: svg`<rect x="2.5" y="6" width="19" height="12" rx="2.5"/><path d="M6.5 10h.1 M10 10h.1 M14 10h.1 M17.5 10h.1 M8 14h8"/>`,
  laptop: svg`<rect x="5" y="5" width="14" height="10" rx="2"/><path d="M2.5 18.5h19"/>`,
  moon: svg`<path d="M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z"/>`,
  sun: svg`<circle cx="12" cy="12" r="4"/><path d="M12 3v1.5 M12 19.5V21 M3 12h1.5 M19.5 12H21 M5.6 5.6l1 1 M17.4 17.4l1 1 M18.4 5.6l-1 1 M6.6 17.4l-1 1"/>`,
  globe: svg`<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17 M12 3.5c5 5 5 12 0 17 M12 3.5c-5 5-5 12 0 17"/>`,
  logout: svg`<path d="M14 4.5H6.5A2 2 0 0 0 4.5 6.5v11a2 2 0 0 0 2 2H14 M10 12h10.5 M17 8.5l3.5 3.5-3.5 3.5"/>`,
  user: svg`<circle cx="12" cy="8.2" r="3.7"/><path d="M4.8 20a7.3 7.3 0 0 1 14.4 0"/>`,
  eye: svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>`,
  paste: svg`<rect x="5" y="5" width="14" height="16" rx="2.5"/><path d="M9 5V3.5h6V5 M12 10v6 M9.3 13.4L12 16l2.7-2.6"/>`,
  broken: svg`<path d="M3.5 13V7A2.5 2.5 0 0 1 6 4.5h12A2.5 2.5 0 0 1 20.5 7v4.5 M3.5 13l4-3 3 3.5 3.5-3 3 3 3.5-2.5 M3.5 17v0A2.5 2.5 0 0 0 6 19.5h12a2.5 2.5 0 0 0 2.5-2.5"/>`,
  inbox: svg`<path d="M4 13.5l2.4-7.4A2 2 0 0 1 8.3 4.7h7.4a2 2 0 0 1 1.9 1.4l2.4 7.4V18a1.8 1.8 0 0 1-1.8 1.8H5.8A1.8 1.8 0 0 1 4 18z M4 13.5h4.5l1 2.5h5l1-2.5H20"/>`,
  send: svg`<path d="M20.5 3.5L3.5 10.5l6.5 3 3 6.5z M20.5 3.5L10 13.5"/>`,
  disk: svg`<path d="M4 13.5l2.6-7.2A2 2 0 0 1 8.5 5h7a2 2 0 0 1 1.9 1.3L20 13.5"/><rect x="4" y="13.5" width="16" height="5.5" rx="1.8"/><path d="M16.5 16.3h.1"/>`,
  calendar: svg`<rect x="4" y="5.5" width="16" height="14.5" rx="2.5"/><path d="M4 10h16 M8.5 3.5v4 M15.5 3.5v4"/>`,
  lock: svg`<rect x="5" y="10.5" width="14" height="9.5" rx="2.5"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>`,
  key: svg`<circle cx="8" cy="15.5" r="4"/><path d="M11 12.5l8-8 M16 7.5l2.8 2.8"/>`,
  folder: svg`<path d="M3.5 7.5A2 2 0 0 1 5.5 5.5h4l2 2.5h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z"/>`,
  'folder-plus': svg`<path d="M3.5 7.5A2 2 0 0 1 5.5 5.5h4l2 2.5h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z M12 11v5 M9.5 13.5h5"/>`,
  grid: svg`<rect x="4" y="4" width="7" height="7" rx="1.8"/><rect x="13" y="4" width="7" height="7" rx="1.8"/><rect x="4" y="13" width="7" height="7" rx="1.8"/><rect x="13" y="13" width="7" height="7" rx="1.8"/>`,
  tag: svg`<path d="M4 11.5V5.5A1.5 1.5 0 0 1 5.5 4h6l8 8a1.6 1.6 0 0 1 0 2.3l-5.2 5.2a1.6 1.6 0 0 1-2.3 0z"/><circle cx="8.5" cy="8.5" r="1.2"/>`,
  heart: svg`<path d="M12 19.5S4 14.8 4 9.3A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 8 2.3c0 5.5-8 10.2-8 10.2z"/>`,
  'heart-on': svg`<path fill="currentColor" d="M12 19.5S4 14.8 4 9.3A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 8 2.3c0 5.5-8 10.2-8 10.2z"/>`,
  minus: svg`<path d="M5.5 12h13"/>`,
  edit: svg`<path d="M4.5 19.5l1-4L16 5a2 2 0 0 1 3 3L8.5 18.5z M14 7l3 3"/>`,
  select: svg`<circle cx="12" cy="12" r="8.5"/><path d="M8.3 12.3l2.6 2.5 4.900-5.2"/>`,
  sliders: svg`<path d="M4 7.5h9 M17 7.5h3 M4 16.5h3 M11 16.5h9"/><circle cx="15" cy="7.5" r="2"/><circle cx="9" cy="16.5" r="2"/>`,
  users: svg`<circle cx="9" cy="8.5" r="3.3"/><path d="M3 19.5a6 6 0 0 1 12 0 M15.5 5.700a3.3 3.3 0 0 1 0 5.700 M17.5 14.2a6 6 0 0 1 3.5 5.3"/>`,
  move: svg`<path d="M3.5 7.5A2 2 0 0 1 5.5 5.5h4l2 2.5h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z M8.5 13.5h6 M12.5 11.3l2.2 2.2-2.2 2.2"/>`,
  zoom: svg`<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.2 4.2 M8.5 11h5 M11 8.5v5"/>`,
  share: svg`<path d="M12 3.8v11.4 M7.8 8L12 3.800 16.2 8 M6.5 11.5H5.8a1.8 1.8 0 0 0-1.8 1.8v5.4a1.8 1.8 0 0 0 1.8 1.8h12.4a1.8 1.8 0 0 0 1.8-1.800v-5.4a1.8 1.8 0 0 0-1.800-1.8h-.7"/>`,
  pulse: svg`<path d="M3 12.5h4l2.5-7 4.5 13 2.7-8.5 1.3 2.5h3"/>`,
  server: svg`<rect x="4" y="4.5" width="16" height="6.5" rx="2"/><rect x="4" y="13" width="16" height="6.5" rx="2"/><path d="M7.5 7.8h.1 M7.5 16.3h.1"/>`,
  bolt: svg`<path d="M13 3.5 5.5 13.5H11l-.5 7 8-10.5h-6z"/>`,
  rows: svg`<path d="M4 6.5h16 M4 12h16 M4 17.5h16"/>`,
} satisfies Record<string, SVGTemplateResult>;

/** Filled marks of the platforms. */
const GLYPHS: Readonly<Record<string, SVGTemplateResult>> = {
  instagram: svg`<g fill="none" stroke="currentColor" stroke-width="2"><rect x="3.5" y="3.5" width="17" height="17" rx="5"/><circle cx="12" cy="12" r="4"/></g><circle cx="17" cy="7" r="1.35"/>`,
  tiktok: svg`<path d="M13 3h3.2c.3 2.4 1.7 3.9 4.1 4.1v3.2c-1.5 0-2.9-.4-4.1-1.3v6.3a5.9 5.9 0 1 1-5.9-5.9c.3 0 .6 0 .9.1v3.3a2.7 2.7 0 1 0 1.8 2.5z"/>`,
  reddit: svg`<path fill-rule="evenodd" d="M13 3.6l4.2.9a1.7 1.7 0 1 1-.3 1.4l-3.1-.7-.7 3.1c1.9.1 3.7.7 5 1.6a2.2 2.2 0 1 1 2.4 3.6v.5c0 3.3-3.8 6-8.5 6s-8.5-2.7-8.5-6v-.5A2.2 2.2 0 1 1 5.9 9.9c1.4-1 3.3-1.6 5.3-1.6zM8.7 11.7a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zm6.6 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zM8.6 16.3c1.9 1.7 4.9 1.7 6.8 0l-.8-.9c-1.5 1.2-3.7 1.2-5.2 0z"/>`,
  x: svg`<path d="M3.5 4h5.1l4 5.5L17.4 4h2.3l-6 6.9L20.5 20h-5.1l-4.4-6L5.8 20H3.5l6.5-7.4zm3.4 1.8 9.3 12.4h1.1L8 5.8z"/>`,
  youtube: svg`<path fill-rule="evenodd" d="M14.6 2.7 7 7A4.3 4.3 0 0 0 7.3 14.7l.3.1A4.3 4.3 0 0 0 9.6 21.4l7.5-4.3A4.3 4.3 0 0 0 16.7 9.4l-.3-.1a4.3 4.3 0 0 0-1.8-6.6zM10.2 9l5.3 3-5.3 3z"/>`,
};

export type IconName = keyof typeof ICONS;
export type IconSize = 'xs' | 'sm' | 'md' | 'lg';

/** A decorative icon, hidden from screen readers. @default size 'md' (20 px) */
export function icon(name: IconName, size: IconSize = 'md'): TemplateResult {
  return html`<svg class="ic ${size}" viewBox="0 0 24 24" aria-hidden="true">${ICONS[name]}</svg>`;
}

/** The mark of a platform in its accent; a link for a platform without one. */
export function glyph(platform: string, size: IconSize = 'md'): TemplateResult {
  const mark = GLYPHS[platform];
  if (!mark) return icon('link', size);
  return html`<svg class="ic pf pf-${platform} ${size}" viewBox="0 0 24 24" aria-hidden="true">${mark}</svg>`;
}

export const iconStyles = css`
  .ic {
    display: inline-block;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
    vertical-align: -4px;
  }
  .ic.sm {
    inline-size: 16px;
    block-size: 16px;
    vertical-align: -3px;
  }
  .ic.xs {
    inline-size: 14px;
    block-size: 14px;
    vertical-align: -2px;
  }
  .ic.lg {
    inline-size: 24px;
    block-size: 24px;
  }
  .ic.pf {
    fill: currentColor;
    stroke: none;
  }
  .pf-instagram {
    color: var(--mf-instagram);
  }
  .pf-tiktok {
    color: var(--mf-tiktok);
  }
  .pf-reddit {
    color: var(--mf-reddit);
  }
  .pf-x {
    color: var(--mf-x);
  }
  .pf-youtube {
    color: var(--mf-youtube);
  }
`;

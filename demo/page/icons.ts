import { type Html, html } from "./html.ts";

/** Line drawings of 16 by 16 in the colour of the surrounding text. */
const DRAWINGS = {
  open: html`<circle cx="4" cy="3.5" r="1.75"/><circle cx="4" cy="12.5" r="1.75"/><circle cx="12" cy="12.5" r="1.75"/><path d="M4 5.25v5.5M12 10.75V7a3 3 0 0 0-3-3H7.5m2-2.25L7.25 4 9.5 6.25"/>`,
  merged: html`<circle cx="4.5" cy="3.5" r="1.75"/><circle cx="4.5" cy="12.5" r="1.75"/><circle cx="12" cy="9" r="1.75"/><path d="M4.5 5.25v5.5m0-5.5c.5 2.5 2.5 3.75 5.75 3.75"/>`,
  closed: html`<circle cx="4" cy="3.5" r="1.75"/><circle cx="4" cy="12.5" r="1.75"/><circle cx="12" cy="12.5" r="1.75"/><path d="M4 5.25v5.5M12 10.75V7.5m-2-5.5 4 4m0-4-4 4"/>`,
  draft: html`<circle cx="4" cy="3.5" r="1.75"/><circle cx="4" cy="12.5" r="1.75"/><circle cx="12" cy="12.5" r="1.75"/><path d="M4 5.25v5.5M12 3v.01M12 7v.01"/>`,
  commit: html`<circle cx="8" cy="8" r="2.75"/><path d="M1 8h4.25M10.75 8H15"/>`,
  comment: html`<path d="M2 3.5A1 1 0 0 1 3 2.5h10a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H8l-3 2.75V11.5H3a1 1 0 0 1-1-1Z"/>`,
  tick: html`<path d="m3 8.5 3.25 3.25L13 5"/>`,
  cross: html`<path d="m4 4 8 8m0-8-8 8"/>`,
  dot: html`<circle cx="8" cy="8" r="3.5" fill="currentColor"/>`,
  bang: html`<path d="M8 3.5v5.25M8 12v.01"/>`,
  dash: html`<path d="M4 8h8"/>`,
  eye: html`<path d="M1.5 8S4 3.75 8 3.75 14.5 8 14.5 8 12 12.25 8 12.25 1.5 8 1.5 8Z"/><circle cx="8" cy="8" r="1.75"/>`,
  label: html`<path d="M2.5 3.5v4.25l5.75 5.75 5-5L7.5 2.75h-4a1 1 0 0 0-1 .75Z"/><path d="M5.5 5.75v.01"/>`,
  pencil: html`<path d="m3 13 .75-3 7-7L13 5.25l-7 7Z"/>`,
  push: html`<path d="M8 13.5v-9M4.5 8 8 4.5 11.5 8M3 2.25h10"/>`,
  arrows: html`<path d="M2.5 5.5h10m-2.5-3 2.75 3L10 8.5M13.5 10.5h-10m2.5-3-2.75 3L6 13.5"/>`,
  file: html`<path d="M4 1.75h5l3.25 3.25v9.25H4Zm4.75 0v3.5h3.5"/>`,
  shield: html`<path d="M8 1.75 13 3.5V8c0 3-2 5.25-5 6.25C5 13.25 3 11 3 8V3.5Z"/>`,
  again: html`<path d="M13 8a5 5 0 1 1-1.5-3.5M13 2v3h-3"/>`,
} as const satisfies Readonly<Record<string, Html>>;

export type IconName = keyof typeof DRAWINGS;

/** Screen readers announce it only if it has words. */
export function icon(name: IconName, words?: string): Html {
  const spoken = words === undefined ? html`aria-hidden="true"` : html`role="img" aria-label="${words}"`;
  return html`<svg class="icon" viewBox="0 0 16 16" ${spoken}>${DRAWINGS[name]}</svg>`;
}

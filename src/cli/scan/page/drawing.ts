import { type Markup, markup } from "../../../markup/markup.ts";

/** In pixels of the drawing. */
export const WIDTH = 1120;
export const LEFT = 54;
const RIGHT = 60;

export interface Frame {
  readonly top: number;
  readonly height: number;
}

/** Where one of several columns stands, in the middle of its part of the width. */
export function placeOf(index: number, of: number): { readonly middle: number; readonly width: number } {
  const step = (WIDTH - LEFT - RIGHT) / Math.max(of, 1);
  return { middle: LEFT + step * (index + 0.5), width: Math.min(step * 0.84, 56) };
}

export function gridLine(y: number, text: string): Markup {
  return markup`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${px(y)}" y2="${px(y)}"/><text class="tick" x="${LEFT - 8}" y="${px(y + 4)}">${text}</text>`;
}

/** What stands below the columns. */
export function columnLabels(
  labels: readonly { readonly near: string; readonly far: string }[],
  bottom: number,
): Markup {
  const texts = labels.flatMap(({ near, far }, index) => {
    const x = px(placeOf(index, labels.length).middle);
    return [
      ...(near === "" ? [] : [markup`<text class="label" x="${x}" y="${bottom + 18}">${near}</text>`]),
      ...(far === "" ? [] : [markup`<text class="label year" x="${x}" y="${bottom + 36}">${far}</text>`]),
    ];
  });
  return markup`<g>${texts}</g>`;
}

/** A tenth of a pixel is finer than anybody sees. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

import { HAZARD_LIMITS } from "../limits.ts";

/** A very long line in pieces that overlap, so that nothing hides in it. */
export function piecesOf(line: string): readonly string[] {
  const { lineLength, lineOverlap } = HAZARD_LIMITS;
  if (line.length <= lineLength) return [line];
  const step = lineLength - lineOverlap;
  return Array.from({ length: Math.ceil(line.length / step) }, (_, index) =>
    line.slice(index * step, index * step + lineLength),
  );
}

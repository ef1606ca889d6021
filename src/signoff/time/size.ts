import type { Policy } from "../../policy/policy.ts";
import type { Size, SizePart } from "../time-verdict.ts";
import type { Requirement } from "../verdict.ts";
import type { ChangedLines } from "./changed-lines.ts";

interface Measured {
  /** What areas that block need of a change that an AI took part in. */
  readonly requirements: readonly Requirement[];
  readonly lines: ChangedLines;
}

/** A change beyond `max-lines`, before it is known whether anybody could sign once more. */
export interface Oversize extends Omit<Size, "need"> {
  readonly need: "extra" | "split";
  /** The requirements of these areas, by their ids. */
  readonly ids: ReadonlySet<string>;
}

/** How much larger a change is than people can read; `null` where it is not, or nobody said how much that is. */
export function sizeOf(
  { requirements, lines }: Measured,
  { maxLines: most, overLimit }: Policy["time"],
): Oversize | null {
  if (most === null) return null;
  const paths = [...new Set(requirements.flatMap(({ from }) => from.paths))];
  const counted = lines.in(paths);
  if (counted <= most) return null;
  const parts = partsOf(requirements, lines, most);
  // One file cannot be split by paths.
  const need = overLimit === "split" && parts.length > 1 ? "split" : "extra";
  const ids = new Set(requirements.map(({ id }) => id));
  return { lines: counted, most, left: lines.generatedIn(paths), need, parts, ids };
}

/** By area and owners, and where that is still too much, path by path in their order. */
function partsOf(
  requirements: readonly Requirement[],
  lines: ChangedLines,
  most: number,
): readonly SizePart[] {
  const seen = new Set<string>();
  return requirements.flatMap(({ area, from: { owners, paths } }) => {
    const own = paths.filter((path) => !seen.has(path) && lines.in([path]) > 0);
    for (const path of own) seen.add(path);
    return inPieces(own, lines, most).map((piece) => ({
      ...{ area, owners, paths: piece },
      lines: lines.in(piece),
    }));
  });
}

function inPieces(
  paths: readonly string[],
  lines: ChangedLines,
  most: number,
): readonly (readonly string[])[] {
  const pieces: string[][] = [];
  let left = 0;
  for (const path of paths) {
    const own = lines.in([path]);
    const last = pieces.at(-1);
    if (last === undefined || own > left) {
      pieces.push([path]);
      left = most - own;
    } else {
      last.push(path);
      left -= own;
    }
  }
  return pieces;
}

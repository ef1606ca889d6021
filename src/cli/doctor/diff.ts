/** One line of two texts: in both, only in the first (`-`), or only in the second (`+`). */
export interface DiffLine {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

/** The lines of both texts in order, with as few differences as there can be. Meant for a few hundred lines. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const common = commonLengths(before, after);
  const lines: DiffLine[] = [];
  let [one, other] = [0, 0];
  while (one < before.length || other < after.length) {
    const [old, fresh] = [before[one], after[other]];
    if (old !== undefined && old === fresh) {
      lines.push({ mark: " ", text: old });
      one += 1;
      other += 1;
    } else if (
      old !== undefined &&
      (fresh === undefined || lengthAt(common, one + 1, other) >= lengthAt(common, one, other + 1))
    ) {
      lines.push({ mark: "-", text: old });
      one += 1;
    } else {
      lines.push({ mark: "+", text: fresh ?? "" });
      other += 1;
    }
  }
  return lines;
}

type Lengths = readonly (readonly number[])[];

/** How many lines the two have in common, from each pair of places on. */
function commonLengths(before: readonly string[], after: readonly string[]): Lengths {
  const rows: number[][] = [];
  for (let one = before.length - 1; one >= 0; one -= 1) {
    const below = rows[0] ?? [];
    const row: number[] = [];
    for (let other = after.length - 1; other >= 0; other -= 1)
      row[other] =
        before[one] === after[other]
          ? (below[other + 1] ?? 0) + 1
          : Math.max(below[other] ?? 0, row[other + 1] ?? 0);
    rows.unshift(row);
  }
  return rows;
}

function lengthAt(lengths: Lengths, one: number, other: number): number {
  return lengths[one]?.[other] ?? 0;
}

/** Which changes are asked for. Times are milliseconds since 1970. */
export interface Period {
  readonly from: number;
  /** The first moment after it. */
  readonly until: number;
  /** `owner/name` in lower case; left out for all. */
  readonly repository?: string;
}

interface Dated {
  readonly movedAt: string;
  readonly repository: { readonly name: string };
}

/** By when the branch was moved, as GitHub tells it. */
export function isIn({ from, until, repository: wanted }: Period, { movedAt, repository }: Dated): boolean {
  const at = Date.parse(movedAt);
  if (at < from || at >= until) return false;
  return wanted === undefined || repository.name.toLowerCase() === wanted;
}

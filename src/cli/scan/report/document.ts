import { toolFigures, totalsOf, totalsOfAll } from "../counts/figures.ts";
import { reviewDocument } from "../review/document.ts";
import type { Scan } from "../scanned.ts";

/** What `scan --json` prints: `asked` are the commits that would have had to wait for a countersignature. */
export function documentOf({ repository, history, policy, counts, reviewed }: Scan) {
  const { merges, severalTools, areas, months } = counts;
  return {
    version: 1,
    repository,
    history,
    policy,
    commits: { ...totalsOfAll(counts), merges, severalTools },
    tools: toolFigures(counts),
    areas,
    months: months.map(({ month, ...period }) => ({
      month,
      ...totalsOf(period),
      tools: Object.fromEntries([...period.ai].toSorted()),
    })),
    ...(reviewed && { review: reviewDocument(reviewed, reviewed.now) }),
  };
}

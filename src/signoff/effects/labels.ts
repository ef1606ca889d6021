import type { Policy } from "../../policy/policy.ts";
import type { Verdict } from "../verdict.ts";

/** Which of our labels say something true of the verdict. */
export type LabelFacts = Readonly<Record<keyof Policy["labels"], boolean>>;

/** Nothing is known, so no label is touched. */
export const LABELS_AS_THEY_ARE: Verdict["labels"] = { add: [], remove: [] };

export function labelsFor(names: Policy["labels"], facts: LabelFacts): Verdict["labels"] {
  const named = (["ai", "production", "waiting"] as const).flatMap((use) => {
    const label = names[use];
    return label === false ? [] : [{ label, present: facts[use] }];
  });
  const add = new Set(named.filter(({ present }) => present).map(({ label }) => label));
  // One label may serve two uses; GitHub tells labels apart without regard to case.
  const present = new Set([...add].map((label) => label.toLowerCase()));
  const remove = named.map(({ label }) => label).filter((label) => !present.has(label.toLowerCase()));
  return { add: [...add], remove: [...new Set(remove)] };
}

import type { Change } from "./change.ts";

/** Why an auditor looks at a row first. */
export interface Exception {
  readonly code:
    | "bypassed"
    | "allowed-bypass"
    | "overridden"
    | "withdrawn"
    | "not-judged"
    | "unknown"
    | "gap"
    | "unreadable"
    | "count"
    | "not-in-ledger"
    | "not-on-github";
  readonly reason: string;
}

const OUTCOMES: Readonly<Partial<Record<Change["outcome"], string>>> = {
  red: "It was merged although its check did not pass.",
  "no-check": "It was merged although no verdict had let it through.",
  "no-pull-request": "It came without a pull request, and would not have passed.",
};

/** What is not as the policy wants it, or not known. */
export function exceptionsOf(change: Change): readonly Exception[] {
  const { outcome, allowed, problem } = change;
  const notJudged: readonly Exception[] =
    problem === null ? [] : [{ code: "not-judged", reason: `It could not be judged: ${problem}.` }];
  switch (change.passedAs) {
    case "bypassed": {
      const reason = OUTCOMES[outcome] ?? "Nothing let it in.";
      if (allowed === null) return [{ code: "bypassed", reason }, ...notJudged];
      return [{ code: "allowed-bypass", reason: `${reason} The config allows it: ${allowed}` }, ...notJudged];
    }
    case "overridden":
      return [{ code: "overridden", reason: "Two people let it in without the owners’ countersignatures." }];
    case "withdrawn":
      return [{ code: "withdrawn", reason: "Its check passed at the merge, and was taken back afterwards." }];
    case null:
      return [{ code: "unknown", reason: unknownReason(change) }];
    case "countersigned":
    case "not-required":
      return notJudged;
  }
}

function unknownReason({ review, outcome }: Change): string {
  if (review === null)
    return "Something let it in, and the ledger holds nothing of what that rested on: an earlier version noted it, or its verdict was not kept.";
  return `It was ${outcome === "overridden" ? "let in by two people" : "let through"}, and what the ledger holds of its review does not say so.`;
}

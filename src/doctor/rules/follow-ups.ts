import { page } from "../fixes.ts";
import { judgeKnown, no, yes } from "../outcome.ts";
import type { FindingRule } from "./rule.ts";

export const followUpsAccepted = {
  code: "follow-ups-accepted",
  severity: "warning",
  says: "Nothing that got in without its owners waits for them to accept it.",
  judge: ({ followUps }) =>
    judgeKnown(followUps, "the issues of the App", (open) =>
      open.length === 0 ? yes() : no(...open.map((number) => `issue #${number} is open`)),
    ),
  fix: (facts) => page(facts, "issues"),
} as const satisfies FindingRule;

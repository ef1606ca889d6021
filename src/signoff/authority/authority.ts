import type { Policy } from "../../policy/policy.ts";
import type { CommandComment, OverrideRecord } from "../snapshot.ts";
import type { CommandOutcome, EndedOverride, Override, Verdict } from "../verdict.ts";
import { hear, standsAgainst } from "./hear.ts";
import type { Contexts } from "./speaker.ts";
import { type Standing, stillStanding } from "./standing.ts";

/** The label of pull requests that an override lets through. */
export const OVERRIDE_LABEL = "countersign-override";

interface Ground {
  readonly contexts: Contexts;
  readonly policy: Policy;
}

/** The verdict with what people commanded. It is the last step: whatever else was found stands. */
export function withAuthority(verdict: Verdict, ground: Ground): Verdict {
  const [{ snapshot }] = ground.contexts;
  const { commands = [], recorded } = snapshot;
  const { overrides = [] } = recorded;
  const before = stillStanding(overrides, ground.contexts, ground.policy);
  const open = before.standing.flatMap(({ records }) => records);
  const heard = hearAll(commands, open, { ...ground, verdict });
  const now = stillStanding(heard.open, ground.contexts, ground.policy);
  const ended = [...before.ended, ...heard.ended, ...now.ended];
  const recording = {
    ...(commands.length > 0 && { commands: heard.outcomes }),
    ...(ended.length > 0 && { ended }),
  };
  const judged = withLabel(withOverride(verdict, now.standing, ground), ground.policy);
  return { ...judged, toRecord: { ...verdict.toRecord, ...recording } };
}

interface HeardAll {
  readonly outcomes: readonly CommandOutcome[];
  readonly open: readonly OverrideRecord[];
  readonly ended: readonly EndedOverride[];
}

/** One after the other, as they were written. */
function hearAll(
  commands: readonly CommandComment[],
  before: readonly OverrideRecord[],
  ground: Ground & { readonly verdict: Verdict },
): HeardAll {
  const outcomes: CommandOutcome[] = [];
  const ended: EndedOverride[] = [];
  let open = before;
  const inOrder = commands.toSorted(
    (one, other) => Date.parse(one.at) - Date.parse(other.at) || one.id - other.id,
  );
  for (const comment of inOrder) {
    const heard = hear(comment, { ...ground, open });
    outcomes.push(heard.outcome);
    ended.push(...heard.ended);
    const gone = new Set(heard.ended.map(({ record }) => record.commentId));
    open = open.filter(({ commentId }) => !gone.has(commentId));
    if (heard.outcome.override !== undefined) open = [...open, heard.outcome.override];
  }
  return { outcomes, open, ended };
}

function withOverride(verdict: Verdict, standing: readonly Standing[], { contexts }: Ground): Verdict {
  const [nearest] = standing.toSorted(
    (one, other) => one.missing - other.missing || Date.parse(other.until) - Date.parse(one.until),
  );
  // What passes by itself needs none, and nobody reads of one that lets nothing through.
  if (nearest === undefined || verdict.conclusion === "success" || verdict.conclusion === "neutral")
    return verdict;
  const { records: _, ...line } = nearest;
  const status = statusOf(verdict, nearest, contexts);
  const passedOver = verdict.requirements
    .filter((each) => each.status !== "signed")
    .map(({ requirement }) => requirement);
  const override: Override = { status, ...line, passedOver };
  return {
    ...verdict,
    override,
    changesAt: nearest.until,
    ...(status === "granted" && { conclusion: "success" }),
  };
}

function statusOf(verdict: Verdict, { missing }: Standing, contexts: Contexts): Override["status"] {
  if (missing > 0) return "asked";
  return verdict.conclusion === "action_required" && standsAgainst(verdict, contexts) === null
    ? "granted"
    : "held";
}

/** Where nobody can override, no label of the name is ours. */
function withLabel(verdict: Verdict, { override }: Policy): Verdict {
  const { labels } = verdict;
  if (override.by.length === 0 && verdict.override === undefined) return verdict;
  const change = verdict.override?.status === "granted" ? "add" : "remove";
  return { ...verdict, labels: { ...labels, [change]: [...labels[change], OVERRIDE_LABEL] } };
}

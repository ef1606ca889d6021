import type { Policy } from "../../policy/policy.ts";
import { blocks } from "../blocks.ts";
import { changingAt } from "../changes-at.ts";
import type { CommandComment, FreezeHistory, OverrideRecord } from "../snapshot.ts";
import type { CommandOutcome, EndedOverride, Override, Verdict } from "../verdict.ts";
import { freezableBy, frozenNow, mayLift, NO_FREEZES, type Touched } from "./freeze.ts";
import { type Heard, hear, standsAgainst } from "./hear.ts";
import { stillFrozen } from "./hear-freeze.ts";
import type { Hearing } from "./hearing.ts";
import type { Contexts } from "./speaker.ts";
import { type Standing, stillStanding } from "./standing.ts";

/** The label of pull requests that an override lets through. */
const OVERRIDE_LABEL = "countersign-override";

interface Basis {
  readonly contexts: Contexts;
  readonly policy: Policy;
  readonly touched: Touched;
}

/** The verdict with what people commanded. It is the last step: whatever else was found stands. */
export function withAuthority(verdict: Verdict, basis: Basis): Verdict {
  const [{ snapshot }] = basis.contexts;
  const { commands = [], recorded } = snapshot;
  const { overrides = [], freezes = NO_FREEZES } = recorded;
  const history = { ...freezes, frozen: [...freezes.frozen, ...stillFrozen(freezes, basis.contexts)] };
  const before = stillStanding(overrides, basis.contexts, basis.policy);
  const open = before.standing.flatMap(({ records }) => records);
  const stopped = withFreezes(verdict, basis, history);
  const heard = hearAll(commands, { ...basis, verdict: stopped, open, history });
  const now = stillStanding(heard.open, basis.contexts, basis.policy);
  const ended = [...before.ended, ...heard.ended, ...now.ended];
  const recording = {
    // What waits to be signed is heard again, and nothing came of it yet.
    ...(heard.outcomes.length > 0 && { commands: heard.outcomes }),
    ...(ended.length > 0 && { ended }),
  };
  const frozen = withFreezes(verdict, basis, heard.history);
  // What is not signed by then is heard anew, in vain.
  const judged = changingAt(withOverride(frozen, now.standing, basis), heard.waitsUntil);
  return { ...withLabel(judged, basis.policy), toRecord: { ...verdict.toRecord, ...recording } };
}

/** What is frozen does not pass, whoever signed for it. */
function withFreezes(verdict: Verdict, { touched }: Basis, history: FreezeHistory): Verdict {
  if (touched.policy.freeze === null) return verdict;
  const { freezes, changesAt } = frozenNow(touched, history.frozen);
  const known = changingAt({ ...verdict, freezable: freezableBy(touched) }, changesAt);
  if (freezes.length === 0) return known;
  if (verdict.conclusion === "failure") return { ...known, freezes };
  if (touched.policy.mode === "observe") return { ...known, freezes, wouldBe: "action_required" };
  // An area that observes by itself blocks nothing by its requirements, and is frozen like any other.
  const { wouldBe: _, ...enforced } = known;
  return { ...enforced, freezes, conclusion: "action_required" };
}

interface HeardAll {
  readonly waitsUntil: readonly number[];
  readonly outcomes: readonly CommandOutcome[];
  readonly open: readonly OverrideRecord[];
  readonly ended: readonly EndedOverride[];
  readonly history: FreezeHistory;
}

/** One after the other, as they were written. */
function hearAll(commands: readonly CommandComment[], before: Hearing): HeardAll {
  const outcomes: CommandOutcome[] = [];
  const ended: EndedOverride[] = [];
  const waitsUntil: number[] = [];
  let hearing = before;
  const inOrder = commands.toSorted(
    (one, other) => Date.parse(one.at) - Date.parse(other.at) || one.id - other.id,
  );
  for (const comment of inOrder) {
    const heard = hear(comment, hearing);
    if (heard.waitsUntil !== undefined) {
      waitsUntil.push(heard.waitsUntil);
      continue;
    }
    outcomes.push(heard.outcome);
    ended.push(...heard.ended);
    hearing = { ...hearing, ...afterwards(hearing, heard) };
  }
  return { outcomes, ended, waitsUntil, open: hearing.open, history: hearing.history };
}

function afterwards(
  { open, history }: Hearing,
  { outcome, ended }: Heard,
): Pick<Hearing, "open" | "history"> {
  const { override, freeze, lift, by, at } = outcome;
  const gone = new Set([...ended.map(({ record }) => record.commentId), ...(lift?.lifted ?? [])]);
  const isLeft = ({ commentId }: { readonly commentId: number }) => !gone.has(commentId);
  return {
    open: [...open.filter(isLeft), ...(override === undefined ? [] : [override])],
    history: {
      ...history,
      frozen: [...history.frozen.filter(isLeft), ...(freeze === undefined ? [] : [freeze])],
      lifts: [...history.lifts, ...(lift === undefined ? [] : [lift])],
      recent:
        freeze === undefined && lift === undefined
          ? history.recent
          : [...history.recent, { account: by.id, at }],
    },
  };
}

function withOverride(verdict: Verdict, standing: readonly Standing[], basis: Basis): Verdict {
  const [nearest] = standing.toSorted(
    (one, other) => one.missing - other.missing || Date.parse(other.until) - Date.parse(one.until),
  );
  // What passes by itself needs none, and nobody reads of one that lets nothing through.
  if (nearest === undefined || verdict.conclusion === "success" || verdict.conclusion === "neutral")
    return verdict;
  const { records: _, ...line } = nearest;
  const status = statusOf(verdict, nearest, basis);
  const passedOver = verdict.requirements.filter(blocks).map(({ requirement }) => requirement);
  const override: Override = { status, ...line, passedOver };
  return {
    ...changingAt(verdict, [Date.parse(nearest.until)]),
    override,
    ...(status === "granted" && { conclusion: "success" }),
  };
}

function statusOf(verdict: Verdict, { missing, by }: Standing, basis: Basis): Override["status"] {
  if (missing > 0) return "asked";
  if (verdict.conclusion !== "action_required" || standsAgainst(verdict, basis.contexts) !== null)
    return "held";
  const { freezes = [] } = verdict;
  return freezes.every((freeze) => by.every((each) => mayLift(each, freeze, basis))) ? "granted" : "held";
}

/** Where nobody can override, no label of the name is ours. */
function withLabel(verdict: Verdict, { override }: Policy): Verdict {
  const { labels } = verdict;
  if (override.by.length === 0 && verdict.override === undefined) return verdict;
  const change = verdict.override?.status === "granted" ? "add" : "remove";
  return { ...verdict, labels: { ...labels, [change]: [...labels[change], OVERRIDE_LABEL] } };
}

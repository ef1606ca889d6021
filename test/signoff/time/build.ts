import { DEFAULT_POLICY } from "../../../src/policy/merge.ts";
import type { Policy } from "../../../src/policy/policy.ts";
import { evaluate } from "../../../src/signoff/evaluate.ts";
import type { Snapshot } from "../../../src/signoff/snapshot.ts";
import type { LinePlace, TimeFacts } from "../../../src/signoff/time-facts.ts";
import type { TimeVerdict } from "../../../src/signoff/time-verdict.ts";
import type { Verdict } from "../../../src/signoff/verdict.ts";
import { file, policy, recorded, snapshot } from "../build.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A moment of 2026-11-20, a Friday, by the clock: "13:00". */
export const at = (clock: string, day = "2026-11-20") => `${day}T${clock.padEnd(8, ":00")}.000Z`;

/** What the config says of time, the rest as by default. */
export const timed = (time: Partial<Policy["time"]>, more: Partial<Policy> = {}): Policy =>
  policy({ ...more, time: { ...DEFAULT_POLICY.time, ...time } });

export const facts = (more: Partial<TimeFacts> = {}): TimeFacts => ({
  requests: [],
  firstComments: {},
  ...more,
});

/** The change at a moment, with what is known of time. */
export function when(now: string, more: Partial<Snapshot> = {}, known: Partial<TimeFacts> = {}): Snapshot {
  return snapshot({ now, time: facts(known), ...more });
}

export const draft = (isDraft: boolean, more: Partial<Snapshot["pullRequest"]> = {}) => ({
  pullRequest: { ...snapshot().pullRequest, draft: isDraft, ...more },
});

/** Judges moment after moment, and remembers clocks and the own places in lines as the app does. */
export function play(rules: Policy, moments: readonly Snapshot[]): readonly Verdict[] {
  const verdicts: Verdict[] = [];
  let clocks: NonNullable<Snapshot["recorded"]["clocks"]> | undefined;
  let own: readonly LinePlace[] = [];
  for (const moment of moments) {
    const { time, recorded: known, pullRequest } = moment;
    const verdict = evaluate(
      {
        ...moment,
        ...(time && {
          time: { ...time, ...(time.lines && { lines: [...time.lines, ...own] }) },
        }),
        recorded: recorded({ ...known, ...(clocks && { clocks }) }),
      },
      rules,
    );
    clocks = verdict.toRecord.clocks ?? clocks;
    own = (verdict.toRecord.lines ?? []).map((place) => ({ ...place, pull: pullRequest.number }));
    verdicts.push(verdict);
  }
  return verdicts;
}

export const lastOf = (rules: Policy, moments: readonly Snapshot[]): Verdict => {
  const verdict = play(rules, moments).at(-1);
  if (verdict === undefined) throw new Error("there is no moment to judge");
  return verdict;
};

export const untilOf = ({ time }: { readonly time?: TimeVerdict }) =>
  time?.waits.map(({ until }) => until) ?? [];

/** A file of so many changed lines. */
export const lines = (path: string, additions: number, more: Parameters<typeof file>[1] = {}) =>
  file(path, { additions, deletions: 0, ...more });

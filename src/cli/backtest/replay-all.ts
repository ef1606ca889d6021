import { replay } from "../../backtest/replay.ts";
import type { Replayed } from "../../backtest/replayed.ts";
import type { PastReader } from "../../github/reading/read-snapshot.ts";
import { rememberPolicies } from "../../policy/remembered.ts";
import type { PastPull } from "../../signoff/past.ts";
import type { Stop } from "./budget.ts";
import type { Candidate } from "./policies.ts";
import { attempt, type Got, type Reading, readAll } from "./read-all.ts";
import type { NotRead, Tested } from "./tested.ts";

interface Replaying extends Reading {
  readonly candidates: readonly Candidate[];
  readonly withAuthority: PastReader["withAuthority"];
  /** Told of each as it comes, with what the first policy says of it. */
  readonly onPull: (replayed: Replayed | null) => void;
}

export interface AllReplayed {
  readonly policies: readonly Tested[];
  readonly notRead: readonly NotRead[];
  readonly unreadTeams: readonly string[];
  readonly stopped: Stop | null;
}

/** Reads and judges one after the other, the newest first. */
export async function replayAll(replaying: Replaying): Promise<AllReplayed> {
  const { candidates, onPull } = replaying;
  const resolve = rememberPolicies();
  const replayed = candidates.map((): Replayed[] => []);
  const notRead: NotRead[] = [];
  const unread = new Set<string>();
  let stopped: Stop | null = null;
  for await (const got of readAll(replaying)) {
    const whole = got.status === "read" ? await withOwners(got.past, replaying, resolve) : got;
    if (whole.status === "stopped") stopped ??= whole.stop;
    if (whole.status === "not-read") notRead.push(whole);
    if (whole.status !== "read") {
      onPull(null);
      continue;
    }
    for (const [team, { status }] of Object.entries(whole.past.snapshot.authority.teams))
      if (status !== "known") unread.add(`@${team}`);
    const all = candidates.map(({ over }) => judged(whole.past, over(whole.past.snapshot), resolve));
    for (const [index, one] of all.entries()) replayed[index]?.push(one);
    onPull(all[0] ?? null);
  }
  return {
    policies: candidates.map(({ name, title, warnings }, index) => ({
      name,
      title,
      warnings,
      replayed: replayed[index] ?? [],
    })),
    notRead: notRead.map(({ number, because }) => ({ number, because })),
    unreadTeams: [...unread].toSorted(),
    stopped,
  };
}

type Resolve = ReturnType<typeof rememberPolicies>;

function withOwners(past: PastPull, replaying: Replaying, resolve: Resolve): Promise<Got> {
  const { candidates, withAuthority, budget } = replaying;
  const { snapshot } = past;
  const policies = candidates.flatMap(({ over }) => resolve(over(snapshot)).policy ?? []);
  return attempt({ pull: snapshot.pullRequest, budget }, async () => ({
    ...past,
    snapshot: await withAuthority(snapshot, policies),
  }));
}

function judged(past: PastPull, policySources: PastPull["snapshot"]["policySources"], resolve: Resolve) {
  return replay({ ...past, snapshot: { ...past.snapshot, policySources } }, resolve(policySources));
}

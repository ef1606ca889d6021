import { detectorOf } from "../../policy/detector-of.ts";
import type { Policy } from "../../policy/policy.ts";
import { witnessed } from "../../signoff/writers/attested.ts";
import { noAiInCommit } from "../../signoff/writers/declared.ts";
import { factsOf } from "./facts.ts";
import type { HistoryCommit } from "./history.ts";
import { rememberAreas, rememberDays, rememberIdentities } from "./remember.ts";
import type { CountedCommit } from "./tally.ts";

export interface JudgeOptions {
  readonly policy: Policy;
  /** Seconds since 1970. */
  readonly now: number;
  /** The clone is shallow: a commit at which it is cut seems to add every file, and nobody can tell what it changed. */
  readonly cut: boolean;
}

const A_DAY = 86_400;

/** Says of one commit after the other who wrote it and which areas it touches. */
export function createJudge({ policy, now, cut }: JudgeOptions): (commit: HistoryCommit) => CountedCommit {
  const detector = detectorOf(policy.detect);
  const readers = { identityOf: rememberIdentities(detector), timeOf: rememberDays() };
  const areasOf = rememberAreas(policy);
  const strict = policy.areas.filter(({ appliesTo }) => appliesTo === "everyone").map(({ name }) => name);
  const silenceIsAi = policy.detect.undeclared === "ai";
  return (commit) => {
    const facts = factsOf(commit, readers);
    const { writer, tools } = witnessed(facts, detector);
    const areas = areasOf(cut && commit.parents === 0 ? [] : commit.paths);
    const isSilent = silenceIsAi && writer === "human" && noAiInCommit(facts, detector).length === 0;
    return {
      month: commit.committedAt > now + A_DAY ? null : (facts.committedAt?.slice(0, 7) ?? null),
      by: writer === "ai" ? { tool: tools[0] ?? "" } : writer === "automation" ? "automation" : "other",
      severalTools: tools.length > 1,
      merge: commit.parents > 1,
      areas,
      asked: writer === "ai" || isSilent ? areas.length > 0 : areas.some((area) => strict.includes(area)),
    };
  };
}

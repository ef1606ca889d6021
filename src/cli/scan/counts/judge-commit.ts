import { createPolicyDetector } from "../../../policy/detector.ts";
import type { Policy } from "../../../policy/policy.ts";
import { witnessed } from "../../../signoff/writers/attested.ts";
import { noAiByGit } from "../../../signoff/writers/declared.ts";
import type { HistoryCommit } from "../../local-git/objects/history.ts";
import { factsOf } from "../history/facts.ts";
import { cacheIdentities } from "./identity-cache.ts";
import { rememberAreas, rememberIdentities, rememberTimes } from "./remember.ts";
import type { CountedCommit } from "./tally.ts";

export interface JudgeOptions {
  readonly policy: Policy;
  /** Seconds since 1970. */
  readonly now: number;
  /** Where a shallow clone is cut: such a commit seems to add every file, and what it changed is unknown. */
  readonly cut: ReadonlySet<string>;
}

const A_DAY = 86_400;

/** Says of one commit after the other who wrote it and which areas it touches. */
export function createJudge({ policy, now, cut }: JudgeOptions): (commit: HistoryCommit) => CountedCommit {
  const detector = createPolicyDetector(policy.detect, { cacheIdentities });
  const readers = { identityOf: rememberIdentities(detector), timeOf: rememberTimes() };
  const areasOf = rememberAreas(policy);
  const strict = policy.areas.filter(({ appliesTo }) => appliesTo === "everyone").map(({ name }) => name);
  const silenceIsAi = policy.detect.undeclared === "ai";
  return (commit) => {
    const facts = factsOf(commit, readers);
    const { writer, tools } = witnessed(facts, detector);
    const areas = areasOf(cut.has(commit.sha) ? [] : commit.paths);
    const isSilent = silenceIsAi && writer === "human" && noAiByGit(facts, detector).length === 0;
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

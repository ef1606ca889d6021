import type { Policy } from "../../policy/policy.ts";
import { CATALOGUE } from "../../provenance/catalogue/catalogue.ts";
import type { Detector } from "../../provenance/detector.ts";
import { Passkeys } from "../passkey/passkeys.ts";
import { type CoverageOf, coverageOf } from "../requirements/coverage.ts";
import { type Content, fingerprints } from "../requirements/fingerprints.ts";
import type { PathsByArea } from "../requirements/paths-by-area.ts";
import { REVIEW } from "../requirements/requirements.ts";
import type { GitIdentity, Snapshot } from "../snapshot.ts";
import { type Timing, timingOf } from "../time/timing.ts";
import { type Contributors, findContributors } from "../writers/contributors.ts";
import { knownPeople, type MachineList } from "../writers/people.ts";
import { type LatestReview, latestReviews } from "./latest-reviews.ts";
import { Signers } from "./signers.ts";

/** Everybody around one pull request, worked out once. */
export interface EvaluationContext {
  readonly snapshot: Snapshot;
  readonly machines: MachineList;
  /** Whether a git identity is a person's: not a tool's, another machine's or GitHub's own. */
  readonly isPerson: (identity: GitIdentity) => boolean;
  readonly contributors: Contributors;
  readonly signers: Signers;
  readonly latestReviews: readonly LatestReview[];
  readonly content: Content;
  readonly coverage: CoverageOf;
  readonly timing: Timing;
  readonly fastApprovals: Policy["time"]["fastApprovals"];
  readonly passkeys: Passkeys;
}

interface ContextOptions {
  readonly detector: Detector;
  readonly signals: Policy["detect"]["signals"];
  /** Whether who made a suggestion that somebody else applied took part by it. */
  readonly suggestions: boolean;
  readonly ground: PathsByArea;
  readonly policy: Pick<Policy, "time" | "passkey" | "override">;
}

/** Everybody around one pull request. */
export function createContext(
  snapshot: Snapshot,
  { detector, signals, suggestions, ground, policy }: ContextOptions,
): EvaluationContext {
  const people = knownPeople(snapshot, detector, [...CATALOGUE, ...signals]);
  const isPerson = (identity: GitIdentity) => detector.identity(identity) === "person";
  const areasOf = areaNames(ground);
  const contributors = findContributors(snapshot, { people, isPerson, suggestions, areasOf });
  const content = fingerprints(snapshot.files);
  const signers = new Signers(snapshot, { people, contributors });
  const { time, passkey: scope, override } = policy;
  return {
    snapshot,
    machines: detector,
    isPerson,
    contributors,
    signers,
    latestReviews: latestReviews(snapshot.reviews),
    content,
    coverage: coverageOf(snapshot, content, ground),
    timing: timingOf(snapshot, time),
    fastApprovals: time.fastApprovals,
    passkeys: new Passkeys({
      ...{ snapshot, scope, overriders: override.by, content, ground },
      owns: (owners, account) => signers.owns(owners, account),
    }),
  };
}

function areaNames({ index, areas }: PathsByArea): (path: string) => readonly string[] {
  return (path) => {
    const names = index.of(path).flatMap((place) => areas[place]?.rule.name ?? []);
    return names.length === 0 ? [REVIEW] : names;
  };
}

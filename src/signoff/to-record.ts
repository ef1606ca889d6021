import type { PolicySource } from "../policy/source.ts";
import { newApprovalRecords } from "./requirements/coverage.ts";
import { hazardKey } from "./requirements/hazards.ts";
import type { EvaluationContext } from "./signatures/evaluation-context.ts";
import { newRefusalRecords } from "./signatures/refusals.ts";
import { newSignerSets } from "./signatures/signer-sets.ts";
import type { JudgedHazard, PullRequestProvenance, RequirementOutcome, Verdict } from "./verdict.ts";
import { newEvidence } from "./writers/authorship.ts";
import { newChangeRecord, newCommitRecords } from "./writers/commit-records.ts";
import { participantsSeen } from "./writers/contributors.ts";
import { withinCap } from "./writers/dropped.ts";
import { knownPushers } from "./writers/pushers.ts";

interface Found {
  readonly provenance: PullRequestProvenance;
  readonly requirements: readonly RequirementOutcome[];
  /** `undefined` where no policy says that they were looked for. */
  readonly hazards?: readonly JudgedHazard[];
}

/** What the store is to remember of an evaluation. */
export function toRecord(context: EvaluationContext, found: Found): Verdict["toRecord"] {
  const { snapshot, content, contributors, signers, machines, isPerson } = context;
  const hazards = found.hazards?.map(hazardKey);
  const pushers = knownPushers(snapshot);
  const participants = participantsSeen(snapshot, contributors);
  const known = { provenance: found.provenance, participants, pushers, machines, isPerson };
  const signerSets = newSignerSets(context);
  return withinCap(snapshot, pushers, {
    approvals: newApprovalRecords(snapshot, { content, hazards }, (by) => signers.mayWrite(by) === "yes"),
    evidence: newEvidence(found.provenance, snapshot.recorded.evidence),
    participants,
    refusals: newRefusalRecords(found.requirements, context),
    commits: newCommitRecords(snapshot, known),
    accounts: [],
    ...(signerSets.length > 0 && { signers: signerSets }),
    ...(snapshot.recorded.reapplied && { sources: snapshot.recorded.reapplied }),
    ...floorIn(snapshot.policySources.organization),
    change: newChangeRecord(snapshot, known),
  });
}

/** A floor that is there and cannot be read is there. */
function floorIn(source: PolicySource): Pick<Verdict["toRecord"], "floor"> {
  if (source.status === "absent") return source.certain ? { floor: "gone" } : {};
  return source.status === "unreadable" && source.code !== undefined ? {} : { floor: "seen" };
}

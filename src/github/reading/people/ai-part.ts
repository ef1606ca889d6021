import type { Policy } from "../../../policy/policy.ts";
import type { Detector } from "../../../provenance/detector.ts";
import type { ChangedFile, Participant, Recorded } from "../../../signoff/snapshot.ts";
import { broughtAlong } from "../../../signoff/writers/attested.ts";

interface Known {
  readonly files: readonly ChangedFile[];
  /** `null` where it is invalid. */
  readonly policy: Policy | null;
  readonly participants: readonly Participant[];
  readonly recorded: Recorded;
  readonly detector: Detector;
}

/** Whether a change may count as an AI's for a reason that neither its commits nor its pull request shows. */
export function mayCountAsAis({ files, policy, participants, recorded, detector }: Known): boolean {
  const everybody = [...participants, ...recorded.commits.flatMap((commit) => commit.participants)];
  return (
    policy?.detect.undeclared === "ai" ||
    recorded.commits.some(({ evidence }) => evidence.length > 0) ||
    everybody.some(({ account }) => detector.machine(account)?.kind === "agent") ||
    broughtAlong(files).length > 0
  );
}

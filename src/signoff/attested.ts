import type { Problem } from "../policy/problem.ts";
import { attestedEvidence } from "../provenance/attested/attestation.ts";
import type { Detector } from "../provenance/detector.ts";
import type { Provenance } from "../provenance/evidence.ts";
import type { CommitFacts } from "./snapshot.ts";
import { shortSha } from "./words.ts";

/** Who wrote a commit, by what it shows and by what is attested beside it. */
export function witnessed(commit: CommitFacts, detector: Detector): Provenance {
  const shown = detector.commit(commit);
  const attested = (commit.attested ?? []).flatMap((record) =>
    record.ok ? attestedEvidence(record.attestation, commit.sha) : [],
  );
  return attested.length === 0 ? shown : detector.judge([...shown.evidence, ...attested], shown.writer);
}

/** A record that cannot be read attests nothing; what the commit itself shows still counts. */
export function attestationProblems(commits: readonly CommitFacts[]): readonly Problem[] {
  return commits.flatMap(({ sha, attested = [] }) =>
    attested.flatMap((record): readonly Problem[] => {
      if (record.ok) return [];
      const message = `What is kept beside ${shortSha(sha)} about its authors cannot be read. ${record.reason}`;
      const remedy = "Write the note again with the tool that made it, or remove it.";
      return [{ code: "evidence/attestation-unreadable", severity: "warning", message, remedy }];
    }),
  );
}

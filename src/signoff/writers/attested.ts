import type { Problem } from "../../policy/problem.ts";
import { type Attested, attestedEvidence } from "../../provenance/attested/attestation.ts";
import { holdsTraces, readAddedTraces } from "../../provenance/attested/traced-change.ts";
import type { Detector } from "../../provenance/detector.ts";
import type { Evidence, Provenance, Where } from "../../provenance/evidence.ts";
import type { ChangedFile, CommitFacts, Snapshot } from "../snapshot.ts";
import { quote } from "../wording/visible.ts";
import { shortSha } from "../wording/words.ts";

/** Who wrote a commit, by what it shows and by what is attested beside it. */
export function witnessed(commit: CommitFacts, detector: Detector): Provenance {
  const shown = detector.commit(commit);
  if (commit.attested === undefined) return shown;
  const attested = evidenceOf(commit.attested, { on: "commit", sha: commit.sha, field: "attestation" });
  return detector.judge([...shown.evidence, ...attested], shown.writer);
}

/** What the records attest that the change itself brings along. */
export function broughtAlong(files: readonly ChangedFile[]): readonly Evidence[] {
  const where: Where = { on: "pull-request", field: "attestation" };
  return files.flatMap((file) => evidenceOf(addedBy(file), where));
}

function evidenceOf(records: readonly Attested[], where: Where): readonly Evidence[] {
  return records.flatMap((record) => (record.ok ? attestedEvidence(record.attestation, where) : []));
}

function addedBy({ path, patch, additions }: ChangedFile): readonly Attested[] {
  return additions > 0 && holdsTraces(path) ? readAddedTraces(path, patch) : [];
}

/** A record that cannot be read attests nothing; what the commit itself shows still counts. */
export function attestationProblems({
  commits,
  files,
}: Pick<Snapshot, "commits" | "files">): readonly Problem[] {
  return [
    ...commits.flatMap(({ sha, attested = [] }) =>
      unreadable(attested, `The authorship record of ${shortSha(sha)} cannot be read.`),
    ),
    ...files.flatMap((file) =>
      unreadable(addedBy(file), `The authorship record in ${quote(file.path)} cannot be read.`),
    ),
  ];
}

function unreadable(records: readonly Attested[], message: string): readonly Problem[] {
  return records.flatMap((record): readonly Problem[] =>
    record.ok
      ? []
      : [
          {
            code: "evidence/attestation-unreadable",
            severity: "warning",
            message: `${message} ${record.reason}`,
            remedy: "Write the record again with the tool that made it, or remove it.",
          },
        ],
  );
}

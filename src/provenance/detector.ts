import { CATALOGUE } from "./catalogue.ts";
import type { Evidence, Provenance, Where, Writer } from "./evidence.ts";
import type { Account, Identity } from "./identity.ts";
import { judge, strongest } from "./judge.ts";
import { readLines } from "./lines.ts";
import {
  branchMarks,
  coAuthorMarks,
  type Found,
  identityMarks,
  type Known,
  labelMarks,
  lineMarks,
  writtenCoAuthors,
} from "./marks.ts";
import { createPeople, type IdentityKind, type Machine } from "./people.ts";
import { indexSignals } from "./signal-index.ts";
import type { Tool } from "./tool.ts";
import { comparableEmail } from "./trailers.ts";

export interface DetectorOptions {
  /** The policy's own tools, beside the catalogue. */
  readonly tools: readonly Tool[];
  /** Logins of machine accounts that act for an AI, lower-cased. */
  readonly agents: readonly string[];
  /** Logins of automation that is not AI, lower-cased, `[bot]` kept. */
  readonly notAi: readonly string[];
}

/** What is known of a commit. GitHub's list of co-authors may be capped, so the message is read as well. */
export interface CommitText {
  readonly sha: string;
  readonly message: string;
  readonly author: Identity;
  readonly committer: Identity;
  readonly coAuthors: readonly Identity[];
}

export interface PullRequestText {
  /** `null` when the account is gone. */
  readonly author: Account | null;
  readonly headRef: string;
  readonly body: string;
  readonly labels: readonly string[];
}

export interface Detector {
  commit(commit: CommitText): Provenance;
  pullRequest(pullRequest: PullRequestText): readonly Evidence[];
  /** The verdict over evidence; `otherwise` is who wrote it when the evidence does not decide. */
  judge(evidence: readonly Evidence[], otherwise: Writer): Provenance;
  /** Who is not a human, by id and type; `null` for a person. */
  machine(account: Account): Machine | null;
  /** The same for a git identity, also where its e-mail maps to no account. */
  identity(identity: Identity): IdentityKind;
}

export function createDetector(options: DetectorOptions): Detector {
  const index = indexSignals([...CATALOGUE, ...options.tools]);
  const known: Known = { index, people: createPeople(index, options) };
  return {
    commit: (commit) => judge(strongest(commitEvidence(known, commit)), writerOf(known, commit.author)),
    pullRequest: (pullRequest) => strongest(pullRequestEvidence(known, pullRequest)),
    judge,
    machine: known.people.machine,
    identity: known.people.identity,
  };
}

function commitEvidence(known: Known, commit: CommitText): readonly Evidence[] {
  const { sha, author, committer } = commit;
  const lines = readLines(commit.message);
  const written = writtenCoAuthors(lines);
  const inMessage = new Set(written.map(({ person }) => person.email));
  const namedOnly = commit.coAuthors.filter(({ email }) => !inMessage.has(comparableEmail(email)));
  // GitHub commits for whoever pressed the button.
  const byWeb = known.people.identity(committer) === "web-flow";
  return [
    ...place({ on: "commit", sha, field: "author" }, identityMarks(known, author, "author")),
    ...place(
      { on: "commit", sha, field: "committer" },
      byWeb ? [] : identityMarks(known, committer, "committer"),
    ),
    ...place({ on: "commit", sha, field: "co-author" }, [
      ...written.flatMap((coAuthor) => coAuthorMarks(known, coAuthor)),
      ...namedOnly.flatMap((identity) => identityMarks(known, identity, "co-author")),
    ]),
    ...place(
      { on: "commit", sha, field: "message" },
      lines.flatMap((line) => lineMarks(known.index, line, "message")),
    ),
  ];
}

function pullRequestEvidence(known: Known, pullRequest: PullRequestText): readonly Evidence[] {
  const { author, headRef, body, labels } = pullRequest;
  const lines = readLines(body);
  const byAccount =
    author === null ? [] : identityMarks(known, { name: "", email: "", account: author }, "author");
  return [
    ...place({ on: "pull-request", field: "author" }, byAccount),
    ...place({ on: "pull-request", field: "branch" }, branchMarks(known.index, headRef)),
    ...place({ on: "pull-request", field: "body" }, [
      ...lines.flatMap((line) => lineMarks(known.index, line, "body")),
      ...writtenCoAuthors(lines).flatMap((coAuthor) => coAuthorMarks(known, coAuthor)),
    ]),
    ...place(
      { on: "pull-request", field: "label" },
      labels.flatMap((label) => labelMarks(known.index, label)),
    ),
  ];
}

/** Who wrote it unless the evidence says that an AI did. */
function writerOf(known: Known, author: Identity): Writer {
  if (author.account === null && author.name === "" && author.email === "") return "unknown";
  return known.people.identity(author) === "automation" ? "automation" : "human";
}

function place(where: Where, marks: readonly Found[]): readonly Evidence[] {
  return marks.map(({ tool, kind, strength, text }) => ({ tool, kind, strength, where, text }));
}

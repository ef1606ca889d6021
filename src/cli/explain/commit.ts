import { createPolicyDetector } from "../../policy/detector.ts";
import { holdsTraces, readAddedTraces } from "../../provenance/attested/traced-change.ts";
import type { Evidence, Writer } from "../../provenance/evidence.ts";
import { type NamedRequester, requestersNamedIn } from "../../provenance/requests/named-requesters.ts";
import type { ScopedRequirements } from "../../signoff/requirements/requirements.ts";
import type { GitIdentity } from "../../signoff/snapshot.ts";
import { witnessed } from "../../signoff/writers/attested.ts";
import { noAiByGit } from "../../signoff/writers/declared.ts";
import { Failure } from "../failure.ts";
import { coAuthorsOf } from "../local-git/co-authors.ts";
import { readPatch } from "../local-git/objects/changes.ts";
import type { NameAndEmail } from "../local-git/objects/commits.ts";
import { holdTrees } from "../local-git/objects/held.ts";
import { type HistoryCommit, readHistory } from "../local-git/objects/history.ts";
import { guessAccounts } from "../local-git/people.ts";
import type { Git } from "../local-git/process/git.ts";
import type { LocalRepository } from "../local-git/repository/repository.ts";
import { isoTime } from "../local-git/time.ts";
import { factsOf, type JudgedCommit } from "../scan/history/facts.ts";
import { type Person, type Place, peopleOf, placesOf } from "./places.ts";
import { areasOf, hazardRequirementsOf, type Rules, type TouchedArea } from "./rules.ts";
import { createSources } from "./sources.ts";

export interface CommitExplanation {
  readonly kind: "commit";
  readonly sha: string;
  readonly subject: string;
  /** ISO 8601, UTC; `null` when the commit does not say. */
  readonly authoredAt: string | null;
  /** What is known of the change: a merge has none of its own, and where a shallow clone is cut nobody can tell. */
  readonly change: "own" | "merge" | "cut";
  readonly writer: Writer;
  readonly tools: readonly string[];
  /** What it counts as where silence means something: `detect.undeclared`. */
  readonly countsAs: Writer;
  /** Where its author declares that no AI took part. */
  readonly declared: readonly string[];
  readonly findings: readonly Finding[];
  /** What else was looked at, without a finding. */
  readonly nothingIn: readonly Place[];
  readonly people: readonly Person[];
  readonly requesters: readonly NamedRequester[];
  readonly files: number;
  readonly areas: readonly TouchedArea[];
  readonly scopedRequirements: ScopedRequirements;
}

/** A piece of evidence with where the mark is known from. */
export interface Finding extends Omit<Evidence, "where"> {
  readonly field: string;
  readonly sources: readonly string[];
}

/** Throws a `Failure` when the commit cannot be read. */
export async function explainCommit(
  { git, refs, cut }: LocalRepository,
  sha: string,
  rules: Rules,
): Promise<CommitExplanation> {
  const commit = await readCommit(git, sha, await refs.notebooks());
  const change = commit.parents > 1 ? "merge" : cut.has(sha) ? "cut" : "own";
  const paths = change === "own" ? commit.paths : [];
  if (change === "own") await holdTrees(git, commit.parents === 0 ? [sha] : [sha, `${sha}^`]);
  const { undeclared } = rules.policy.detect;
  const detector = createPolicyDetector(rules.policy.detect);
  const facts = await withTraces(git, factsToExplain(commit), paths);
  const { writer, tools, evidence } = witnessed(facts, detector);
  const declared = noAiByGit(facts, detector);
  const countsAs = writer === "human" && declared.length === 0 ? undeclared : writer;
  const sourcesOf = createSources(rules.policy.detect, facts);
  return {
    kind: "commit",
    sha,
    subject: commit.message.split("\n", 1)[0] ?? "",
    authoredAt: facts.authoredAt ?? null,
    change,
    writer,
    tools,
    countsAs,
    declared,
    findings: evidence.map(({ where, ...mark }) => ({
      ...mark,
      field: where.field,
      sources: sourcesOf({ ...mark, where }),
    })),
    nothingIn: placesOf(facts, detector).filter(({ field }) =>
      evidence.every(({ where }) => where.field !== field),
    ),
    people: peopleOf(facts, detector),
    requesters: requestersNamedIn(commit.message),
    files: paths.length,
    areas: areasOf(rules, paths),
    scopedRequirements: hazardRequirementsOf(rules, paths, { ai: countsAs === "ai", tools }),
  };
}

async function readCommit(git: Git, sha: string, notes: readonly string[]): Promise<HistoryCommit> {
  const commits: HistoryCommit[] = [];
  await readHistory(git, { tips: [sha], options: ["--no-walk"], notes }, (commit) => commits.push(commit));
  const [commit] = commits;
  if (commit === undefined) throw new Failure(`the commit ${sha} cannot be read`);
  return commit;
}

/** The commit with the records of who wrote it that it brings along itself. */
async function withTraces(git: Git, commit: JudgedCommit, paths: readonly string[]): Promise<JudgedCommit> {
  const read = paths
    .filter(holdsTraces)
    .map(async (path) => readAddedTraces(path, await readPatch(git, path, [commit.sha])));
  const added = (await Promise.all(read)).flat();
  return added.length === 0 ? commit : { ...commit, attested: [...(commit.attested ?? []), ...added] };
}

function factsToExplain(commit: HistoryCommit): JudgedCommit {
  const accountOf = guessAccounts();
  const identityOf = (person: NameAndEmail): GitIdentity => ({ ...person, account: accountOf(person) });
  const coAuthors = coAuthorsOf(commit.message, commit.author).map(identityOf);
  return { ...factsOf(commit, { identityOf, timeOf: isoTime }), coAuthors };
}

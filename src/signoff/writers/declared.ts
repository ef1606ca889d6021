import { declarations } from "../../provenance/declared.ts";
import type { Detector } from "../../provenance/detector.ts";
import type { CommitFacts, Snapshot } from "../snapshot.ts";
import type { NoAiDeclaration } from "../verdict.ts";

/**
 * What people declare of this change: that no AI took part. It answers for silence where the policy takes silence for
 * an AI's (`detect.undeclared: ai`), and never outweighs evidence. A machine's word, and a change without an author,
 * declare nothing.
 */
export function noAiDeclarations(
  { pullRequest, commits }: Pick<Snapshot, "pullRequest" | "commits">,
  detector: Detector,
): readonly NoAiDeclaration[] {
  const { author, body } = pullRequest;
  const inBody =
    author === null || detector.machine(author) !== null
      ? []
      : withoutAi(body).map((text) => ({ by: author.login, sha: null, text }));
  return [...inBody, ...commits.flatMap((commit) => noAiInCommit(commit, detector))];
}

/** The same of one commit. */
export function noAiInCommit(
  { sha, message, author }: Pick<CommitFacts, "sha" | "message" | "author">,
  detector: Detector,
): readonly NoAiDeclaration[] {
  if (detector.identity(author) !== "person") return [];
  const by = author.account?.login ?? author.name;
  return withoutAi(message).map((text) => ({ by, sha, text }));
}

function withoutAi(text: string): readonly string[] {
  const said = declarations(text);
  return said.some(({ kind }) => kind === "ai") ? [] : said.map((declaration) => declaration.text);
}

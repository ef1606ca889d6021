import { declarations } from "../../provenance/declared/declarations.ts";
import type { Detector } from "../../provenance/detector.ts";
import type { Account, CommitFacts, Snapshot } from "../snapshot.ts";
import type { NoAiDeclaration } from "../verdict.ts";
import type { MachineList } from "./people.ts";
import type { Pushers } from "./pushers.ts";

/**
 * What people declare of this change: that no AI took part. It answers for silence where the policy takes silence for
 * an AI's (`detect.undeclared: ai`), and never outweighs evidence. Anybody can write such words, so they count only
 * as the word of the person who demonstrably pushed the commit, or who edited the text last.
 */
export function noAiDeclarations(
  { pullRequest, commits }: Pick<Snapshot, "pullRequest" | "commits">,
  { machines, pushers }: { readonly machines: MachineList; readonly pushers: Pushers },
): readonly NoAiDeclaration[] {
  const byPerson = (accounts: readonly Account[], sha: string | null, text: string) => {
    const [first] = accounts;
    if (first === undefined || accounts.some((account) => machines.machine(account) !== null)) return [];
    return withoutAi(text).map((line): NoAiDeclaration => ({ by: first.login, sha, text: line }));
  };
  const writer = writerOfBody(pullRequest);
  return [
    ...byPerson(writer === null ? [] : [writer], null, pullRequest.body),
    ...commits.flatMap(({ sha, message }) => byPerson(pushers.of(sha), sha, message)),
  ];
}

/** Whoever wrote the text as it is now; `null` where that is an app in its author's name, or an account that is gone. */
function writerOfBody({ author, editedBy, performedVia }: Snapshot["pullRequest"]): Account | null {
  if (editedBy !== undefined) return editedBy;
  return performedVia === undefined ? author : null;
}

/** What a commit's author declares in it by git's word alone, for a history of which no pushes are known. */
export function noAiByGit(
  { message, author }: Pick<CommitFacts, "message" | "author">,
  detector: Detector,
): readonly string[] {
  return detector.identity(author) === "person" ? withoutAi(message) : [];
}

function withoutAi(text: string): readonly string[] {
  const said = declarations(text);
  return said.some(({ kind }) => kind === "ai") ? [] : said.map((declaration) => declaration.text);
}

import { declarations } from "../../provenance/declared/declarations.ts";
import type { Detector } from "../../provenance/detector.ts";
import type { Account, CommitFacts, Snapshot } from "../snapshot.ts";
import type { NoAiDeclaration } from "../verdict.ts";
import type { MachineList } from "./people.ts";
import type { Pushers } from "./pushers.ts";
import { writerOfBody } from "./text-writers.ts";

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
    ...commits.flatMap(({ sha, message }) => byPerson(byWhom(pushers, sha), sha, message)),
  ];
}

/** Nobody, where it is not known who pushed it first; with that person, a machine that pushed it too is one too many. */
function byWhom(pushers: Pushers, sha: string): readonly Account[] {
  const introducing = pushers.introducing(sha);
  return introducing.length === 0 ? [] : [...introducing, ...pushers.of(sha)];
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

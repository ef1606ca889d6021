import { declarations } from "../../provenance/declared/declarations.ts";
import type { Detector } from "../../provenance/detector.ts";
import type { Account, CommitFacts, Snapshot } from "../snapshot.ts";
import type { NoAiDeclaration } from "../verdict.ts";
import type { MachineList } from "./people.ts";
import { isBefore, type Pushers } from "./pushers.ts";
import { writerOfBody } from "./text-writers.ts";

/** What people declare, and of which commits. */
export interface Declared {
  readonly declarations: readonly NoAiDeclaration[];
  isOf(sha: string): boolean;
  /** Somebody declared it of the whole, whatever its commits. */
  readonly wholly: boolean;
}

interface Known {
  readonly machines: MachineList;
  readonly pushers: Pushers;
}

/**
 * What people declare of this change: that no AI took part. It answers for silence where the policy takes silence for
 * an AI's (`detect.undeclared: ai`), and never outweighs evidence. Anybody can write such words, so they count only
 * as the word of the person who demonstrably pushed the commit, or who edited the text last.
 */
export function declared(snapshot: DeclaredIn, known: Known): Declared {
  const { commits } = snapshot;
  const ofCommits = commits.flatMap(({ sha, message }) =>
    byPerson({ accounts: byWhom(known.pushers, sha), sha, text: message }, known),
  );
  const writer = writerOfBody(snapshot.pullRequest);
  const accounts = writer === null ? [] : [writer];
  const ofText = byPerson({ accounts, sha: null, text: snapshot.pullRequest.body }, known);
  const answered = new Set(ofCommits.map(({ sha }) => sha));
  const silent = ofText.length === 0 ? [] : commits.filter(({ sha }) => !answered.has(sha));
  const reaches = new Map(
    accounts.flatMap((account) =>
      silent.map(({ sha }) => [sha, reachOf(snapshot, { writer: account, sha }, known)] as const),
    ),
  );
  const commitsThat = (is: Reach) => [...reaches].filter(([, reach]) => reach === is).map(([sha]) => sha);
  const [later, unseen] = [commitsThat("later"), commitsThat("unseen")];
  return {
    declarations: [
      ...ofText.map((one) => ({
        ...one,
        ...(later.length > 0 && { notOf: later }),
        ...(unseen.length > 0 && { unseen }),
      })),
      ...ofCommits,
    ],
    isOf: (sha) => answered.has(sha) || reaches.get(sha) === "spoken-for",
    wholly: ofText.length > 0,
  };
}

type DeclaredIn = Pick<Snapshot, "pullRequest" | "commits" | "recorded">;

interface Word {
  readonly accounts: readonly Account[];
  /** `null` for the pull request's own text. */
  readonly sha: string | null;
  readonly text: string;
}

function byPerson({ accounts, sha, text }: Word, { machines }: Known): readonly NoAiDeclaration[] {
  const [first] = accounts;
  if (first === undefined || accounts.some((account) => machines.machine(account) !== null)) return [];
  return withoutAi(text).map((line): NoAiDeclaration => ({ by: first.login, sha, text: line }));
}

type Reach = "spoken-for" | "later" | "unseen";

/**
 * Whether the word of a text's writer speaks for a commit. It does not speak for what a machine pushed, nor for what
 * others brought since it was written: by a push, or by pointing the pull request at another base.
 */
function reachOf(
  { pullRequest: { writtenAt }, recorded: { baseChangedAt } }: DeclaredIn,
  { writer, sha }: { readonly writer: Account; readonly sha: string },
  { machines, pushers }: Known,
): Reach | null {
  const pushed = pushers.of(sha);
  if (pushed.some((account) => machines.machine(account) !== null)) return null;
  // Nobody was seen to push it: it came to somebody's fork, at whatever time.
  if (pushed.length === 0 && pushers.ofFork.some(({ id }) => id !== writer.id)) return "unseen";
  const isOwn = pushed.length > 0 && pushed.every(({ id }) => id === writer.id);
  const moved = baseChangedAt !== null && !isBefore(writtenAt, [baseChangedAt]);
  return isOwn || (!moved && pushers.before(writtenAt, sha, writer)) ? "spoken-for" : "later";
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

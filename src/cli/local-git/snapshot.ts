import { CODEOWNERS_LOCATIONS } from "../../ownership/ownership.ts";
import { controlPatterns } from "../../policy/control-patterns.ts";
import type { Policy } from "../../policy/policy.ts";
import type { ResolvePolicy } from "../../policy/remembered.ts";
import { CONFIG_PATH, type PolicySources } from "../../policy/source.ts";
import { readJoinedNotes } from "../../provenance/attested/notes.ts";
import { holdsTraces } from "../../provenance/attested/traced-change.ts";
import type {
  ChangedFile,
  CommitFacts,
  GitIdentity,
  PullRequestFacts,
  Snapshot,
  SourceFile,
} from "../../signoff/snapshot.ts";
import { Failure } from "../failure.ts";
import { coAuthorsOf } from "./co-authors.ts";
import { readChanges, readPatch } from "./objects/changes.ts";
import { type GitCommit, type NameAndEmail, readCommits } from "./objects/commits.ts";
import { withContents } from "./objects/contents.ts";
import { holdTrees } from "./objects/held.ts";
import { readLinks } from "./objects/links.ts";
import { readFirstFile } from "./objects/source-files.ts";
import { knowPeople, type People } from "./people.ts";
import type { Git } from "./process/git.ts";
import type { Range } from "./range.ts";
import type { LocalRepository } from "./repository/repository.ts";
import { isoTime } from "./time.ts";

/** A local branch, read as the pull request it would become, and who its people are. */
export interface LocalChange {
  readonly snapshot: Snapshot;
  readonly people: People;
}

/**
 * Reads everything an evaluation needs of `base..head`. What git cannot know is left open: no pull request author,
 * no reviews, no permissions, no team's members. CODEOWNERS is the base's, as the policy should be.
 */
export async function readLocalChange(
  { git, refs, owner, name, defaultBranch }: LocalRepository,
  range: Range,
  asked: {
    readonly policySources: PolicySources;
    readonly resolve: ResolvePolicy;
    readonly now: string;
    readonly onCommit: (count: number) => void;
  },
): Promise<LocalChange> {
  const notes = await refs.notebooks();
  await holdTrees(git, [range.mergeBase, range.base.sha, range.head.sha, ...notes]);
  const [gitCommits, changes, codeowners] = await Promise.all([
    readCommits(git, { base: range.base.sha, head: range.head.sha, notes }, asked.onCommit),
    readChanges(git, range.mergeBase, range.head.sha),
    readFirstFile(git, range.base.sha, CODEOWNERS_LOCATIONS),
  ]);
  const { policy } = asked.resolve(asked.policySources);
  const attributes = await attributesOf(git, range.base.sha, policy);
  const commits = gitCommits.map((commit) => ({
    ...commit,
    coAuthors: coAuthorsOf(commit.message, commit.author),
  }));
  const files = await withContents(git, changes);
  const patterns = controlPatterns(policy);
  const links = await readLinks(git, { base: range.base.sha, files, patterns });
  const changed = await Promise.all(files.map((file) => withTraces(git, file, range)));
  const people = knowPeople(
    commits.flatMap(({ author, committer, coAuthors }) => [author, committer, ...coAuthors]),
  );
  const branch = defaultBranch ?? range.base.branch ?? range.base.name;
  const snapshot: Snapshot = {
    version: 1,
    now: asked.now,
    repository: { owner, name, defaultBranch: branch },
    pullRequest: pullRequestOf(range, range.base.branch ?? branch),
    commits: commits.map((commit) => commitFacts(commit, people)),
    files: changed,
    ...(links.length > 0 && { links }),
    reviews: [],
    participants: [],
    policySources: { ...asked.policySources, ...(await proposedConfig(git, range.head.sha, files)) },
    codeowners,
    authority: { permissions: {}, teams: unlistedTeams(codeowners, asked.policySources) },
    ...(attributes !== null && { time: { requests: [], firstComments: {}, attributes } }),
    recorded: NOTHING_RECORDED,
  };
  return { snapshot, people };
}

const NOTHING_RECORDED: Snapshot["recorded"] = {
  approvals: [],
  evidence: [],
  headMovedAt: null,
  baseChangedAt: null,
  refusals: [],
  commits: [],
  accounts: [],
};

/** The file with its patch, where that may hold records of who wrote the change. */
async function withTraces(git: Git, file: ChangedFile, { mergeBase, head }: Range): Promise<ChangedFile> {
  if (!holdsTraces(file.path)) return file;
  return { ...file, patch: await readPatch(git, file.path, [mergeBase, head.sha]) };
}

/** What the base says of generated files, where the policy counts lines. */
async function attributesOf(git: Git, base: string, policy: Policy | null): Promise<string | null> {
  if (policy === null || policy.time.maxLines === null) return null;
  try {
    const file = await readFirstFile(git, base, [".gitattributes"]);
    return file?.text ?? null;
  } catch (error) {
    // A link, or larger than any: git reads no attributes from it either, so all lines count.
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** The config as the head would leave it, where the branch changes it. */
async function proposedConfig(
  git: Git,
  head: string,
  files: readonly ChangedFile[],
): Promise<Pick<PolicySources, "proposed">> {
  if (!files.some(({ path }) => path === CONFIG_PATH)) return {};
  const file = await readFirstFile(git, head, [CONFIG_PATH]);
  return { proposed: file === null ? { status: "absent" } : { status: "found", ...file } };
}

function commitFacts(
  commit: GitCommit & { readonly coAuthors: readonly NameAndEmail[] },
  people: People,
): CommitFacts {
  const known = (identity: NameAndEmail): GitIdentity => ({
    ...identity,
    account: people.ofIdentity(identity),
  });
  const { sha, message, committer, note } = commit;
  const [authoredAt, committedAt] = [isoTime(commit.authoredAt), isoTime(commit.committedAt)];
  return {
    sha,
    message,
    ...(authoredAt !== null && { authoredAt }),
    ...(committedAt !== null && { committedAt }),
    author: known(commit.author),
    committer: known(committer),
    coAuthors: commit.coAuthors.map(known),
    ...(note !== "" && { attested: readJoinedNotes(note) }),
    committedViaWeb: committer.email === "noreply@github.com" && committer.name === "GitHub",
  };
}

function pullRequestOf({ base, head }: Range, baseRef: string): PullRequestFacts {
  const target = { sha: base.sha, ref: baseRef };
  return {
    number: 0,
    title: head.branch ?? head.name,
    body: "",
    author: null,
    state: "open",
    draft: false,
    fork: false,
    head: { sha: head.sha, ref: head.branch ?? head.name },
    base: target,
    governedBy: target,
    labels: [],
    requestedReviewers: { users: [], teams: [] },
  };
}

const TEAM = /@([a-z0-9][a-z0-9_-]*\/[a-z0-9_][a-z0-9_-]*)/gi;

/** Every team that is named anywhere: who is in it, only GitHub knows. */
function unlistedTeams(
  codeowners: SourceFile | null,
  sources: PolicySources,
): Snapshot["authority"]["teams"] {
  const texts = [codeowners, sources.organization, sources.repository].map((source) =>
    source !== null && "text" in source ? source.text : "",
  );
  const names = new Set(
    texts.flatMap((text) => [...text.matchAll(TEAM)].map(([, team = ""]) => team.toLowerCase())),
  );
  return Object.fromEntries(
    [...names].map((team) => [
      team,
      {
        status: "unlisted",
        reason: `its members are unknown here; give them with --team ${team}=LOGIN,…`,
      },
    ]),
  );
}

import { z } from "zod";
import type { CommitFacts, GitIdentity } from "../../../signoff/snapshot.ts";
import { ODD_ANSWER_RETRY_MS } from "../../client/client.ts";
import { GitHubProblem } from "../../client/errors.ts";
import { page } from "../../client/page.ts";

/** `GitActor.user` is typed User: spreading Bot there makes GitHub reject the whole document. */
export const COMMIT_FIELDS = `
  oid
  message
  authoredDate
  committedDate
  committedViaWeb
  author { ...GitIdentity }
  committer { ...GitIdentity }
  authors(first: 100) { totalCount nodes { ...GitIdentity } }
  parents(first: 3) { totalCount nodes { oid } }`;

export const GIT_IDENTITY_FRAGMENT = `
fragment GitIdentity on GitActor { name email user { login databaseId } }`;

export const identityAnswer = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  user: z.object({ login: z.string(), databaseId: z.int().nullable() }).nullable(),
});

export const commitAnswer = z.object({
  oid: z.string(),
  message: z.string(),
  authoredDate: z.string(),
  committedDate: z.string(),
  committedViaWeb: z.boolean(),
  author: identityAnswer.nullable(),
  committer: identityAnswer.nullable(),
  authors: z.object({ totalCount: z.int(), nodes: z.array(identityAnswer) }),
  parents: z.object({ totalCount: z.int(), nodes: z.array(z.object({ oid: z.string() })) }),
});

export const commitsAnswer = page(z.object({ commit: commitAnswer }));

type CommitAnswer = z.infer<typeof commitAnswer>;

/**
 * All commits of the pull request.
 * @throws {GitHubProblem} when one is missing or read twice, or when a commit names more authors than were read
 */
export function commitFacts(commits: z.infer<typeof commitsAnswer>): readonly CommitFacts[] {
  const { nodes, totalCount } = commits;
  const distinct = new Set(nodes.map(({ commit }) => commit.oid));
  if (distinct.size !== totalCount || nodes.length !== totalCount)
    throw new GitHubProblem(
      {
        code: "evidence/commits-incomplete",
        message: `GitHub counts ${totalCount} commits on this pull request but gave ${distinct.size} of them.`,
        remedy: "Push again; if it stays, split the pull request so that it holds fewer commits.",
      },
      ODD_ANSWER_RETRY_MS,
    );
  return nodes.map(({ commit }) => commitOf(commit));
}

/**
 * One commit.
 * @throws {GitHubProblem} when it names more authors than were read
 */
export function commitOf(commit: CommitAnswer): CommitFacts {
  return {
    sha: commit.oid,
    message: commit.message,
    authoredAt: commit.authoredDate,
    committedAt: commit.committedDate,
    author: identity(commit.author),
    committer: identity(commit.committer),
    coAuthors: coAuthors(commit),
    committedViaWeb: commit.committedViaWeb,
    ...parentsOf(commit),
  };
}

/** Left out where there are more than were asked for. */
function parentsOf({ parents: { totalCount, nodes } }: CommitAnswer): Pick<CommitFacts, "parents"> {
  return nodes.length === totalCount ? { parents: nodes.map(({ oid }) => oid) } : {};
}

/** GitHub lists the git author first, then the `Co-authored-by` lines. */
function coAuthors({ oid, author, authors }: CommitAnswer): readonly GitIdentity[] {
  if (authors.nodes.length !== authors.totalCount)
    throw new GitHubProblem({
      code: "evidence/authors-incomplete",
      message: `Commit ${oid} names ${authors.totalCount} authors, more than can be read.`,
      remedy: `Rewrite the commit with at most ${authors.nodes.length} Co-authored-by lines.`,
    });
  const [first, ...others] = authors.nodes;
  const isAuthor = first?.email === author?.email && first?.name === author?.name;
  return (isAuthor || first === undefined ? others : [first, ...others]).map(identity);
}

/** An e-mail that maps to no user keeps its name and address; no account is made up for it. */
function identity(answer: z.infer<typeof identityAnswer> | null): GitIdentity {
  const user = answer?.user;
  return {
    name: answer?.name ?? "",
    email: answer?.email ?? "",
    account:
      typeof user?.databaseId === "number" ? { id: user.databaseId, login: user.login, type: "User" } : null,
  };
}

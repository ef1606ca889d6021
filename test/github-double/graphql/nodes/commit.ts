import { nodeId } from "../../shapes/links.ts";
import { pullsAt } from "../../world/comparison.ts";
import { isBinary } from "../../world/diff.ts";
import { coAuthors, isWeb, userByEmail } from "../../world/identity.ts";
import { fullName, type Repository } from "../../world/model.ts";
import type { Commit, FileEntry, Signature } from "../../world/objects.ts";
import { connection, type PageArguments } from "../connection.ts";
import { type Context, type Node, need } from "../context.ts";
import { actor } from "./actor.ts";
import { checkSuites, type SuiteArguments } from "./check.ts";
import { statusOf } from "./status.ts";

/** Above this GitHub cuts a blob's text short. */
const MAX_TEXT = 512_000;

export function commit(repo: Repository, given: Commit): Node {
  const [headline = "", ...rest] = given.message.split("\n");
  const { author, committer } = given;
  return {
    __typename: "Commit",
    id: nodeId("Commit", `${repo.id}:${given.sha}`),
    oid: given.sha,
    abbreviatedOid: given.sha.slice(0, 7),
    message: given.message,
    messageHeadline: headline,
    messageBody: rest.join("\n").trim(),
    authoredDate: author.date,
    committedDate: committer.date,
    pushedDate: null,
    authoredByCommitter: author.email === committer.email,
    committedViaWeb: isWeb(committer),
    url: (_: unknown, { state }: Context) => `${state.origin}/${fullName(repo)}/commit/${given.sha}`,
    author: (_: unknown, context: Context) => gitActor(context, author),
    committer: (_: unknown, context: Context) => gitActor(context, committer),
    authors: (args: PageArguments, context: Context) =>
      connection("authors", authorsOf(given), { args, node: (each) => gitActor(context, each) }),
    tree: { __typename: "Tree", oid: given.tree },
    parents: (args: PageArguments) =>
      connection("parents", given.parents, { args, node: (sha) => commit(repo, repo.objects.commitAt(sha)) }),
    // By committing time; where two are the same, a commit comes before its parents.
    history: (args: PageArguments) =>
      connection("history", historyOf(repo, given), { args, node: (each) => commit(repo, each) }),
    signature: isWeb(committer)
      ? {
          __typename: "GpgSignature",
          isValid: true,
          state: "VALID",
          wasSignedByGitHub: true,
          signer: null,
          email: committer.email,
        }
      : null,
    file: ({ path }: { readonly path: string }, context: Context) => {
      need(context, { contents: "read" }, repo);
      const entry = repo.objects.filesAt(given.sha).get(path);
      return entry && !repo.unseen.has(path) ? treeEntry(repo, path, entry) : null;
    },
    associatedPullRequests: (args: PageArguments, context: Context) => {
      need(context, { pull_requests: "read" }, repo);
      const holding = pullsAt(repo, given.sha, context);
      return connection("associatedPullRequests", holding, { args, node: context.graph.pullRequest });
    },
    checkSuites: (args: SuiteArguments, context: Context) => {
      need(context, { checks: "read" }, repo);
      return checkSuites(repo, given.sha, args);
    },
    status: (_: unknown, context: Context) => {
      need(context, { statuses: "read" }, repo);
      return statusOf(repo, given.sha);
    },
    repository: (_: unknown, { graph }: Context) => graph.repository(repo),
  };
}

function historyOf({ objects }: Repository, newest: Commit): readonly Commit[] {
  const found = new Map<string, Commit>();
  const waiting = [newest];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (found.has(next.sha)) continue;
    found.set(next.sha, next);
    waiting.push(...next.parents.map((sha) => objects.commitAt(sha)));
  }
  const time = ({ committer }: Commit) => Date.parse(committer.date);
  return [...found.values()].toSorted((one, other) => time(other) - time(one));
}

function authorsOf({ author, message }: Commit): readonly Signature[] {
  const people = [author, ...coAuthors(message).map((each) => ({ ...each, date: author.date }))];
  return [...new Map(people.map((each) => [each.email.toLowerCase(), each])).values()];
}

function gitActor({ state }: Context, { name, email, date }: Signature): Node {
  return { __typename: "GitActor", name, email, date, user: actor(userByEmail(state, email)) };
}

function treeEntry(repo: Repository, path: string, entry: FileEntry): Node {
  const name = path.split("/").at(-1) ?? "";
  return {
    __typename: "TreeEntry",
    name,
    nameRaw: name,
    path,
    oid: entry.sha,
    mode: Number.parseInt(entry.mode, 8),
    type: entry.mode === "160000" ? "commit" : "blob",
    size: repo.objects.bytes(entry.sha).length,
    object: entry.mode === "160000" ? null : blob(repo, entry.sha),
  };
}

export function blob(repo: Repository, sha: string): Node {
  const bytes = repo.objects.bytes(sha);
  const binary = isBinary(bytes);
  return {
    __typename: "Blob",
    id: nodeId("Blob", sha),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    byteSize: bytes.length,
    isBinary: binary,
    isTruncated: bytes.length > MAX_TEXT,
    text: binary ? null : bytes.subarray(0, MAX_TEXT).toString(),
  };
}

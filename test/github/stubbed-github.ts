import { GraphQLError } from "graphql";
import { CONFIG_PATH } from "../../src/policy/source.ts";

/** One pull request with all around it, as GraphQL sees it. Tests change it and read again. */
export interface StubbedGitHub {
  owner: string;
  repo: string;
  pull: Pull;
  /** Files of branches, by branch and path. */
  branches: Record<string, Record<string, string | Entry>>;
  /** Files of the head commit, besides the changed ones, which are regular; `null` where it shows none. */
  headFiles: Record<string, string | Entry | null>;
  /** Notes of git-ai by their path, texts or blobs; `null` where there is no such ref. */
  notes: Record<string, string | Record<string, unknown>> | null;
  /** The same of Agent Trace. */
  traces: Record<string, string | Record<string, unknown>> | null;
  /** Files of the organization's `.github` repository; `null` when there is none. */
  floor: Record<string, string | Entry> | null;
  teams: Record<string, Team>;
  /** Types of the faults that the next questions about the organization end in. */
  organizationFaults: string[];
  /** Types of the faults that the next questions for a collaborator end in. */
  collaboratorFaults: string[];
  /** Types of the faults that the next questions for a file of the head end in. */
  headFaults: string[];
  /** The same of the base's commit. */
  baseFaults: string[];
  /** False on Enterprise Server. */
  stacksInGraphql: boolean;
  permissions: Record<string, { permission: string; user: { id: number } }>;
  /** The app through which the pull request was opened in its author's name. */
  openingApp: { id: number; slug: string } | null;
  copilotStarters: { id: number; login: string; type: string }[];
  /** What differs of blobs, by id; the text of all others is "new". */
  blobs: Record<string, object>;
  /** Files of the base's commit, by path. */
  baseFiles: Record<string, string | Entry>;
  /** The links of every commit, by path: the ids of the blobs that say where they lead. */
  links: Record<string, string>;
  /** Where the branches part, by REST's word. */
  mergeBase: string;
  /** Ids of the trees of the head and of the base. */
  trees: { head: string; base: string };
  /** Whether each tree has more than GitHub lists at once. */
  largeTrees: boolean;
  /** False behind a proxy that leaves out what GitHub says of further pages. */
  namesNextPages: boolean;
  /** A path that no tree lists, although it is there. */
  treeLacks?: string;
  checkRuns: { id: string; databaseId: number; name: string; externalId: string | null }[];
  /** Node ids of the repository's labels, by name. */
  labels: Record<string, string>;
  /** People by login. */
  users: Record<string, Person>;
  pusher: Actor | null;
  /** Moves of branches, newest first. */
  moves: StubbedMove[];
  pullsOnHead: { number: number; state: string; headRefOid: string; baseRefName: string }[];
  /** Other open pull requests. */
  otherPulls: {
    number: number;
    isDraft: boolean;
    reviewRequests: { nodes: { requestedReviewer: object | null }[] };
  }[];
  /** Most nodes a page; GitHub gives 100 of most things. */
  pageSize: number;
}

interface Pull {
  number: number;
  state: "OPEN" | "CLOSED" | "MERGED";
  title: string;
  body: string;
  author: Actor | null;
  association?: string;
  /** Who edited its text; `null` when that account is gone. */
  editor?: Actor | null;
  /** Who owns the fork that it comes from. */
  forkOwner?: Actor;
  headSha: string;
  headRef: string;
  baseRef: string;
  baseSha: string;
  stackBase?: string;
  /** What GraphQL says instead, where the two differ. */
  graphql: { headSha?: string; baseSha?: string; baseRef?: string; changedFiles?: number };
  files: RestFile[];
  changedFiles?: number;
  commits: Commit[];
  commitCount?: number;
  reviews: ReviewNode[];
  timeline: object[];
  /** The latest first. */
  comments?: object[];
}

export interface RestFile {
  filename: string;
  status: string;
  sha: string | null;
  previous_filename?: string;
  additions: number;
  deletions: number;
  patch?: string;
  /** At the head, unless a test says otherwise. */
  contents_url?: string;
}

export interface Actor {
  __typename: "User" | "Bot" | "Mannequin" | "Organization";
  login: string;
  databaseId: number;
}

export interface Entry {
  mode?: number;
  type?: string;
  object?: Record<string, unknown> | null;
  oid?: string;
}

export interface GitActor {
  name: string;
  email: string;
  user: { login: string; databaseId: number } | null;
}

interface Commit {
  oid: string;
  message: string;
  author: GitActor;
  committer?: GitActor;
  /** When it was written, and committed unless said otherwise. */
  at?: string;
  committedAt?: string;
  coAuthors?: GitActor[];
  committedViaWeb?: boolean;
  /** The commit before, unless said otherwise. */
  parents?: string[];
  authorCount?: number;
}

export interface ReviewNode {
  id: number;
  state: string;
  author: Actor | null;
  submittedAt?: string;
  body?: string;
  canPush?: boolean;
  commit?: string;
  comments?: object[];
  /** Who edited it; `null` when that account is gone. */
  editor?: Actor | null;
}

export interface StubbedMove {
  before: string;
  after: string;
  ref: string;
  timestamp: string;
  id: number;
  activity_type: string;
  actor: { id: number; login: string; type: string } | null;
}

export interface Team {
  members: { login: string; databaseId: number; status?: () => object | null }[];
  privacy?: string;
  permission?: string | null;
  parentPermission?: string;
  /** The repository the permission is for. */
  repositoryId?: number;
  /** Whether it has more repositories of like name than GitHub tells at once. */
  moreRepositories?: boolean;
}

interface Person {
  id: string;
  databaseId: number;
  /** `null` for who is no collaborator. */
  permission: string | null;
}

export const REPOSITORY_ID = 4711;

export function user(login: string, databaseId: number): Actor {
  return { __typename: "User", login, databaseId };
}

export function bot(login: string, databaseId: number): Actor {
  return { __typename: "Bot", login, databaseId };
}

export function person(login: string, databaseId: number): GitActor {
  return { name: login, email: `${login}@example.com`, user: { login, databaseId } };
}

export function sha(of: string | number): string {
  return String(of).padStart(40, "0");
}

export function file(filename: string, given: Partial<RestFile> = {}): RestFile {
  const changed = {
    status: "modified",
    additions: 1,
    deletions: 1,
    patch: "@@ -1 +1 @@\n-old\n+new",
  } as const;
  return { filename, sha: sha(filename.length), ...changed, ...given };
}

const NOTES = sha("07e5");
const TRACES = sha("7ace");

export const HEAD = sha("aaa1");

/** A pull request by dora (id 1) from `topic` to `main`, with one commit and one file. */
export function stubbedGitHub(): StubbedGitHub {
  return {
    owner: "acme",
    repo: "shop",
    pull: {
      number: 7,
      state: "OPEN",
      title: "Tidy up",
      body: "",
      author: user("dora", 1),
      headSha: HEAD,
      headRef: "topic",
      baseRef: "main",
      baseSha: sha("ba5e"),
      graphql: {},
      files: [file("infra/main.tf")],
      commits: [{ oid: HEAD, message: "Tidy up", author: person("dora", 1) }],
      reviews: [],
      timeline: [],
    },
    branches: { main: {} },
    headFiles: {},
    notes: null,
    traces: null,
    blobs: {},
    baseFiles: {},
    links: {},
    mergeBase: sha("ba5e"),
    trees: { head: sha("7ee1"), base: sha("7ee2") },
    largeTrees: false,
    namesNextPages: true,
    floor: null,
    teams: {},
    organizationFaults: [],
    collaboratorFaults: [],
    headFaults: [],
    baseFaults: [],
    stacksInGraphql: true,
    permissions: {},
    openingApp: null,
    copilotStarters: [],
    checkRuns: [],
    labels: {},
    users: {},
    pusher: null,
    moves: [],
    pullsOnHead: [],
    otherPulls: [],
    pageSize: 100,
  };
}

/** The root that GitHub's schema is executed over. */
export function rootOf(world: StubbedGitHub) {
  const { pull } = world;
  return {
    repository: ({ name }: { name: string }) => {
      if (name !== ".github") return repositoryOf(world);
      if (world.floor === null) throw notFound(`Could not resolve to a Repository with the name '${name}'.`);
      return { defaultBranchRef: branch("main", world.floor) };
    },
    organization: () => {
      const type = world.organizationFaults.shift();
      if (type !== undefined) throw new GraphQLError("no organization", { extensions: { type } });
      return { team: ({ slug }: { slug: string }) => teamOf(world, slug) };
    },
    user: ({ login }: { login: string }) => {
      const [name, found] = personOf(world, login) ?? [];
      if (found === undefined) throw notFound(`Could not resolve to a User with the login of '${login}'.`);
      return { ...found, login: name };
    },
    node: ({ id }: { id: string }) => {
      const review = pull.reviews.find((one) => id === `R_${one.id}`);
      return review && reviewOf(world, review);
    },
  };
}

function personOf({ users }: StubbedGitHub, login: string): [string, Person] | undefined {
  return Object.entries(users).find(([name]) => name.toLowerCase() === login.toLowerCase());
}

function notFound(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type: "NOT_FOUND" } });
}

function repositoryOf(world: StubbedGitHub) {
  const { pull, branches } = world;
  return {
    id: "R_4711",
    databaseId: REPOSITORY_ID,
    label: ({ name }: { name: string }) => {
      const id = world.labels[name];
      return id === undefined ? null : { id };
    },
    collaborators: ({ login }: { login: string }) => {
      const type = world.collaboratorFaults.shift();
      if (type !== undefined) throw new GraphQLError("no collaborators", { extensions: { type } });
      const [, found] = personOf(world, login) ?? [];
      if (found === undefined || found.permission === null) return { edges: [] };
      return { edges: [{ permission: found.permission, node: { databaseId: found.databaseId } }] };
    },
    defaultBranchRef: branches.main === undefined ? null : branch("main", branches.main),
    ref: ({ qualifiedName }: { qualifiedName: string }) => {
      if (qualifiedName === "refs/notes/ai")
        return world.notes && { target: { __typename: "Commit", oid: NOTES } };
      if (qualifiedName === "refs/notes/agent-trace")
        return world.traces && { target: { __typename: "Commit", oid: TRACES } };
      const name = /^refs\/heads\/(.+)$/.exec(qualifiedName)?.[1] ?? "";
      const files = branches[name];
      return files === undefined ? null : branch(name, files);
    },
    object: ({ expression, oid }: { expression?: string; oid?: string }) => {
      if (expression !== undefined) return noteAt(world, expression);
      if (oid === pull.headSha || oid === HEAD) return headOf(world);
      if (oid === pull.baseSha || oid === world.mergeBase)
        return { __typename: "Commit", file: baseFile(world), tree: { oid: world.trees.base } };
      const blob = { __typename: "Blob", isBinary: false, isTruncated: false, text: "new\n" };
      return { ...blob, ...world.blobs[oid ?? ""] };
    },
    pullRequest: () => pullOf(world, pull),
    issueOrPullRequest: () => ({ __typename: "PullRequest", ...pullOf(world, pull) }),
    pullRequests: (args: PageArguments) =>
      connection(
        world,
        [{ number: 7, isDraft: false, headRefOid: pull.headSha, baseRefName: "main" }, ...world.otherPulls],
        args,
      ),
  };
}

function headOf(world: StubbedGitHub) {
  return {
    __typename: "Commit",
    file: headFile(world),
    tree: { oid: world.trees.head },
    associatedPullRequests: { nodes: world.pullsOnHead },
    checkSuites: {
      nodes: [
        {
          push: world.pusher === null ? null : { pusher: world.pusher },
          checkRuns: { nodes: world.checkRuns },
        },
      ],
    },
  };
}

function noteAt({ notes, traces }: StubbedGitHub, expression: string) {
  const [at = "", path = ""] = expression.split(":");
  const note = { [NOTES]: notes, [TRACES]: traces }[at]?.[path];
  if (note === undefined) return null;
  const blob = { __typename: "Blob", isBinary: false, isTruncated: false };
  return typeof note === "string" ? { ...blob, text: note } : { ...blob, text: null, ...note };
}

function branch(name: string, files: Record<string, string | Entry>) {
  return {
    name,
    prefix: "refs/heads/",
    target: {
      __typename: "Commit",
      oid: sha("ba5e"),
      file: fileIn(files),
    },
  };
}

function changedFiles({ files }: Pull): Record<string, string> {
  return Object.fromEntries(
    files.filter(({ status }) => status !== "removed").map(({ filename }) => [filename, ""]),
  );
}

function headFile(world: StubbedGitHub) {
  const found = fileIn({ ...changedFiles(world.pull), ...world.headFiles });
  return ({ path }: { path: string }) => {
    const type = path === CONFIG_PATH ? undefined : world.headFaults.shift();
    if (type !== undefined) throw new GraphQLError(`no ${path}`, { extensions: { type } });
    return found({ path });
  };
}

/** The entries of the head or, by any other commit, of the base, as a tree lists them. */
export function entriesAt(world: StubbedGitHub, commit: string) {
  const { pull, headFiles, baseFiles, blobs } = world;
  const files = commit === pull.headSha ? { ...changedFiles(pull), ...headFiles } : baseFiles;
  const ids = new Map(pull.files.map(({ filename, sha: id }) => [filename, id]));
  return Object.entries(files).flatMap(([path, given]) => {
    if (given === null || path === world.treeLacks) return [];
    const { mode, type, oid } = entry(given);
    const id = commit === pull.headSha ? (ids.get(path) ?? oid) : oid;
    const text: unknown = Reflect.get(blobs[id] ?? {}, "text");
    const size = typeof text === "string" ? text.length : 4;
    return [
      { path, mode: mode.toString(8).padStart(6, "0"), type, sha: id, ...(type === "blob" && { size }) },
    ];
  });
}

function baseFile({ baseFiles, baseFaults }: StubbedGitHub) {
  const found = fileIn(baseFiles);
  return ({ path }: { path: string }) => {
    const type = baseFaults.shift();
    if (type !== undefined) throw new GraphQLError(`no ${path}`, { extensions: { type } });
    return found({ path });
  };
}

function fileIn(files: Record<string, string | Entry | null>) {
  return ({ path }: { path: string }) => {
    const found = files[path];
    return found == null ? null : entry(found);
  };
}

function entry(given: string | Entry) {
  const {
    mode = 0o100644,
    type = "blob",
    oid = sha("b10b"),
    object,
  } = typeof given === "string" ? {} : given;
  const text = typeof given === "string" ? given : "";
  const blob = { __typename: "Blob", byteSize: text.length, isBinary: false, isTruncated: false, text };
  return { oid, mode, type, object: object === undefined ? blob : object };
}

function pullOf(world: StubbedGitHub, pull: Pull) {
  const { graphql } = pull;
  const base = world.branches[graphql.baseRef ?? pull.baseRef];
  return {
    id: `PR_${pull.number}`,
    number: pull.number,
    title: pull.title,
    body: pull.body,
    state: pull.state,
    isDraft: false,
    isInMergeQueue: false,
    autoMergeRequest: null,
    isCrossRepository: pull.forkOwner !== undefined,
    author: pull.author,
    authorAssociation: pull.association ?? "MEMBER",
    createdAt: "2026-11-20T07:00:00Z",
    updatedAt: "2026-11-20T11:00:00Z",
    lastEditedAt: pull.editor === undefined ? null : "2026-11-20T11:00:00Z",
    editor: pull.editor ?? null,
    headRepositoryOwner: pull.forkOwner ?? null,
    headRefName: pull.headRef,
    headRefOid: graphql.headSha ?? pull.headSha,
    baseRefName: graphql.baseRef ?? pull.baseRef,
    baseRefOid: graphql.baseSha ?? pull.baseSha,
    changedFiles: graphql.changedFiles ?? pull.changedFiles ?? pull.files.length,
    baseRef: base === undefined ? null : branch(graphql.baseRef ?? pull.baseRef, base),
    stack: pull.stackBase === undefined ? null : { baseRefName: pull.stackBase },
    labels: { nodes: [{ id: "LA_1", name: "ai-authored" }] },
    reviewRequests: {
      nodes: [
        { requestedReviewer: user("emil", 5) },
        { requestedReviewer: { __typename: "Team", slug: "sre" } },
      ],
    },
    commits: (args: PageArguments) => ({
      ...connection(world, pull.commits.map(commitOf(pull)), args),
      totalCount: pull.commitCount ?? pull.commits.length,
    }),
    reviews: (args: PageArguments) =>
      connection(
        world,
        pull.reviews.map((review) => reviewOf(world, review)),
        args,
      ),
    timelineItems: (args: PageArguments) => connection(world, pull.timeline, args),
    comments: (args: PageArguments) => connection(world, pull.comments ?? [], args),
  };
}

/** Each commit on the one before, the first on the base. */
const commitOf = (pull: Pull) => (given: Commit, index: number) => {
  const { oid, message, author, committer = author, coAuthors = [], authorCount } = given;
  const { at: authoredDate = "2026-11-20T07:00:00Z", committedAt: committedDate = authoredDate } = given;
  const nodes = [author, ...coAuthors];
  const authors = { totalCount: authorCount ?? nodes.length, nodes };
  const { parents: shas = [pull.commits[index - 1]?.oid ?? pull.baseSha] } = given;
  const parents = { totalCount: shas.length, nodes: shas.slice(0, 3).map((parent) => ({ oid: parent })) };
  const written = {
    message,
    authoredDate,
    committedDate,
    committedViaWeb: given.committedViaWeb ?? false,
    author,
    committer,
    authors,
  };
  return { commit: { oid, ...written, parents } };
};

function reviewOf(world: StubbedGitHub, review: ReviewNode) {
  return {
    __typename: "PullRequestReview",
    id: `R_${review.id}`,
    fullDatabaseId: String(review.id),
    state: review.state,
    submittedAt: review.submittedAt ?? "2026-11-20T10:00:00Z",
    body: review.body ?? "",
    authorCanPushToRepository: review.canPush ?? true,
    author: review.author,
    lastEditedAt: review.editor === undefined ? null : "2026-11-20T11:00:00Z",
    editor: review.editor ?? null,
    commit: { oid: review.commit ?? world.pull.headSha },
    comments: (args: PageArguments) => connection(world, review.comments ?? [], args),
  };
}

function teamOf(world: StubbedGitHub, slug: string) {
  const team = world.teams[slug];
  if (team === undefined) return null;
  const repositories = (permission: string | null) => ({
    pageInfo: { hasNextPage: team.moreRepositories ?? false },
    edges:
      permission === null ? [] : [{ permission, node: { databaseId: team.repositoryId ?? REPOSITORY_ID } }],
  });
  return {
    id: `T_${slug}`,
    privacy: team.privacy ?? "VISIBLE",
    members: (args: PageArguments) => connection(world, team.members, args),
    repositories: repositories(team.permission === undefined ? "WRITE" : team.permission),
    ancestors: {
      nodes:
        team.parentPermission === undefined ? [] : [{ repositories: repositories(team.parentPermission) }],
    },
  };
}

interface PageArguments {
  first: number;
  after?: string | null;
}

function connection<T>(world: StubbedGitHub, all: readonly T[], { first, after }: PageArguments) {
  const start = Number(after ?? 0);
  const end = start + Math.min(first, world.pageSize);
  return {
    totalCount: all.length,
    pageInfo: { hasNextPage: end < all.length, endCursor: String(Math.min(end, all.length)) },
    nodes: all.slice(start, end),
  };
}

import { knownCommands } from "../../github/reading/read-snapshot.ts";
import { createPolicyDetector } from "../../policy/detector.ts";
import { DEFAULT_POLICY } from "../../policy/merge.ts";
import { toolStartedBy } from "../../provenance/requests/labels.ts";
import type { Account, CommitRecord, Participant } from "../../signoff/snapshot.ts";
import type { News } from "../../store/jobs.ts";
import type { AccountHint, Hint } from "./hint.ts";
import { outsidersIn } from "./insiders.ts";
import type { BroughtCommit } from "./push.ts";

/**
 * That somebody took part is the one thing a payload is believed: it takes a signature away and never gives one. Later
 * events may hide it: a push, an edit, a deletion.
 */
export function participantsIn(event: string, hint: Hint): Required<Pick<News, "participants" | "commits">> {
  switch (event) {
    case "pull_request":
      return openedOrPushed(hint);
    case "push":
      return { participants: [], commits: pushed(hint) };
    case "issue_comment":
    case "pull_request_review_comment":
    case "pull_request_review":
      return { participants: onNumber(hint, startedBy(hint)), commits: [] };
    case "issues":
      return {
        participants: onNumber(hint, [...assigner(hint), ...labeler(hint), ...startedBy(textOf(hint))]),
        commits: [],
      };
    default:
      return { participants: [], commits: [] };
  }
}

/** Who started an agent by a comment or a review, as it stands or as it stood before an edit. */
export function startedBy({ action, comment, review, changes, sender }: Hint): readonly Participant[] {
  const texts = [comment?.body, review?.body, changes?.body?.from].filter((text) => typeof text === "string");
  const tools = [...new Set(texts.flatMap(knownCommands))];
  if (tools.length === 0) return [];
  const writers = [comment?.user, review?.user, ...(action === "edited" ? [sender] : [])];
  return distinct(writers).map((account) => ({
    account,
    role: "requester",
    because: `gave ${tools.join(", ")} a command`,
  }));
}

/** An issue's own text, where it is new. */
function textOf(hint: Hint): Hint {
  const { action, issue } = hint;
  const isNew = action === "opened" || action === "edited" || action === "transferred";
  return isNew ? { ...hint, comment: { body: wholeText(issue ?? {}), user: issue?.user } } : hint;
}

interface Titled {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
}

/** With its title where that holds a command: a question in the text stays one beside any other. */
function wholeText({ title = "", body }: Titled): string {
  return knownCommands(title).length === 0 ? (body ?? "") : `${title}\n\n${body ?? ""}`;
}

const detector = createPolicyDetector(DEFAULT_POLICY.detect);

/** Who assigned an agent, to an issue or a pull request. */
function assigner({ action, assignee, sender }: Hint): readonly Participant[] {
  const agent = assignee && accountOf(assignee);
  if (action !== "assigned" || !agent) return [];
  if (agent.type !== "Bot" && detector.machine(agent)?.kind !== "agent") return [];
  const because = `assigned ${agent.login}`;
  return distinct([sender]).map((account) => ({ account, role: "requester", because }));
}

/** Who put a label on that starts an agent, on an issue or a pull request. */
function labeler({ action, label, sender }: Hint): readonly Participant[] {
  const tool = action === "labeled" && label !== undefined ? toolStartedBy(label.name) : null;
  if (tool === null) return [];
  return distinct([sender]).map((account) => ({
    account,
    role: "requester",
    because: `started ${tool} by a label`,
  }));
}

/** Who wrote a command into the text of a pull request, which its author may not have done. */
function rewriter({ action, changes, pull_request: pull, sender }: Hint): readonly Participant[] {
  if (action !== "edited" || !pull) return [];
  const former = { title: changes?.title?.from ?? pull.title, body: changes?.body?.from ?? pull.body };
  const before = new Set(knownCommands(wholeText(former)));
  const tools = knownCommands(wholeText(pull)).filter((tool) => !before.has(tool));
  if (tools.length === 0) return [];
  return distinct([sender]).map((account) => ({
    account,
    role: "requester",
    because: `gave ${tools.join(", ")} a command`,
  }));
}

/** Of a fork, what was pushed before is not told: its owner counts as the one who did. */
function openedOrPushed(hint: Hint): ReturnType<typeof participantsIn> {
  const { action, repository, pull_request: pull, sender } = hint;
  if (!repository || !pull) return { participants: [], commits: [] };
  const { sha, repo } = pull.head;
  const because = `pushed ${sha.slice(0, 7)}`;
  const isFork = repo != null && repo.id !== repository.repositoryId;
  const isOpened = isFork && (action === "opened" || action === "reopened");
  const pushed = (account: Account): Participant => ({
    ...{ account, role: "pusher", because, sha },
    ...(isFork && { toFork: true }),
  });
  const pushers: readonly Participant[] = [
    ...distinct(action === "synchronize" ? [sender] : []).map(pushed),
    ...distinct(isOpened ? [repo.owner] : []).map((owner) => ({ ...pushed(owner), presumed: true as const })),
  ];
  return {
    participants: [
      ...onNumber(hint, pushers),
      ...onNumber(hint, [...assigner(hint), ...labeler(hint), ...rewriter(hint)]),
    ],
    commits: pushers.length === 0 ? [] : [{ sha, evidence: [], participants: pushers }],
  };
}

/** Who pushed which commits, to whatever branch: a pull request may be made of them later. */
function pushed({ push, sender }: Hint): readonly CommitRecord[] {
  const [account] = distinct([sender]);
  if (!push || account === undefined || push.after === null) return [];
  const { after, brought, newestByGitHub } = push;
  const newest: BroughtCommit = { sha: after, introduced: false, web: newestByGitHub };
  const commits = brought.some(({ sha }) => sha === after) ? brought : [...brought, newest];
  return commits.map(({ sha, introduced, web }) => ({
    sha,
    evidence: [],
    participants: [
      {
        ...{ account, role: "pusher", because: `pushed ${sha.slice(0, 7)}`, sha },
        ...(push.forced && { forced: true }),
        ...(introduced && { introduced: true }),
        ...(web && { web: true }),
      },
    ],
  }));
}

/** The news with the moment by which its pushes had happened. What GitHub's own times mean there is not documented. */
export function heardAt(news: News, now: Date): News {
  const { participants = [], commits = [] } = news;
  const timed = (one: Participant): Participant =>
    one.role === "pusher" && one.presumed !== true ? { ...one, at: now.toISOString() } : one;
  return {
    ...news,
    participants: participants.map((each) => ({ ...each, participant: timed(each.participant) })),
    commits: commits.map((commit) => ({ ...commit, participants: commit.participants.map(timed) })),
  };
}

function onNumber(hint: Hint, participants: readonly Participant[]): Required<News>["participants"] {
  const number = hint.pull_request?.number ?? hint.issue?.number;
  if (number === undefined) return [];
  const outsiders = outsidersIn(hint);
  return participants.map((participant) => ({
    ...{ pull: number, participant },
    ...(participant.role === "requester" && outsiders.has(participant.account.id) && { outsider: true }),
  }));
}

function distinct(accounts: readonly (AccountHint | null | undefined)[]): readonly Account[] {
  const known = accounts.map((one) => one && accountOf(one)).filter((one) => one != null);
  return [...new Map(known.map((one) => [one.id, one])).values()];
}

function accountOf({ id, login, type }: AccountHint): Account | null {
  if (id === undefined) return null;
  return type === "User" || type === "Bot" || type === "Mannequin" || type === "Organization"
    ? { id, login, type }
    : null;
}

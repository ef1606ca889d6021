import { acceptanceBy, acceptanceObstacle, type Reply } from "../../signoff/authority/accept.ts";
import { isAcceptanceSigned } from "../../signoff/passkey/acceptance.ts";
import { answerOf } from "../../signoff/report/answer.ts";
import {
  acceptedText,
  followUpBody,
  followUpMarker,
  followUpTitle,
  REOPENED,
  reminderText,
} from "../../signoff/report/follow-up.ts";
import type { Account, CommandComment } from "../../signoff/snapshot.ts";
import { nothingCame } from "../../signoff/wording/override-words.ts";
import type { FollowUp, FollowUpState } from "../../store/follow-up.ts";
import type { LedgerEntry } from "../../store/ledger.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import type { Store } from "../../store/store.ts";
import type { Task } from "../../store/task.ts";
import type { GitHubPort } from "../github/port.ts";
import { type NoticePorts, noteHappening } from "../notices/note.ts";
import type { Clock } from "../operation/clock.ts";
import type { Log } from "../operation/log.ts";
import { acceptDecision, numberOf } from "../passkeys/accept.ts";
import type { ReadPasskeys } from "../passkeys/facts.ts";

export interface FollowUpPorts extends Pick<NoticePorts, "addresses"> {
  readonly store: Store;
  readonly passkeys: ReadPasskeys;
  readonly github: Pick<
    GitHubPort,
    "findIssue" | "issueState" | "openIssue" | "say" | "setIssueState" | "replies"
  >;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  /** Where the documentation is. */
  readonly site: { readonly docs: string };
}

type FollowUpTask = Extract<Task, { kind: "follow-up" }>;

/** Who accepted what. */
interface Accepted {
  readonly by: Account;
  readonly areas: readonly string[];
  readonly reason: string | null;
}

const REMIND_EVERY_MS = 24 * 60 * 60_000;

/**
 * Has owners accept afterwards what got in without them: an override, or a bypass. It is noted before GitHub is asked for
 * anything, once for a commit, and an issue follows. Where nobody owns what got in there is nobody to ask.
 */
export async function openFollowUp(
  ports: Pick<FollowUpPorts, "store" | "clock" | "log" | "addresses">,
  repository: RepositoryRef,
  followUp: FollowUp,
): Promise<void> {
  const { store, clock } = ports;
  await noteOpened(ports, repository, followUp);
  await store.openFollowUp(repository, followUp);
  await store.enqueue([followUpTask(repository, followUp)], "direct", clock.now());
}

/** Before it is opened, which is news only once. */
async function noteOpened(
  ports: Pick<FollowUpPorts, "store" | "clock" | "log" | "addresses">,
  repository: RepositoryRef,
  { pull, commitSha, passedOver, notify = [], openedAt }: FollowUp,
): Promise<void> {
  if (notify.length === 0 || (await ports.store.followUp(repository, commitSha)) !== null) return;
  await noteHappening(ports, notify, {
    kind: "follow-up",
    key: `follow-up:${repository.repositoryId}@${commitSha}`,
    at: openedAt,
    repository: fullName(repository),
    ...(pull !== null && { pull: { number: pull, title: null } }),
    commit: commitSha,
    areas: [...new Set(passedOver.map(({ area }) => area))],
  });
}

/** What sees to a follow-up. */
export function followUpTask(
  { installationId, repositoryId, owner, repo }: RepositoryRef,
  { commitSha }: Pick<FollowUp, "commitSha">,
): Task {
  return { kind: "follow-up", commitSha, installationId, repositoryId, owner, repo };
}

/**
 * Asks once, hears who accepts, reminds, and closes. Answers when to look again: whatever is not done is done the next
 * time.
 */
export async function performFollowUp(ports: FollowUpPorts, task: FollowUpTask): Promise<Date | null> {
  const { store, clock } = ports;
  const { installationId, repositoryId, owner, repo, commitSha } = task;
  const repository = { installationId, repositoryId, owner, repo };
  const known = await store.followUp(repository, commitSha);
  if (known === null || !known.isOpen) return null;
  const place = { ports, repository };
  const asked = await withIssue(place, await inLedger(place, known));
  const heard = await withAcceptances(place, asked);
  if (!heard.isOpen) return null;
  await reminded(place, await reopenedOnce(place, heard));
  return new Date(clock.now().getTime() + REMIND_EVERY_MS);
}

interface Place {
  readonly ports: FollowUpPorts;
  readonly repository: RepositoryRef;
}

async function keep({ ports, repository }: Place, state: FollowUpState): Promise<FollowUpState> {
  await ports.store.keepFollowUp(repository, state);
  return state;
}

/** A process that ends in between writes it once more, so that it is never missing. */
async function inLedger(place: Place, { isNew, ...state }: FollowUpState): Promise<FollowUpState> {
  if (!isNew) return state;
  const { ports, repository } = place;
  const { followUp } = state;
  await ports.store.append([
    entryOf(repository, followUp, ports.clock.now(), { event: "opened", ...followUp }),
  ]);
  return keep(place, state);
}

/** That an issue may have been made is noted before: after a crash the App looks for it, and makes no second one. */
async function withIssue(place: Place, state: FollowUpState): Promise<FollowUpState> {
  if (state.issue !== null) return state;
  const { github, log } = place.ports;
  const { followUp } = state;
  const { repository } = place;
  const wanted = { marker: followUpMarker(followUp), since: followUp.openedAt };
  const found = state.attempted ? await github.findIssue(repository, wanted) : null;
  if (found !== null) return keep(place, { ...state, issue: found });
  await keep(place, { ...state, attempted: true });
  const issue = await github.openIssue(repository, {
    title: followUpTitle(followUp),
    body: followUpBody(followUp),
  });
  if (issue === null)
    log.warn(
      { repository: fullName(repository), commit: followUp.commitSha },
      "no issue can be opened to follow up",
    );
  return keep(place, { ...state, attempted: issue !== null, issue });
}

async function withAcceptances(place: Place, state: FollowUpState): Promise<FollowUpState> {
  const accepted = await acceptancesOf(place, state);
  if (accepted.length === 0) return state;
  const { ports, repository } = place;
  const { followUp } = state;
  const areas = [...new Set([...state.accepted, ...accepted.flatMap((each) => each.areas)])];
  const isOpen = followUp.passedOver.some(({ area }) => !areas.includes(area));
  const now = ports.clock.now();
  await ports.store.append(
    accepted.map((each) => entryOf(repository, followUp, now, { event: "accepted", ...each })),
  );
  const kept = await keep(place, { ...state, accepted: areas, isOpen });
  if (!isOpen && state.issue !== null) {
    await ports.github.say({ repository, pull: state.issue }, acceptedText(accepted.map(({ by }) => by)));
    await ports.github.setIssueState(repository, { number: state.issue, state: "closed" });
  }
  return kept;
}

/** By comments on the issue and by approvals of the pull request; who commented in vain is told why. */
async function acceptancesOf(
  { ports, repository }: Place,
  state: FollowUpState,
): Promise<readonly Accepted[]> {
  const { store, github } = ports;
  const { followUp, issue } = state;
  const heard = issue === null ? [] : ((await store.remember(repository, issue)).commands?.heard ?? []);
  const { pull, headSha, openedAt: since } = followUp;
  const merged = pull === null || headSha === null ? null : { pull, headSha, since };
  const passedOver = followUp.passedOver.filter(({ area }) => !state.accepted.includes(area));
  const replies = await github.replies({ repository, issue, heard, merged, passedOver });
  const accepted: Accepted[] = [];
  const waiting = new Set<number>();
  const isSigned = await signedIn({ ports, repository }, state);
  for (const { comment, ...reply } of replies) {
    if (comment === null) {
      if (acceptanceObstacle(reply, followUp) === null && isSigned(reply, null))
        accepted.push({ by: reply.by, areas: reply.owns, reason: null });
      continue;
    }
    const result = acceptanceBy(reply, comment, followUp);
    if (result.status === "refused") await answer({ ports, repository }, issue, reply.by, result.answer);
    if (result.status !== "accepted") continue;
    if (isSigned(reply, comment.id))
      accepted.push({ by: reply.by, areas: result.areas, reason: result.reason });
    else if (isRecent(comment, ports.clock)) waiting.add(comment.id);
    else
      await answer({ ports, repository }, issue, reply.by, nothingCame("you did not sign it within a day"));
  }
  await store.forgetCommands(
    repository,
    heard.filter(({ commentId }) => !waiting.has(commentId)),
  );
  return accepted;
}

/** Whether an acceptance came with its writer's passkey, where one of the areas asks for that. */
async function signedIn(
  { ports: { passkeys, clock }, repository }: Place,
  state: FollowUpState,
): Promise<(reply: Pick<Reply, "by" | "owns">, commentId: number | null) => boolean> {
  const { passedOver } = state.followUp;
  const asking = new Set(passedOver.flatMap(({ area, passkey }) => (passkey ? [area] : [])));
  if (asking.size === 0) return () => true;
  const facts = await passkeys(repository, numberOf(state));
  const now = clock.now().getTime();
  return ({ by, owns }, commentId) => {
    const decision = acceptDecision(repository, state, commentId);
    return !owns.some((area) => asking.has(area)) || isAcceptanceSigned(facts, { by, decision }, now);
  };
}

/** What waits for its writer's passkey longer than that is forgotten. */
function isRecent({ at }: Pick<CommandComment, "at">, clock: FollowUpPorts["clock"]): boolean {
  return clock.now().getTime() - Date.parse(at) < REMIND_EVERY_MS;
}

async function answer(
  { ports: { store, github, site }, repository }: Place,
  issue: number | null,
  by: Account,
  text: string,
): Promise<void> {
  const said = answerOf({ commentId: 0, by, at: "", answer: text }, site.docs);
  if (issue === null || said === null || !(await store.answerOnce(repository, issue, by.id))) return;
  await github.say({ repository, pull: issue }, said);
}

/** Whoever closes it by hand is told once that this accepts nothing. */
async function reopenedOnce(place: Place, state: FollowUpState): Promise<FollowUpState> {
  const { ports, repository } = place;
  if (state.issue === null || state.reopened) return state;
  if ((await ports.github.issueState(repository, state.issue)) !== "closed") return state;
  const kept = await keep(place, { ...state, reopened: true });
  await ports.github.setIssueState(repository, { number: state.issue, state: "open" });
  await ports.github.say({ repository, pull: state.issue }, REOPENED);
  return kept;
}

async function reminded(place: Place, state: FollowUpState): Promise<FollowUpState> {
  const { ports, repository } = place;
  const now = ports.clock.now().getTime();
  if (state.issue === null || now - state.remindedAt < REMIND_EVERY_MS) return state;
  const kept = await keep(place, { ...state, remindedAt: now });
  if ((await ports.github.issueState(repository, state.issue)) === "open")
    await ports.github.say({ repository, pull: state.issue }, reminderText(state.followUp));
  return kept;
}

function entryOf(
  repository: RepositoryRef,
  { pull, commitSha }: FollowUp,
  at: Date,
  data: object,
): LedgerEntry {
  return {
    ...{ at: at.toISOString(), repository, pull, headSha: commitSha },
    ...{ kind: "follow-up", data },
  };
}

function fullName({ owner, repo }: RepositoryRef): string {
  return `${owner}/${repo}`;
}

import { ORDER_OF_WORK, type Priority, URGENCY } from "./order.ts";
import type { RepositoryRef } from "./repository.ts";

export type { Priority };

/** Where a merge queue made a commit of several pull requests. */
export interface MergeGroup {
  /** The branch they are merged into, without `refs/heads/`. */
  readonly base: string;
  /** The commit that the group is built on: the branch's, or that of the group ahead. */
  readonly baseSha: string;
}

/** Somebody who did something that asks for work. */
export interface Asker {
  readonly account: number;
  readonly login: string;
  readonly bot: boolean;
  /** When that came to the queue, in milliseconds. */
  readonly at?: number;
}

interface Sweep {
  /** Nothing is known to have changed: only what may have been missed is judged. */
  readonly routine?: true;
  /** The rules of the branches may have changed: they are looked at, too. */
  readonly rules?: true;
}

/**
 * What is to be done. `head` evaluates one commit for all its pull requests; `repository` and `installation` only
 * enqueue smaller tasks, for changes (CODEOWNERS, teams) that may touch every open pull request; `protection` looks at
 * the rules of a repository's branches; `command` has what somebody commanded on a pull request judged with it, and
 * `expiry` what passed until now; `follow-up` sees to it that owners accept what got in without them; `watch` judges how
 * governed branches were changed; `upkeep` looks for what was missed, in all installations.
 */
export type Task =
  | ({
      readonly kind: "head";
      readonly headSha: string;
      /** Pull requests named by whoever asked: a hint, never the whole list. */
      readonly pulls: readonly number[];
      /** It is new: a pull request was opened with it, or it was pushed to one. Nobody waits for an answer yet. */
      readonly pushed?: true;
      /** Write the check even when the verdict is unchanged: a re-run was asked for. */
      readonly republish?: true;
      /** All who did what asks for it; left out where something else asks for it too, or nobody can tell who did. */
      readonly askedBy?: readonly Asker[];
      /** Set where the commit is a merge group's. */
      readonly group?: MergeGroup;
    } & RepositoryRef)
  | ({
      readonly kind: "repository";
      /** Only the pull requests into this branch; absent: all of them. */
      readonly base?: string;
    } & RepositoryRef &
      Sweep)
  | ({ readonly kind: "installation"; readonly installationId: number } & Sweep)
  | ({ readonly kind: "protection" } & RepositoryRef)
  | ({
      readonly kind: "command";
      readonly pull: number;
      /** It is no pull request. */
      readonly issue?: true;
      readonly askedBy?: readonly Asker[];
    } & RepositoryRef)
  | ({ readonly kind: "follow-up"; readonly commitSha: string } & RepositoryRef)
  | ({ readonly kind: "expiry"; readonly headSha: string } & RepositoryRef)
  | ({
      readonly kind: "watch";
      /** Branches that an event told of, and the commits that they were moved to; `null` where one was deleted. */
      readonly moved: readonly MovedBranch[];
      /** All moves are looked through. */
      readonly all?: true;
      /** The rules that say which branches are governed are read again. */
      readonly rules?: true;
    } & RepositoryRef)
  | { readonly kind: "upkeep" };

export interface MovedBranch {
  readonly branch: string;
  readonly to: string | null;
  /** What the commit holds, as the event told; left out where it did not. */
  readonly tree?: string;
}

export type HeadTask = Extract<Task, { kind: "head" }>;
export type CommandTask = Extract<Task, { kind: "command" }>;

/** A part of the queue: what is set aside, or what goes ahead of it. */
export type Part = "ahead" | "aside";

export interface Job {
  readonly key: string;
  readonly task: Task;
  readonly priority: Priority;
  /** Whether a check on its commit has passed: only such a one can be wrongly green. */
  readonly hasPassed: boolean;
  /** How often it was tried before without success. */
  readonly attempts: number;
  /** Rises with every request for the same key; a job that finishes an older generation stays queued. */
  readonly generation: number;
  /** Names this claim. Whoever holds an older one has lost the job, and what it says about it is ignored. */
  readonly lease: string;
}

/** What makes two tasks the same work. The installation is left out: a reinstalled app does the same under a new one. */
export function taskKey(task: Task): string {
  switch (task.kind) {
    case "head":
      return `head:${task.repositoryId}@${task.headSha}`;
    case "repository":
      return `repository:${task.repositoryId}${task.base === undefined ? "" : `:${task.base}`}`;
    case "installation":
      return `installation:${task.installationId}`;
    case "protection":
      return `protection:${task.repositoryId}`;
    case "command":
      return `command:${task.repositoryId}#${task.pull}`;
    case "expiry":
      return `expiry:${task.repositoryId}@${task.headSha}`;
    case "follow-up":
      return `follow-up:${task.repositoryId}@${task.commitSha}`;
    case "watch":
      return `watch:${task.repositoryId}`;
    case "upkeep":
      return "upkeep";
  }
}

/** A task as it comes to the queue: those who ask for it ask now. */
export function askedAt(task: Task, now: Date): Task {
  if (!("askedBy" in task) || task.askedBy === undefined) return task;
  return { ...task, askedBy: task.askedBy.map((asker) => ({ ...asker, at: now.getTime() })) };
}

/** Two requests for one key as one: the newer one, with what the older one knew besides. */
export function mergeTasks(older: Task, newer: Task): Task {
  if (older.kind === "command" && newer.kind === "command") return withBothAsking(newer, older);
  if (older.kind === "watch" && newer.kind === "watch") return mergeWatches(older, newer);
  const merged = withRules(isRoutine(older) ? newer : thorough(newer), older);
  if (older.kind !== "head" || merged.kind !== "head") return merged;
  const pulls = [...new Set([...older.pulls, ...merged.pulls])].sort((a, b) => a - b);
  const group = merged.group ?? older.group;
  const { askedBy: asking, pushed, ...rest } = merged;
  const askedBy = bothAsking(asking, older.askedBy);
  return {
    ...{ ...rest, pulls },
    ...(pushed && older.pushed && { pushed }),
    ...(older.republish && { republish: true }),
    ...(askedBy && { askedBy }),
    ...(group && { group }),
  };
}

type WatchTask = Extract<Task, { kind: "watch" }>;

/** Moves that are told one by one; of more, all are looked through. */
const MOST_MOVES = 100;

function mergeWatches(older: WatchTask, newer: WatchTask): WatchTask {
  const both = [...older.moved, ...newer.moved];
  const moved = [...new Map(both.map((one) => [JSON.stringify([one.branch, one.to]), one])).values()];
  const { all: _, rules: __, ...place } = newer;
  return {
    ...{ ...place, moved: moved.slice(-MOST_MOVES) },
    ...((older.all || newer.all || moved.length > MOST_MOVES) && { all: true }),
    ...((older.rules || newer.rules) && { rules: true }),
  };
}

/** Those who asked last. Where one of the two is not wholly accounted for, neither are both. */
const MOST_ASKERS = 20;

function bothAsking(
  newer: readonly Asker[] | undefined,
  older: readonly Asker[] | undefined,
): readonly Asker[] | undefined {
  if (newer === undefined || older === undefined) return undefined;
  return [...new Map([...older, ...newer].map((asker) => [asker.account, asker])).values()].slice(
    -MOST_ASKERS,
  );
}

function withBothAsking(newer: CommandTask, older: CommandTask): CommandTask {
  const { askedBy: asking, ...rest } = newer;
  const askedBy = bothAsking(asking, older.askedBy);
  return { ...rest, ...(askedBy && { askedBy }) };
}

function isRoutine(task: Task): boolean {
  return "routine" in task && task.routine === true;
}

/** A sweep that looks at everything. */
function thorough(task: Task): Task {
  if (task.kind !== "repository" && task.kind !== "installation") return task;
  const { routine: _, ...whole } = task;
  return whole;
}

function withRules(task: Task, older: Task): Task {
  const asked = "rules" in older && older.rules === true;
  return asked && (task.kind === "repository" || task.kind === "installation")
    ? { ...task, rules: true }
    : task;
}

/** How urgent a task is that is asked for so. Nobody waits for a look at the rules, whatever asks for it. */
export function urgencyOf(task: Task, priority: Priority): number {
  if (task.kind === "protection") return Math.max(URGENCY[priority], URGENCY.sweep);
  const isPush =
    task.kind === "head" && task.pushed === true && task.republish !== true && priority === "direct";
  return isPush ? ORDER_OF_WORK.pushed.urgency : URGENCY[priority];
}

/**
 * `direct` work (an event asks for it) goes ahead of `sweep` work; last comes what is set `aside`, which nobody with write
 * permission asked for.
 */
export type Priority = "direct" | "sweep" | "aside";

/** A class of work. */
export interface WorkClass {
  /** What a job's row keeps: lower first. */
  readonly urgency: number;
  readonly priority: Priority;
  /** Set for work on commits that have passed: only those can be wrongly green. */
  readonly passed?: true;
  readonly what: string;
  readonly why: string;
}

/**
 * The order of work, the first first; within a class the oldest. Before all of it, and apart from the queue, passes that
 * are in doubt are withdrawn.
 */
export const ORDER_OF_WORK = {
  passed: {
    ...{ urgency: -1, priority: "direct", passed: true },
    what: "an event about a commit that has passed",
    why: "The check may be wrongly green.",
  },
  awaited: {
    ...{ urgency: 0, priority: "direct" },
    what: "a review, a command, a re-run, a merge group, and whatever else people do",
    why: "Somebody waits for the answer.",
  },
  pushed: {
    ...{ urgency: 1, priority: "direct" },
    what: "a pull request that is opened, or pushed to",
    why: "Nobody can have reviewed it yet, and a commit without a check is blocked.",
  },
  sweptPass: {
    ...{ urgency: 2, priority: "sweep", passed: true },
    what: "a commit that has passed, at a sweep",
    why: "An event that ended the pass may have been lost.",
  },
  swept: {
    ...{ urgency: 3, priority: "sweep" },
    what: "other commits at a sweep, and the rules of branches",
    why: "Something may have been missed. Until then it blocks.",
  },
  asidePass: {
    ...{ urgency: 4, priority: "aside", passed: true },
    what: "a commit that has passed, where only accounts without write permission ask",
    why: "It is judged once a minute in its usual turn all the same.",
  },
  aside: {
    ...{ urgency: 5, priority: "aside" },
    what: "other commits where only accounts without write permission ask",
    why: "They can ask as often as they like.",
  },
} as const satisfies Readonly<Record<string, WorkClass>>;

/** The first of a priority's classes. */
export function firstUrgency(priority: Priority): number {
  return Math.min(...urgenciesOf(priority));
}

/** That of commits that have passed. */
export const PASSED_URGENCY = {
  direct: ORDER_OF_WORK.passed.urgency,
  sweep: ORDER_OF_WORK.sweptPass.urgency,
  aside: ORDER_OF_WORK.asidePass.urgency,
} as const satisfies Readonly<Record<Priority, number>>;

/** That of others, where nothing more is known of a task. */
export const URGENCY = {
  direct: ORDER_OF_WORK.awaited.urgency,
  sweep: ORDER_OF_WORK.swept.urgency,
  aside: ORDER_OF_WORK.aside.urgency,
} as const satisfies Readonly<Record<Priority, number>>;

function urgenciesOf(priority: Priority): readonly number[] {
  return Object.values(ORDER_OF_WORK).flatMap((each) => (each.priority === priority ? each.urgency : []));
}

/** The class of a job's row. @throws where no version ever wrote such a row */
export function classAt(urgency: number): WorkClass {
  const found = Object.values<WorkClass>(ORDER_OF_WORK).find((each) => each.urgency === urgency);
  if (found === undefined) throw new Error(`no work is as urgent as ${urgency}`);
  return found;
}

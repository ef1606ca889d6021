import { detectorOf } from "../../policy/detector-of.ts";
import type { Policy } from "../../policy/policy.ts";
import { type AreaMatcher, areaMatchers } from "../../production/touched.ts";
import type { CommitText } from "../../provenance/change.ts";
import type { Detector } from "../../provenance/detector.ts";
import type { Identity } from "../../provenance/identity.ts";
import type { NameAndEmail } from "../local-git/commits.ts";
import { guessAccounts } from "../local-git/people.ts";
import { type HistoryCommit, isoTime } from "./history.ts";
import type { CountedCommit } from "./tally.ts";

/** More names or paths than this are forgotten and worked out again, so that memory does not grow. */
const REMEMBERED = 40_000;
const LONGEST_REMEMBERED = 500;

export interface JudgeOptions {
  readonly policy: Policy;
  /** Seconds since 1970. */
  readonly now: number;
  /** The clone is shallow: a commit at which it is cut seems to add every file, and nobody can tell what it changed. */
  readonly cut: boolean;
}

/** Says of one commit after the other who wrote it and which areas it touches. */
export function createJudge({ policy, now, cut }: JudgeOptions): (commit: HistoryCommit) => CountedCommit {
  const { undeclared } = policy.detect;
  const detector = detectorOf(policy.detect);
  const identityOf = rememberIdentities(detector);
  const areasOf = rememberAreas(policy);
  const dayOf = rememberDays();
  const isAskedOfAll = createCondition(policy);
  return (commit) => {
    const { sha, message, authoredAt, committedAt } = commit;
    const day = dayOf(committedAt);
    const { writer, tools } = detector.commit({
      sha,
      message,
      author: identityOf(commit.author),
      committer: identityOf(commit.committer),
      // Those of a commit stand in its message, which is read.
      coAuthors: [],
      ...timesOf(dayOf(authoredAt), day),
    });
    const areas = cut && commit.parents === 0 ? NO_AREA : areasOf(commit.paths);
    const asAi = writer === "ai" || (writer === "human" && undeclared === "ai");
    return {
      month: committedAt > now + A_DAY ? null : (day?.month ?? null),
      by: writer === "ai" ? { tool: tools[0] ?? "" } : writer === "automation" ? "automation" : "other",
      severalTools: tools.length > 1,
      merge: commit.parents > 1,
      areas,
      asked: areas.length > 0 && (asAi || areas.some(isAskedOfAll)),
    };
  };
}

/** Whether a change to this area is signed for, whoever wrote it. */
function createCondition({ areas }: Policy): (area: string) => boolean {
  const strict = areas.filter(({ appliesTo }) => appliesTo === "everyone").map(({ name }) => name);
  const names = new Set(strict);
  return (area) => names.has(area);
}

function timesOf(
  authored: Day | null,
  committed: Day | null,
): Pick<CommitText, "authoredAt" | "committedAt"> {
  return {
    ...(authored !== null && { authoredAt: authored.date }),
    ...(committed !== null && { committedAt: committed.date }),
  };
}

function rememberIdentities(detector: Detector): (person: NameAndEmail) => Identity {
  const accountOf = guessAccounts();
  const known = new Map<string, Identity>();
  return (person) => {
    const key = `${person.name}\0${person.email}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const own = { name: copied(person.name), email: copied(person.email) };
    const account = accountOf(own);
    // The account guessed of a person says no more than the address, and the detector knows addresses by heart.
    const machine = account !== null && detector.machine(account) !== null;
    const identity = { ...own, account: machine ? account : null };
    remember(known, copied(key), identity);
    return identity;
  };
}

const NO_AREA: readonly string[] = [];

function rememberAreas({ areas }: Policy): (paths: readonly string[]) => readonly string[] {
  const matchers = areaMatchers(areas);
  const known = new Map<string, readonly string[]>();
  const areasOf = (path: string): readonly string[] => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const touched = namesOf(matchers, path);
    remember(known, copied(path), touched);
    return touched;
  };
  return (paths) => {
    let touched = NO_AREA;
    for (const path of paths) {
      const more = areasOf(path);
      if (more.length > 0 && more !== touched) touched = touched.length === 0 ? more : union(touched, more);
    }
    return touched;
  };
}

function namesOf(matchers: readonly AreaMatcher[], path: string): readonly string[] {
  const names = matchers.filter(({ holds }) => holds(path)).map(({ name }) => name);
  return names.length === 0 ? NO_AREA : names;
}

function union(some: readonly string[], more: readonly string[]): readonly string[] {
  const fresh = more.filter((name) => !some.includes(name));
  return fresh.length === 0 ? some : [...some, ...fresh];
}

function remember<Value>(known: Map<string, Value>, key: string, value: Value): void {
  if (key.length > LONGEST_REMEMBERED) return;
  if (known.size >= REMEMBERED) known.clear();
  known.set(key, value);
}

/** A text of its own: a part of a longer text would keep the whole of it in memory. */
function copied(text: string): string {
  return Buffer.from(text).toString();
}

const A_DAY = 86_400;

interface Day {
  /** `2026-03-14`, UTC. */
  readonly date: string;
  readonly month: string;
}

/** There are some twenty thousand days, and making a date of each commit takes longer than all else here. */
function rememberDays(): (time: number) => Day | null {
  const known = new Map<number, Day | null>();
  return (time) => {
    const number = Math.floor(time / A_DAY);
    const found = known.get(number);
    if (found !== undefined) return found;
    const date = isoTime(time)?.slice(0, 10);
    const day = date === undefined ? null : { date, month: date.slice(0, 7) };
    if (known.size < REMEMBERED) known.set(number, day);
    return day;
  };
}

import type { Policy } from "../../policy/policy.ts";
import { type AreaMatcher, areaMatchers } from "../../production/touched.ts";
import { createDetector, type Detector } from "../../provenance/detector.ts";
import type { Identity } from "../../provenance/identity.ts";
import type { NameAndEmail } from "../local-git/commits.ts";
import { guessAccounts } from "../local-git/people.ts";
import type { HistoryCommit } from "./history.ts";
import type { CountedCommit } from "./tally.ts";

/** More names or paths than this are forgotten and worked out again, so that memory does not grow. */
const REMEMBERED = 40_000;
const LONGEST_REMEMBERED = 500;

/** Says of one commit after the other who wrote it and which areas it touches. `now` is in seconds since 1970. */
export function createJudge(policy: Policy, now: number): (commit: HistoryCommit) => CountedCommit {
  const { signals, agents, notAi, undeclared } = policy.detect;
  const detector = createDetector({ tools: signals, agents, notAi });
  const identityOf = rememberIdentities();
  const areasOf = rememberAreas(policy);
  const monthOf = rememberMonths(now);
  const always = new Set(
    policy.areas.filter(({ appliesTo }) => appliesTo === "everyone").map(({ name }) => name),
  );
  return (commit) => {
    const { writer, tools } = judgeCommit(detector, commit, identityOf);
    const [tool] = tools;
    const areas = areasOf(commit.paths);
    const asAi = writer === "ai" || (writer === "human" && undeclared === "ai");
    return {
      month: monthOf(commit.committedAt),
      by: writer === "ai" ? { tool: tool ?? "unknown" } : writer === "automation" ? "automation" : "other",
      severalTools: tools.length > 1,
      merge: commit.parents > 1,
      areas,
      asked: asAi ? areas.length > 0 : areas.some((area) => always.has(area)),
    };
  };
}

function judgeCommit(
  detector: Detector,
  { sha, message, author, committer }: HistoryCommit,
  identityOf: (person: NameAndEmail) => Identity,
) {
  return detector.commit({
    sha,
    message,
    author: identityOf(author),
    committer: identityOf(committer),
    // Those of a commit stand in its message, which is read.
    coAuthors: [],
  });
}

function rememberIdentities(): (person: NameAndEmail) => Identity {
  const accountOf = guessAccounts();
  const known = new Map<string, Identity>();
  return (person) => {
    const key = `${person.name}\0${person.email}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const own = { name: copied(person.name), email: copied(person.email) };
    const identity = { ...own, account: accountOf(own) };
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

/** There are some twenty thousand days, and making a date of each commit takes longer than all else here. */
function rememberMonths(now: number): (time: number) => string | null {
  const known = new Map<number, string>();
  return (time) => {
    if (time <= 0 || time > now + A_DAY) return null;
    const day = Math.floor(time / A_DAY);
    const found = known.get(day);
    if (found !== undefined) return found;
    const month = new Date(day * A_DAY * 1000).toISOString().slice(0, 7);
    known.set(day, month);
    return month;
  };
}

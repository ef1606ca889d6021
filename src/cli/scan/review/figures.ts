import type { ReviewEvent } from "./events.ts";
import { weekOf, weeksFrom } from "./weeks.ts";

/** What happened in one week. Of no person: only of changes. */
export interface Week {
  /** Its Monday, UTC. */
  readonly week: string;
  /** AI-written pull requests that were first judged. */
  readonly changes: number;
  /** Those of them that first needed a countersignature. */
  readonly asked: number;
  /** Those for which nothing was missing any more, for the first time. */
  readonly countersigned: number;
  readonly refusals: number;
  /** Heads that people let through. */
  readonly overrides: number;
  /** Changes of governed branches past the check. */
  readonly bypasses: number;
}

/** From the first verdict that waited for a requirement until all its signatures were given. */
export interface Wait {
  readonly area: string;
  /** When it was over. */
  readonly until: number;
  readonly ms: number;
}

export interface Review {
  /** Without a gap. */
  readonly weeks: readonly Week[];
  readonly waits: readonly Wait[];
  readonly signatures: Signatures;
}

/** Approvals that counted for AI-written changes. */
interface Signatures extends Approvals {
  readonly byArea: readonly NamedApprovals[];
  readonly byTeam: readonly NamedApprovals[];
  /** On the first head that was judged, and without anybody's refusal before. */
  readonly atFirstLook: number;
  /** Those of them of which the ledger tells that whoever gave them wrote nothing. */
  readonly silent: number;
}

/** Of an area or a team for which at least three people signed: fewer would be figures of single persons. */
export interface NamedApprovals extends Approvals {
  readonly name: string;
}

interface Approvals {
  readonly given: number;
  /** Given within a minute of the App's first verdict on the head: sooner than anybody reads. */
  readonly fast: number;
}

/** One pull request as far as the ledger was read. */
interface PullSoFar {
  byAi: boolean;
  asked: boolean;
  countersigned: boolean;
  /** When each head was first judged. */
  readonly heads: Map<string, number>;
  readonly overridden: Set<string>;
  readonly refusedBy: Set<string>;
  /** When each requirement was first waited for. */
  readonly waiting: Map<string, number>;
  readonly done: Set<string>;
  readonly reviews: Map<number, Approval>;
}

/** One review; it may have counted for several areas, by the right of several teams. */
interface Approval {
  readonly isFast: boolean;
  readonly isFirstLook: boolean;
  readonly isSilent: boolean;
  readonly by: number;
  readonly areas: ReadonlySet<string>;
  readonly teams: ReadonlySet<string>;
}

/** One whose requirement is signed. */
interface WaitSoFar {
  readonly area: string;
  readonly since: number;
  /** When the App found it signed. */
  readonly found: number;
  /** When the last of its signatures was given. */
  readonly given: number | null;
}

type Verdict = Extract<ReviewEvent, { kind: "verdict" }>;
type Signature = Extract<ReviewEvent, { kind: "signature" }>;
type Counted = Exclude<keyof Week, "week">;

/** Reads the ledger of one repository once, in its order. */
export class ReviewCounter {
  readonly #pulls = new Map<number, PullSoFar>();
  readonly #counts = new Map<string, Record<Counted, number>>();
  readonly #waits = new Map<string, WaitSoFar>();
  readonly #from: number;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  /** What happened before `from` is known, and not counted. */
  constructor({ from }: { readonly from: number }) {
    this.#from = from;
  }

  add(event: ReviewEvent): void {
    if (event.at >= this.#from) {
      this.#first = Math.min(this.#first, event.at);
      this.#last = Math.max(this.#last, event.at);
    }
    if (event.kind === "bypass") this.#count(event.at, "bypasses");
    if (event.kind === "verdict") this.#verdict(event);
    if (event.kind === "signature") this.#signature(event);
  }

  review(): Review {
    const known = this.#last < this.#first ? [] : weeksFrom(this.#first, this.#last);
    const weeks = known.map((week) => ({
      week,
      ...(this.#counts.get(week) ?? NONE),
    }));
    const reviews = [...this.#pulls.values()].flatMap((pull) => [...pull.reviews.values()]);
    return {
      weeks,
      waits: [...this.#waits.values()].map(({ area, since, found, given }) => {
        const until = given ?? found;
        return { area, until, ms: Math.max(until - since, 0) };
      }),
      signatures: {
        given: reviews.length,
        fast: reviews.filter(({ isFast }) => isFast).length,
        byArea: named(reviews, ({ areas }) => areas),
        byTeam: named(reviews, ({ teams }) => teams),
        atFirstLook: reviews.filter(({ isFirstLook }) => isFirstLook).length,
        silent: reviews.filter(({ isFirstLook, isSilent }) => isFirstLook && isSilent).length,
      },
    };
  }

  #verdict(verdict: Verdict): void {
    const { at, pull: number, headSha, byAi, isOverridden, requirements } = verdict;
    const pull = this.#pull(number);
    if (!pull.heads.has(headSha)) pull.heads.set(headSha, at);
    if (isOverridden && !pull.overridden.has(headSha)) this.#count(at, "overrides");
    if (isOverridden) pull.overridden.add(headSha);
    for (const login of new Set(requirements.flatMap(({ refusedBy }) => refusedBy))) {
      if (!pull.refusedBy.has(login)) this.#count(at, "refusals");
      pull.refusedBy.add(login);
    }
    if (!byAi) return;
    if (!pull.byAi) this.#count(at, "changes");
    pull.byAi = true;
    if (requirements.length === 0) return;
    if (!pull.asked) this.#count(at, "asked");
    pull.asked = true;
    this.#wait(pull, verdict);
    if (pull.countersigned || requirements.some(({ isSigned }) => !isSigned)) return;
    this.#count(at, "countersigned");
    pull.countersigned = true;
  }

  #wait(pull: PullSoFar, { at, pull: number, requirements }: Verdict): void {
    for (const { id, area, isSigned } of requirements) {
      const since = pull.waiting.get(id);
      if (!isSigned && since === undefined) pull.waiting.set(id, at);
      if (!isSigned || since === undefined || pull.done.has(id)) continue;
      pull.done.add(id);
      if (at < this.#from) continue;
      const key = keyOf({ at, pull: number, requirement: id });
      this.#waits.set(key, { area, since, found: at, given: null });
    }
  }

  /** The ledger has them behind the verdict that they count in. */
  #signature(signature: Signature): void {
    const { pull: number, given, review, headSha, by, area, team, remarked } = signature;
    const pull = this.#pull(number);
    if (!pull.byAi || signature.at < this.#from) return;
    const known = pull.reviews.get(review);
    const isFirstLook = pull.heads.size === 1 && pull.refusedBy.size === 0;
    pull.reviews.set(review, {
      isFast: known?.isFast ?? isFast(pull.heads.get(headSha), given),
      isFirstLook: known?.isFirstLook ?? isFirstLook,
      isSilent: known?.isSilent ?? remarked === false,
      by,
      areas: new Set([...(known?.areas ?? []), area]),
      teams: new Set([...(known?.teams ?? []), ...(team === null ? [] : [team])]),
    });
    // What was waited for is over by the last of them, not by when the App heard of it.
    const wait = this.#waits.get(keyOf(signature));
    if (wait !== undefined)
      this.#waits.set(keyOf(signature), { ...wait, given: Math.max(wait.given ?? given, given) });
  }

  #pull(number: number): PullSoFar {
    const known = this.#pulls.get(number);
    if (known !== undefined) return known;
    const pull: PullSoFar = {
      ...{ byAi: false, asked: false, countersigned: false },
      ...{ heads: new Map(), overridden: new Set(), refusedBy: new Set() },
      ...{ waiting: new Map(), done: new Set(), reviews: new Map() },
    };
    this.#pulls.set(number, pull);
    return pull;
  }

  #count(at: number, what: Counted): void {
    if (at < this.#from) return;
    const week = weekOf(at);
    const counts = this.#counts.get(week) ?? { ...NONE };
    counts[what] += 1;
    this.#counts.set(week, counts);
  }
}

const LEAST_PEOPLE = 3;

/** By name; those with the most approvals first. */
function named(
  reviews: readonly Approval[],
  namesOf: (approval: Approval) => ReadonlySet<string>,
): readonly NamedApprovals[] {
  const pairs = reviews.flatMap((approval) => [...namesOf(approval)].map((name) => ({ name, approval })));
  return [...Map.groupBy(pairs, ({ name }) => name)]
    .filter(([, own]) => new Set(own.map(({ approval }) => approval.by)).size >= LEAST_PEOPLE)
    .map(([name, own]) => {
      return { name, given: own.length, fast: own.filter(({ approval }) => approval.isFast).length };
    })
    .toSorted((one, other) => other.given - one.given || (one.name < other.name ? -1 : 1));
}

const LEAST_MS = 60_000;

/** What was approved before it was judged was there for nobody knows how long. */
function isFast(judgedAt: number | undefined, given: number): boolean {
  return judgedAt !== undefined && given >= judgedAt && given - judgedAt < LEAST_MS;
}

const NONE: Readonly<Record<Counted, number>> = {
  ...{ changes: 0, asked: 0, countersigned: 0 },
  ...{ refusals: 0, overrides: 0, bypasses: 0 },
};

function keyOf({ at, pull, requirement }: Pick<Signature, "at" | "pull" | "requirement">): string {
  return `${at} ${pull} ${requirement}`;
}

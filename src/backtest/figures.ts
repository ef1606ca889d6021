import { type Done, type Replayed, wouldHaveWaited } from "./replayed.ts";

/** What a policy comes to over some pull requests. */
export interface Figures {
  readonly pulls: number;
  readonly notGoverned: number;
  readonly notEvaluated: number;
  readonly ai: number;
  readonly automation: number;
  /** Touched production, of the AI-written ones. */
  readonly aiInProduction: number;
  /** Pull requests on which somebody would have been asked. */
  readonly asked: number;
  /** Of those: all signed before the merge, would have waited, cannot be told. */
  readonly inTime: number;
  readonly wouldHaveWaited: number;
  readonly unclear: number;
  /** Of those asked: merged although no owner had approved any of its commits, and nobody is left to be unknown. */
  readonly withoutOwner: number;
  /** Of those asked: merged without an approval by anybody who took no part. */
  readonly withoutAnybody: number;
  /** Of those signed in time: by nobody who wrote a word, on what was not changed since it was opened. */
  readonly silent: number;
  readonly withHazards: number;
  readonly hazards: number;
  /** How long it took owners to sign, from when there was something to sign. */
  readonly signing: Spread;
  /** How long after the merge the late ones signed. */
  readonly late: Spread;
  readonly asks: Readonly<Record<Done["kind"], number>>;
}

/** Durations in milliseconds; both `null` where there are none. */
export interface Spread {
  readonly of: number;
  readonly median: number | null;
  readonly p90: number | null;
}

export function figuresOf(all: readonly Replayed[]): Figures {
  const count = (holds: (each: Replayed) => boolean) => all.filter(holds).length;
  const asked = all.filter(({ asks }) => asks.length > 0);
  const dones = all.flatMap(({ asks }) => asks.map(({ done }) => done));
  const of = (holds: (each: Replayed) => boolean) => asked.filter(holds).length;
  return {
    pulls: all.length,
    notGoverned: count(({ unjudged }) => unjudged?.kind === "not-governed"),
    notEvaluated: count(({ unjudged }) => unjudged?.kind === "not-evaluated"),
    ai: count(({ writer }) => writer === "ai"),
    automation: count(({ writer }) => writer === "automation"),
    aiInProduction: count(({ writer, areas }) => writer === "ai" && areas.length > 0),
    asked: asked.length,
    inTime: of((each) => wouldHaveWaited(each) === false),
    wouldHaveWaited: of((each) => wouldHaveWaited(each) === true),
    unclear: of((each) => wouldHaveWaited(each) === null),
    withoutOwner: of(isWithoutOwner),
    withoutAnybody: of(({ approved }) => !approved),
    silent: of(isSilent),
    withHazards: count(({ hazards }) => hazards.length > 0),
    hazards: all.reduce((sum, { hazards }) => sum + hazards.length, 0),
    signing: spreadOf(dones.flatMap((done) => (done.kind === "signed" ? [done.waitedMs] : []))),
    late: spreadOf(dones.flatMap((done) => (done.kind === "late" ? [done.afterMergeMs] : []))),
    asks: countedByKind(dones),
  };
}

function countedByKind(dones: readonly Done[]): Figures["asks"] {
  const of = (kind: Done["kind"]) => dones.filter((done) => done.kind === kind).length;
  return {
    signed: of("signed"),
    late: of("late"),
    earlier: of("earlier"),
    refused: of("refused"),
    unknown: of("unknown"),
    impossible: of("impossible"),
    nobody: of("nobody"),
  };
}

/** For at least one thing asked, no owner had approved anything before the merge. */
export function isWithoutOwner({ asks }: Pick<Replayed, "asks">): boolean {
  return asks.some(({ done }) => WITHOUT_OWNER.has(done.kind));
}

const WITHOUT_OWNER: ReadonlySet<Done["kind"]> = new Set(["late", "impossible", "nobody"]);

/** All that was asked was signed without a word. */
export function isSilent({ asks }: Pick<Replayed, "asks">): boolean {
  return asks.length > 0 && asks.every(({ done }) => done.kind === "signed" && done.silent);
}

/** Of an even number, the lower one is the median; nine of ten are no longer than the p90. */
export function spreadOf(durations: readonly number[]): Spread {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
  return { of: sorted.length, median: at(0.5), p90: at(0.9) };
}

/** What was asked of the same owners or for the same area. */
export interface AskedFigures {
  /** The owners, or the area. */
  readonly name: string;
  readonly asked: number;
  readonly done: Figures["asks"];
  readonly signing: Spread;
}

/** The most asked first. */
export function byOwners(all: readonly Replayed[]): readonly AskedFigures[] {
  return grouped(all, ({ owners }) => owners.join(" "));
}

export function byArea(all: readonly Replayed[]): readonly AskedFigures[] {
  return grouped(all, ({ area }) => area);
}

type AnyAsk = Replayed["asks"][number];

function grouped(all: readonly Replayed[], nameOf: (ask: AnyAsk) => string): readonly AskedFigures[] {
  const groups = Map.groupBy(
    all.flatMap(({ asks }) => asks),
    nameOf,
  );
  return [...groups]
    .map(([name, asks]) => {
      const dones = asks.map(({ done }) => done);
      const waits = dones.flatMap((done) => (done.kind === "signed" ? [done.waitedMs] : []));
      return { name, asked: asks.length, done: countedByKind(dones), signing: spreadOf(waits) };
    })
    .toSorted((a, b) => b.asked - a.asked || (a.name < b.name ? -1 : 1));
}

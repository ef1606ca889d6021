/** Commits, and how many of them touched production, and would have had to wait for a countersignature. */
export interface Tally {
  readonly commits: number;
  readonly production: number;
  readonly asked: number;
}

/** What is counted of one commit. */
export interface CountedCommit {
  /** `2026-03`, UTC, by the committer's clock; `null` when that clock said nothing, or a time still to come. */
  readonly month: string | null;
  /** The tool that is named first by the evidence for an AI; without any the commit is `automation` or `other`. */
  readonly by: { readonly tool: string } | "automation" | "other";
  /** More than one tool is named. */
  readonly severalTools: boolean;
  readonly merge: boolean;
  /** Names of the areas it touches, each once. */
  readonly areas: readonly string[];
  readonly asked: boolean;
}

/** One month, or any other time; its tallies add up to all its commits. */
export interface Period {
  readonly ai: ReadonlyMap<string, Tally>;
  readonly automation: Tally;
  readonly other: Tally;
}

export interface Counts {
  /** In order of time, months without a commit left out; those without a date are last, under `null`. */
  readonly months: readonly (Period & { readonly month: string | null })[];
  /** Commits by area and writer, most first. */
  readonly areas: readonly AreaCount[];
  readonly merges: number;
  readonly severalTools: number;
}

export interface AreaCount {
  readonly area: string;
  readonly ai: number;
  readonly automation: number;
  readonly other: number;
}

export const NONE: Tally = { commits: 0, production: 0, asked: 0 };

type Growing<T> = { -readonly [Key in keyof T]: T[Key] };

interface GrowingPeriod {
  readonly ai: Map<string, Growing<Tally>>;
  readonly automation: Growing<Tally>;
  readonly other: Growing<Tally>;
}

/** Counts commit by commit; what it holds grows with months, tools and areas, not with commits. */
export class Counter {
  readonly #months = new Map<string | null, GrowingPeriod>();
  readonly #areas = new Map<string, Growing<AreaCount>>();
  #merges = 0;
  #severalTools = 0;

  add({ month, by, severalTools, merge, areas, asked }: CountedCommit): void {
    const tally = this.#tallyOf(month, by);
    tally.commits += 1;
    if (areas.length > 0) tally.production += 1;
    if (asked) tally.asked += 1;
    for (const area of areas) this.#areaOf(area)[typeof by === "string" ? by : "ai"] += 1;
    if (merge) this.#merges += 1;
    if (severalTools) this.#severalTools += 1;
  }

  counts(): Counts {
    const months = [...this.#months].map(([month, period]) => ({ month, ...period }));
    const areas = [...this.#areas.values()];
    return {
      months: months.toSorted((one, another) => compareMonths(one.month, another.month)),
      areas: areas.toSorted(
        (one, another) => sumOf(another) - sumOf(one) || compareText(one.area, another.area),
      ),
      merges: this.#merges,
      severalTools: this.#severalTools,
    };
  }

  #tallyOf(month: string | null, by: CountedCommit["by"]): Growing<Tally> {
    let period = this.#months.get(month);
    if (period === undefined) {
      period = { ai: new Map(), automation: { ...NONE }, other: { ...NONE } };
      this.#months.set(month, period);
    }
    if (typeof by === "string") return period[by];
    let tally = period.ai.get(by.tool);
    if (tally === undefined) {
      tally = { ...NONE };
      period.ai.set(by.tool, tally);
    }
    return tally;
  }

  #areaOf(area: string): Growing<AreaCount> {
    let count = this.#areas.get(area);
    if (count === undefined) {
      count = { area, ai: 0, automation: 0, other: 0 };
      this.#areas.set(area, count);
    }
    return count;
  }
}

export function addTallies(tallies: Iterable<Tally>): Tally {
  let { commits, production, asked } = NONE;
  for (const tally of tallies) {
    commits += tally.commits;
    production += tally.production;
    asked += tally.asked;
  }
  return { commits, production, asked };
}

/** Several periods as one. */
export function addPeriods(periods: readonly Period[]): Period {
  const byTool = Map.groupBy(
    periods.flatMap(({ ai }) => [...ai]),
    ([tool]) => tool,
  );
  return {
    ai: new Map([...byTool].map(([tool, all]) => [tool, addTallies(all.map(([, tally]) => tally))])),
    automation: addTallies(periods.map(({ automation }) => automation)),
    other: addTallies(periods.map(({ other }) => other)),
  };
}

function compareMonths(one: string | null, another: string | null): number {
  if (one === null || another === null) return Number(one === null) - Number(another === null);
  return compareText(one, another);
}

function compareText(one: string, another: string): number {
  return one < another ? -1 : Number(one > another);
}

function sumOf({ ai, automation, other }: AreaCount): number {
  return ai + automation + other;
}

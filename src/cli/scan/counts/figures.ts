import { addPeriods, addTallies, type Counts, NONE, type Period, type Tally } from "./tally.ts";

/** What a tool wrote over the whole time, and in which months it was first and last seen. */
export interface ToolFigures extends Tally {
  readonly tool: string;
  readonly first: string | null;
  readonly last: string | null;
}

/** A period in numbers: `all` is the sum of the three. */
export interface Totals {
  readonly all: Tally;
  readonly ai: Tally;
  readonly automation: Tally;
  readonly other: Tally;
}

export interface DatedPeriod extends Period {
  /** `2026-03` or `2026`. */
  readonly label: string;
}

export function totalsOf({ ai, automation, other }: Period): Totals {
  const aiSum = addTallies(ai.values());
  return { all: addTallies([aiSum, automation, other]), ai: aiSum, automation, other };
}

export function totalsOfAll({ months }: Counts): Totals {
  return totalsOf(addPeriods(months));
}

/** The tool with the most commits first. */
export function toolFigures({ months }: Counts): readonly ToolFigures[] {
  const all = months.flatMap(({ month, ai }) => [...ai].map(([tool, tally]) => ({ tool, month, tally })));
  const byTool = Map.groupBy(all, ({ tool }) => tool);
  return [...byTool]
    .map(([tool, own]) => {
      const seen = own.flatMap(({ month }) => month ?? []);
      return {
        tool,
        ...addTallies(own.map(({ tally }) => tally)),
        first: seen[0] ?? null,
        last: seen.at(-1) ?? null,
      };
    })
    .toSorted((one, another) => another.commits - one.commits || (one.tool < another.tool ? -1 : 1));
}

const EMPTY: Period = { ai: new Map(), automation: NONE, other: NONE };

/** From the first month to the last without a gap; commits without a date are left out. */
export function everyMonth({ months }: Counts): readonly DatedPeriod[] {
  const dated = new Map(months.flatMap(({ month, ...period }) => (month === null ? [] : [[month, period]])));
  const [first] = dated.keys();
  const last = [...dated.keys()].at(-1);
  if (first === undefined || last === undefined) return [];
  return Array.from({ length: numberOf(last) - numberOf(first) + 1 }, (_, offset) => {
    const label = monthNumber(numberOf(first) + offset);
    return { label, ...(dated.get(label) ?? EMPTY) };
  });
}

export function everyYear(months: readonly DatedPeriod[]): readonly DatedPeriod[] {
  const byYear = Map.groupBy(months, ({ label }) => label.slice(0, 4));
  return [...byYear].map(([label, own]) => ({ label, ...addPeriods(own) }));
}

/** `28.0 %`; a part that is not nothing is never shown as nothing. */
export function percent(part: number, whole: number): string {
  if (part === 0 || whole === 0) return "0 %";
  const share = (100 * part) / whole;
  if (share < 0.1) return "< 0.1 %";
  return share > 99.9 && part < whole ? "> 99.9 %" : `${share.toFixed(share === 100 ? 0 : 1)} %`;
}

/** `12,345`, the same on every machine. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

function numberOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}

function monthNumber(number: number): string {
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;
}

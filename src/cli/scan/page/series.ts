import { type DatedPeriod, toolFigures, totalsOf } from "../counts/figures.ts";
import { addTallies, type Counts } from "../counts/tally.ts";

/** One layer of a stacked chart; `slot` names its colour in the style sheet. */
export interface Series {
  readonly slot: string;
  readonly name: string;
  readonly countOf: (period: DatedPeriod) => number;
}

/** As many tools have a colour of their own. */
const TOOL_SLOTS = 6;

/** From the bottom up: the tools, the most used first, then automation, then the others. */
export function seriesOf(counts: Counts): readonly Series[] {
  const tools = toolFigures(counts).map(({ tool }) => tool);
  // A slot for one single tool is better used by that tool.
  const named = tools.length <= TOOL_SLOTS + 1 ? tools : tools.slice(0, TOOL_SLOTS);
  const unnamed = tools.slice(named.length);
  return [
    ...named.map(
      (tool, index): Series => ({
        slot: `tool-${index + 1}`,
        name: tool,
        countOf: ({ ai }) => ai.get(tool)?.commits ?? 0,
      }),
    ),
    ...(unnamed.length === 0
      ? []
      : [
          {
            slot: `tool-${TOOL_SLOTS + 1}`,
            name: `${unnamed.length} other tools`,
            countOf: ({ ai }: DatedPeriod) =>
              addTallies(unnamed.flatMap((tool) => ai.get(tool) ?? [])).commits,
          },
        ]),
    { slot: "automation", name: "Automation", countOf: ({ automation }) => automation.commits },
    { slot: "other", name: "No mark", countOf: ({ other }) => other.commits },
  ];
}

/** What a share is drawn of: AI-marked commits of all. */
export function shareOf(period: DatedPeriod): number {
  const { all, ai } = totalsOf(period);
  return all.commits === 0 ? 0 : ai.commits / all.commits;
}

const SHOWN_AT_LEAST = 24;
const SHOWN_AT_MOST = 60;
const BEFORE_THE_FIRST = 6;

/** The months a chart shows: all of a short history, else those since shortly before the first mark of an AI. */
export function shownMonths(months: readonly DatedPeriod[]): readonly DatedPeriod[] {
  if (months.length <= SHOWN_AT_MOST) return months;
  const firstMark = months.findIndex(({ ai }) => ai.size > 0);
  const sinceMark = firstMark === -1 ? 0 : months.length - firstMark + BEFORE_THE_FIRST;
  return months.slice(-Math.min(Math.max(sinceMark, SHOWN_AT_LEAST), SHOWN_AT_MOST));
}

import { type Markup, markup } from "../markup/markup.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The first that a wait fits in. */
const SPANS: readonly (readonly [name: string, upToMs: number])[] = [
  ["up to 10 minutes", 10 * MINUTE_MS],
  ["up to an hour", HOUR_MS],
  ["up to 4 hours", 4 * HOUR_MS],
  ["up to a day", DAY_MS],
  ["up to 3 days", 3 * DAY_MS],
  ["longer", Number.POSITIVE_INFINITY],
];

/** Of the longest bar. */
const WIDTH = 240;
const HEIGHT = 14;

/** How many changes waited how long for their first countersignature; nothing where none was signed. */
export function waitTable(waits: readonly number[]): readonly Markup[] {
  if (waits.length === 0) return [];
  const bySpan = Map.groupBy(waits, (wait) => SPANS.find(([, upTo]) => wait <= upTo)?.[0]);
  const counts = SPANS.map(([name]) => [name, bySpan.get(name)?.length ?? 0] as const);
  const most = Math.max(...counts.map(([, count]) => count));
  const rows = counts.map(([name, count]) => {
    const width = Math.round((count / most) * WIDTH);
    // The number beside it says the same.
    return markup`<tr><th scope="row">${name}</th><td>${count}</td><td><svg class="bar-of" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true"><rect width="${width}" height="${HEIGHT}" rx="2"/></svg></td></tr>
`;
  });
  return [
    markup`<table class="narrow"><caption class="soft">From the first verdict to the first countersignature, of the changes that were signed last</caption><thead><tr><th scope="col">Waited</th><th scope="col">Changes</th><th scope="col">Share</th></tr></thead>
<tbody>
${rows}</tbody></table>
`,
  ];
}

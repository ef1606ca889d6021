import { type Markup, markup, verbatim } from "../../../markup/markup.ts";
import { pageOf } from "../../page/page.ts";
import { grouped } from "../../scan/counts/figures.ts";
import type { PopulationCounts } from "../population/counts.ts";
import type { ComparedMerges } from "../population/merges.ts";
import type { PopulationRow } from "../population/row.ts";
import type { Description } from "./manifest.ts";

/** A population with its first rows as one page that prints well: no script, and nothing from elsewhere. */
export function reportOf(
  { period, repository, counts, chains, watched, merges, madeBy }: Omit<Description, "madeAt">,
  shown: readonly PopulationRow[],
): string {
  const exceptions = shown.filter((row) => row.exceptions.length > 0);
  const others = shown.filter((row) => row.exceptions.length === 0);
  const left = counts.rows - shown.length;
  return pageOf({
    command: "ledger export",
    title: `Changes of governed branches${repository === null ? "" : ` of ${repository}`}`,
    lead: leadOf(counts),
    about: `${period.from.slice(0, 10)} up to, not including, ${period.until.slice(0, 10)}, UTC, by the time of the merge`,
    figures: [
      { name: "changes", value: grouped(counts.rows) },
      { name: "countersigned", value: grouped(counts.countersigned) },
      { name: "exceptions", value: grouped(counts.exceptions), style: "accent" },
    ],
    style: STYLE,
    body: markup`<section><h2>Exceptions</h2>
${exceptions.length === 0 ? markup`<p>None.</p>` : table(exceptions)}</section>
<section><h2>All other changes</h2>
${others.length === 0 ? markup`<p>None.</p>` : table(others)}</section>`,
    remarks: [
      ...(left > 0 ? [`${grouped(left)} more rows are in population.csv.`] : []),
      sumOf(counts),
      watched === null
        ? "Earlier entries of the ledger were removed, so what the watch counted of all times cannot be compared with it."
        : "What the watch counted of all times was compared with what the ledger holds; what differs is a row above.",
      ...(merges === undefined
        ? ["GitHub was not asked what it counts: --compare does that."]
        : merges.map(mergesSentence)),
      ...chains.map(
        ({ installation, last }) =>
          `The chain of installation ${installation} ended with entry ${last.seq}, hash ${last.hash}.`,
      ),
      `Made by ${madeBy}. Check it with: countersign ledger verify FOLDER`,
    ],
  });
}

function mergesSentence({ repository, branch, merged, held, missing, extra }: ComparedMerges): string {
  const differing = missing.length + extra.length;
  const same = differing === 0 ? "the same ones" : `${grouped(differing)} differ, each a row above`;
  return `GitHub counts ${grouped(merged)} pull requests that were merged into ${branch} of ${repository} in the period, and the ledger holds changes of ${grouped(held)}: ${same}.`;
}

function leadOf({ rows, exceptions }: PopulationCounts): string {
  const changes = `${grouped(rows)} ${rows === 1 ? "row" : "rows"}`;
  return exceptions === 0
    ? `${changes}, no exceptions`
    : `${changes}, ${grouped(exceptions)} of them exceptions`;
}

/** The figures add up to the rows. */
function sumOf(counts: PopulationCounts): string {
  const { countersigned, notRequired, overridden, withdrawn, bypassed, unknown, rows } = counts;
  return `${grouped(countersigned)} countersigned + ${grouped(notRequired)} that nobody had to sign + ${grouped(overridden)} overridden + ${grouped(withdrawn)} withdrawn + ${grouped(bypassed)} bypassed + ${grouped(unknown)} of which that is not known = ${grouped(rows)} rows.`;
}

function table(rows: readonly PopulationRow[]): Markup {
  const head = ["Merged (UTC)", "Change", "Written by", "Asked for", "Signed by", "Passed as"];
  return markup`<div class="scroll"><table class="population"><thead><tr>${head.map(
    (title) => markup`<th scope="col">${title}</th>`,
  )}</tr></thead>
<tbody>
${rows.map(rowMarkup)}</tbody></table></div>`;
}

function rowMarkup(row: PopulationRow): Markup {
  const { movedAt, exceptions, required, signed, evidence, passedAs, by } = row;
  const change = [
    `${row.repository}${row.pull === null ? "" : `#${row.pull}`}`,
    `${row.branch} ${row.commit.slice(0, 7)}`,
    ...(by === null ? [] : [`by ${by}`]),
  ];
  return markup`<tr><th scope="row">${movedAt.slice(0, 16).replace("T", " ")}</th><td>${lines(change)}</td><td>${lines(
    [row.writer ?? "", ...evidence],
  )}</td><td>${lines(required)}</td><td>${lines(signed)}</td><td><strong>${passedAs}</strong>${lines(
    exceptions.map(({ reason }) => reason),
  )}</td></tr>\n`;
}

function lines(texts: readonly string[]): readonly Markup[] {
  return texts.filter((text) => text !== "").map((text) => markup`<div>${text}</div>`);
}

const STYLE = verbatim`
.population { table-layout: fixed; min-width: 860px; }
.population th, .population td { text-align: left; vertical-align: top; white-space: normal; overflow-wrap: anywhere; }
.population th:nth-child(1) { width: 9%; }
.population th:nth-child(2) { width: 16%; }
.population th:nth-child(3) { width: 18%; }
.population th:nth-child(4) { width: 19%; }
.population th:nth-child(5) { width: 19%; }
.population tbody tr { break-inside: avoid; }
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  :root { color-scheme: light; --page: #ffffff; --line: #c8ccd2; --text: #000000; --soft: #333333; --accent: #000000; }
  main { max-width: none; }
  .scroll { overflow: visible; }
  .population { font-size: 9pt; min-width: 0; }
  .population thead { display: table-header-group; }
}
`;

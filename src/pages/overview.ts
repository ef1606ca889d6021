import { type Markup, markup } from "../markup/markup.ts";
import { count } from "../signoff/wording/words.ts";
import { pageOf, type Visitor } from "./layout.ts";

/** A repository as the visitor may see it. */
export interface ListedRepository {
  /** `owner/name`. */
  readonly name: string;
  readonly waiting: number;
  readonly followUps: number;
  /** What does not hold of its gate, and what is not known; `null` where the visitor does not maintain it, or nobody has looked. */
  readonly gate: { readonly no: number; readonly unknown: number } | null;
}

interface Overview {
  readonly docs: string;
  readonly visitor: Visitor;
  readonly repositories: readonly ListedRepository[];
  /** How many are looked at, at most. */
  readonly most: number;
}

/** The repositories a visitor may see. */
export function overviewPage({ docs, visitor, repositories, most }: Overview): string {
  return pageOf({
    ...{ title: "Repositories", visitor, docs: `${docs}/pages.md` },
    main: markup`<h1>Repositories</h1>
<p class="soft">Those you may read on GitHub, with open pull requests that were judged. Of all that the App knows, the ${most} judged last are looked at; open any other by its address: /OWNER/REPO.</p>
${repositories.length === 0 ? markup`<p>There is none.</p>` : markup`${sums(repositories)}${table(repositories)}`}`,
  });
}

function sums(repositories: readonly ListedRepository[]): Markup {
  const sum = (of: (one: ListedRepository) => number) => repositories.reduce((all, one) => all + of(one), 0);
  return markup`<dl class="figures">
<div><dt>repositories</dt><dd>${repositories.length}</dd></div>
<div><dt>pull requests waiting</dt><dd>${sum(({ waiting }) => waiting)}</dd></div>
<div><dt>open follow-ups</dt><dd>${sum(({ followUps }) => followUps)}</dd></div></dl>
`;
}

function table(repositories: readonly ListedRepository[]): Markup {
  const rows = repositories.map(({ name, waiting, followUps, gate }) => {
    return markup`<tr><th scope="row"><a href="/${name}">${name}</a></th><td>${waiting} waiting</td><td>${followUps} open follow-ups</td><td>${gateOf(gate)}</td></tr>
`;
  });
  return markup`<table class="stack"><caption class="soft">The one that was judged last comes first</caption><thead><tr><th scope="col">Repository</th><th scope="col">Pull requests</th><th scope="col">Follow-ups</th><th scope="col">Gate</th></tr></thead>
<tbody>
${rows}</tbody></table>
`;
}

function gateOf(gate: ListedRepository["gate"]): string {
  if (gate === null) return "Not shown to you, or nobody has looked";
  const { no, unknown } = gate;
  return no + unknown === 0 ? "The gate holds" : `${count(no, "fault")} of the gate, ${unknown} not known`;
}

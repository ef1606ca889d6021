import { type Markup, markup } from "../markup/markup.ts";
import { joinAnd, mention } from "../signoff/wording/words.ts";
import type { PullSummary } from "./shown-pull.ts";
import { sentence } from "./words.ts";

/** For which areas open pull requests wait, whose those are, and who of them can sign now; nothing where none waits. */
export function awaitedAreas(pulls: readonly PullSummary[]): readonly Markup[] {
  const all = pulls.flatMap(({ waitsFor = [] }) => waitsFor);
  const byArea = Map.groupBy(all, ({ area }) => area);
  if (byArea.size === 0) return [];
  const rows = [...byArea]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([area, own]) => {
      const owners = [...new Set(own.map((each) => each.owners))].join("; ");
      const signers = [...new Set(own.flatMap(({ canSign }) => canSign))].toSorted();
      const who = signers.length === 0 ? "Nobody" : joinAnd(signers.map((login) => mention({ login })));
      return markup`<tr><th scope="row">${area}</th><td>${sentence(owners)}</td><td>${sentence(who)}</td><td>${own.length} waiting</td></tr>
`;
    });
  return [
    markup`<table class="stack"><caption class="soft">The areas for which open pull requests wait, as they were judged last; each pull request’s page says who can sign for it</caption><thead><tr><th scope="col">Area</th><th scope="col">Owners</th><th scope="col">Can sign now</th><th scope="col">Pull requests</th></tr></thead>
<tbody>
${rows}</tbody></table>
`,
  ];
}

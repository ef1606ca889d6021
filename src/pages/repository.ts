import type { Finding } from "../doctor/finding.ts";
import { type Markup, markup } from "../markup/markup.ts";
import type { Site } from "../signoff/report/site.ts";
import type { Conclusion, OwnerSet } from "../signoff/verdict.ts";
import { quote } from "../signoff/wording/visible.ts";
import { mention, ownerNames, shortSha } from "../signoff/wording/words.ts";
import { awaitedAreas } from "./awaited-areas.ts";
import { falseAlarms } from "./false-alarms.ts";
import type { PastEntry } from "./history.ts";
import { historyTable } from "./history-table.ts";
import { pageOf, section, trail, type Visitor } from "./layout.ts";
import type { PullSummary } from "./shown-pull.ts";
import { waitTable } from "./waits.ts";
import { conclusionWord, linked, list, moment, sentence } from "./words.ts";

/** An open pull request as a list shows it. */
export interface ListedPull {
  readonly pull: number;
  readonly conclusion: Conclusion;
  readonly summary: PullSummary;
  /** When it got this conclusion. Milliseconds. */
  readonly since: number;
  /** It is to be judged again, and its check blocks until then. */
  readonly inDoubt: boolean;
}

const PASSING: ReadonlySet<Conclusion> = new Set(["success", "neutral"]);

/** As far as the check goes. */
export function mayMerge({ conclusion, inDoubt }: ListedPull): boolean {
  return PASSING.has(conclusion) && !inDoubt;
}

/** Something that got in without its owners, and that one of them has to accept. */
export interface OpenFollowUp {
  readonly reason: "override" | "bypass";
  readonly commitSha: string;
  readonly pull: number | null;
  readonly openedAt: string;
  readonly areas: readonly { readonly area: string; readonly owners: OwnerSet["owners"] }[];
}

export interface RepositoryPage {
  readonly site: Site;
  readonly visitor: Visitor;
  /** `owner/name`. */
  readonly repository: string;
  /** The one that has been so for longest first. */
  readonly pulls: readonly ListedPull[];
  /** There are more than these. */
  readonly hasMore: boolean;
  readonly followUps: readonly OpenFollowUp[];
  /** What is out of the ordinary in the ledger, newest first. */
  readonly exceptions: readonly PastEntry[];
  /** Words that a hazard is a false alarm, newest first. */
  readonly answers: readonly PastEntry[];
  /** How long changes waited for their first countersignature, in milliseconds. */
  readonly waits: readonly number[];
  /** `undefined` where the visitor does not maintain the repository; `null` where nobody has looked. */
  readonly gate?: { readonly at: number; readonly findings: readonly Finding[] } | null;
}

export function repositoryPage(page: RepositoryPage): string {
  const { site, visitor, repository, pulls, exceptions } = page;
  const waiting = pulls.filter((pull) => !mayMerge(pull));
  const passing = pulls.filter(mayMerge);
  return pageOf({
    ...{ title: repository, visitor, docs: `${site.docs}/pages.md` },
    main: markup`${trail([["Repositories", "/"]])}<h1>${repository}</h1>
<p class="soft">${linked("On GitHub", `${site.github}/${repository}`)}</p>
${figures(page, waiting)}${section("Waiting", waitingList(page, waiting))}${section(
  "May merge",
  pullTable(repository, passing, "Open pull requests that may merge"),
)}${section("Who can sign", awaitedAreas(pulls.map(({ summary }) => summary)))}${section("Follow-ups", followUpList(page))}${section(
  "Out of the ordinary",
  historyTable(exceptions, { caption: "Overrides, freezes, follow-ups and bypasses, the newest first" }),
)}${section("How long changes waited", waitTable(page.waits))}${section("Called false alarms", falseAlarms(page.answers))}${gate(page)}`,
  });
}

function figures(
  { followUps, exceptions, pulls, hasMore }: RepositoryPage,
  waiting: readonly ListedPull[],
): Markup {
  const more = hasMore ? "+" : "";
  const count = (has: (summary: PullSummary) => unknown) =>
    pulls.filter(({ summary }) => has(summary)).length;
  const figure = (name: string, number: number | string) =>
    markup`<div><dt>${name}</dt><dd>${number}</dd></div>\n`;
  return markup`<dl class="figures">
${figure("waiting", `${waiting.length}${more}`)}${figure(
  "refused",
  count(({ isRefused }) => isRefused),
)}${figure(
  "let through by an override",
  count(({ isOverridden }) => isOverridden),
)}${figure("bypasses of late", exceptions.filter(({ kind }) => kind === "bypass").length)}${figure("open follow-ups", followUps.length)}</dl>
`;
}

function waitingList(
  { repository, hasMore }: RepositoryPage,
  waiting: readonly ListedPull[],
): readonly Markup[] {
  if (waiting.length === 0) return [markup`<p>No open pull request waits for anybody.</p>\n`];
  const more = hasMore
    ? [markup`<p class="soft">Those that have waited for longest; there are more.</p>\n`]
    : [];
  return [...pullTable(repository, waiting, "Those that have waited for longest come first"), ...more];
}

const BEING_JUDGED = markup`${conclusionWord("action_required")}: being judged again`;

function pullTable(repository: string, pulls: readonly ListedPull[], caption: string): readonly Markup[] {
  if (pulls.length === 0) return [];
  const rows = pulls.map(({ pull, conclusion, summary: { title, author, says }, since, inDoubt }) => {
    const by = author === null ? "" : markup` by ${sentence(mention({ login: author }))}`;
    return markup`<tr><th scope="row"><a href="/${repository}/pull/${pull}">#${pull} ${title ?? ""}</a>${by}</th><td>${inDoubt ? BEING_JUDGED : markup`${conclusionWord(conclusion)}: ${sentence(says)}`}</td><td class="when">${moment(since)}</td></tr>
`;
  });
  return [
    markup`<table class="stack pulls"><caption class="soft">${caption}</caption><thead><tr><th scope="col">Pull request</th><th scope="col">What the check says</th><th scope="col">Since</th></tr></thead>
<tbody>
${rows}</tbody></table>
`,
  ];
}

function followUpList({ site, repository, followUps }: RepositoryPage): readonly Markup[] {
  return list(
    followUps.map(({ reason, commitSha, pull, openedAt, areas }) => {
      const commit = linked(
        markup`<code>${shortSha(commitSha)}</code>`,
        `${site.github}/${repository}/commit/${encodeURIComponent(commitSha)}`,
      );
      const of = pull === null ? "" : markup` of <a href="/${repository}/pull/${pull}">#${pull}</a>`;
      const who = areas.map(({ area, owners }) => `${quote(area)} (${ownerNames(owners)})`).join(", ");
      const accept = pull === null ? "" : markup` <a href="/${repository}/pull/${pull}/act">Accept it</a>`;
      return markup`${commit}${of} came in by ${reason === "override" ? "an override" : "a bypass"}; an owner has to accept ${sentence(who)}. Open since ${moment(openedAt)}.${accept}`;
    }),
  );
}

const HOLDS: Readonly<Record<Finding["holds"], string>> = { yes: "Yes", no: "No", unknown: "Not known" };

/** Whether the check really blocks here: for those who can change it. */
function gate({ gate: look }: RepositoryPage): Markup {
  if (look === undefined) return markup``;
  const heading = "Is the gate real here?";
  if (look === null)
    return section(heading, [markup`<p>Nobody has looked at the rules of its branches yet.</p>\n`]);
  const rows = look.findings.toSorted(worstFirst).map(({ holds, says, where, fix }) => {
    const word = markup`<span class="word ${WORD[holds]}">${HOLDS[holds]}</span>`;
    const found = where.length === 0 ? "" : markup`<br/>${where.join("; ")}`;
    const remedy =
      fix === null
        ? ""
        : markup`<br/>To fix it: ${fix.startsWith("https:") ? linked(fix, fix) : markup`<code>${fix}</code>`}`;
    return markup`<tr><th scope="row">${word}</th><td>${says}${found}${remedy}</td></tr>\n`;
  });
  return section(heading, [
    markup`<table class="stack"><caption class="soft">As the App found it at ${moment(look.at)}</caption><thead><tr><th scope="col">Holds</th><th scope="col">What</th></tr></thead>
<tbody>
${rows}</tbody></table>
`,
  ]);
}

const WORD: Readonly<Record<Finding["holds"], Conclusion>> = {
  yes: "success",
  no: "failure",
  unknown: "action_required",
};
const ORDER: readonly Finding["holds"][] = ["no", "unknown", "yes"];

function worstFirst(one: Finding, other: Finding): number {
  return ORDER.indexOf(one.holds) - ORDER.indexOf(other.holds);
}

import { type Markup, markup } from "../../markup/markup.ts";
import { type Links, linksOf } from "../../signoff/report/links.ts";
import { meantFor } from "../../signoff/report/meant-for.ts";
import { worstFirst } from "../../signoff/report/requirement-section.ts";
import type { Site } from "../../signoff/report/site.ts";
import type { ToldVerdict } from "../../signoff/verdict.ts";
import { freezeSentence, overrideSentences } from "../../signoff/wording/override-words.ts";
import { timeSentences } from "../../signoff/wording/time-words.ts";
import { quote } from "../../signoff/wording/visible.ts";
import { joinAnd, listFirstQuoted, mention, ownerNames, shortSha } from "../../signoff/wording/words.ts";
import type { PastEntry } from "../history.ts";
import { historyTable } from "../history-table.ts";
import { pageOf, section, trail, type Visitor } from "../layout.ts";
import type { ShownPull } from "../shown-pull.ts";
import { conclusionWord, linked, list, moment, sentence } from "../words.ts";
import { hazardList } from "./hazards.ts";
import { problemList } from "./problems.ts";
import { requirementCard, reviewLink } from "./requirement.ts";
import { whatIfForm } from "./what-if.ts";
import { contributorList, writersList } from "./writers.ts";

/** What is known of one pull request. */
export interface PullPage {
  readonly site: Site;
  readonly visitor: Visitor;
  /** `owner/name`. */
  readonly repository: string;
  readonly pull: number;
  /** `null` where nothing is kept of it: it is closed, or was not judged since the pages are on. */
  readonly judged: JudgedThen | null;
  /** Newest first. */
  readonly history: readonly PastEntry[];
  /** Whether the visitor may write there: only then something is to be done here. */
  readonly mayWrite: boolean;
}

export interface JudgedThen {
  readonly shown: ShownPull;
  readonly headSha: string;
  /** Milliseconds. */
  readonly judgedAt: number;
  readonly since: number;
  /** Something put it in doubt: the check blocks until it is judged again. */
  readonly inDoubt: boolean;
}

const SHOWN_PATHS = 30;

export function pullPage(page: PullPage): string {
  const { site, visitor, repository, pull, judged, history } = page;
  const name = `${repository}#${pull}`;
  const body = judged === null ? noVerdict(page) : verdictOf(page, judged);
  const heading = judged?.shown.facts?.title ?? `Pull request ${pull}`;
  const links = judged === null ? null : linksFor(page, judged);
  return pageOf({
    ...{ title: `${heading} · ${name}`, visitor, docs: `${site.docs}/pages.md` },
    main: markup`${trail([
      ["Repositories", "/"],
      [repository, `/${repository}`],
    ])}<h1>${heading}</h1>
${body}${page.mayWrite ? toDo(page) : ""}${section("History", historyTable(history, { caption: "The newest first", ...(links && { linkOf: links.of }) }))}`,
  });
}

/** What whoever may write can do here. */
function toDo(page: PullPage): Markup {
  const { repository, pull, judged } = page;
  const act = markup`<p><a class="button" href="/${repository}/pull/${pull}/act">Override, freeze or accept</a></p>\n`;
  return markup`${judged === null ? "" : whatIfForm(page)}${section("In an emergency", [act])}`;
}

function linksFor({ site, repository, pull }: PullPage, { shown, headSha }: JudgedThen): Links {
  const rules = shown.facts === null ? {} : { rulesSha: shown.facts.rulesSha };
  return linksOf(shown.verdict, { site, repository, pulls: [pull], headSha, ...rules });
}

function noVerdict({ site, repository, pull }: PullPage): Markup {
  return markup`<p>No verdict is kept for ${onGitHub(site, repository, pull)}: it is closed, or it was not judged since the pages were switched on. An open one is judged again with its next event, and within a day.</p>
`;
}

function onGitHub(site: Site, repository: string, pull: number): Markup {
  return linked(`${repository}#${pull}`, `${site.github}/${repository}/pull/${pull}`);
}

function verdictOf(page: PullPage, judged: JudgedThen): Markup {
  const { shown } = judged;
  const { verdict } = shown;
  const links = linksFor(page, judged);
  const say = (text: string) => sentence(text, links.of);
  const ignored = meantFor(verdict);
  const others = [
    ...ignored.others.map((one) => markup`${say(one.sentence)} ${reviewLink(links, one.reviewId)}`),
    ...unplacedClaims(verdict).map(say),
  ];
  const requirements = worstFirst(verdict.requirements).map((one) =>
    requirementCard(one, { links, ignored: ignored.of(one) }),
  );
  return markup`${about(page, judged)}
${standing(judged, links)}${section("What to fix", problemList(verdict.problems, { severity: "error", links }))}${section(
  "Frozen",
  list((verdict.freezes ?? []).map((one) => say(freezeSentence(one)))),
)}${section("Override", list(verdict.override === undefined ? [] : overrideSentences(verdict.override).map(say)))}${section(
  "Time",
  list(verdict.time === undefined ? [] : timeSentences(verdict.time).map(say)),
)}${section("Who must countersign", requirements.length === 0 ? [] : [markup`<div class="cards">${requirements}</div>\n`])}${section(
  "Review requested, not required",
  list(
    verdict.optionalReviews.map(({ owners, paths, source }) =>
      say(`${ownerNames(owners)} for ${listFirstQuoted(paths, SHOWN_PATHS)} (${quote(source)})`),
    ),
  ),
)}${section("What it destroys and opens", hazardList(verdict, links))}${section(
  "What it touches",
  list(verdict.areas.map(({ name, paths }) => say(`${quote(name)}: ${listFirstQuoted(paths, SHOWN_PATHS)}`))),
)}${section("Reviews that do not count", list(others))}${section(
  "Remarks",
  problemList(verdict.problems, { severity: "warning", links }),
)}${section("Who wrote it", writersList(verdict, links))}${section(
  "Who took part, and cannot sign",
  contributorList(verdict, links),
)}`;
}

/** Claims of a false alarm that belong to no hazard of the list. */
function unplacedClaims({ hazards, rejectedFalseAlarms }: ToldVerdict): readonly string[] {
  const listed = new Set(hazards.filter(({ status }) => status.kind !== "off").map(({ id }) => id));
  return rejectedFalseAlarms.filter(({ rule }) => !listed.has(rule)).map((claim) => claim.sentence);
}

function about({ site, repository, pull }: PullPage, { shown: { facts }, headSha }: JudgedThen): Markup {
  const by = facts?.author == null ? "" : markup` by ${sentence(mention({ login: facts.author }))}`;
  const into = facts === null ? "" : markup` into ${sentence(quote(facts.base))}`;
  const head = linked(
    shortSha(headSha),
    `${site.github}/${repository}/commit/${encodeURIComponent(headSha)}`,
  );
  return markup`<p class="soft">${onGitHub(site, repository, pull)}${by}${into} at ${head}${facts?.draft ? ", a draft" : ""}</p>`;
}

/** The same that the check says, and how long it has been so. */
function standing({ shown, judgedAt, since, inDoubt }: JudgedThen, links: Links): Markup {
  const { verdict, check, isCut } = shown;
  const { conclusion } = inDoubt ? ({ conclusion: "action_required" } as const) : verdict;
  const doubt = inDoubt
    ? markup`<p>Something changed that this rested on. The check blocks until it is judged again; what follows is how it was judged before.</p>`
    : "";
  const changes =
    verdict.changesAt === undefined ? "" : markup` It may change by itself at ${moment(verdict.changesAt)}.`;
  const cut = isCut ? markup`<p>There is more than this page shows: long lists and texts were cut.</p>` : "";
  return markup`<div class="verdict ${conclusion}"><p>${conclusionWord(conclusion)}: ${sentence(check.title, links.of)}</p>
${doubt}${shared(shown)}<p class="soft">Judged at ${moment(judgedAt)}; so since ${moment(since)}.${changes}</p>${cut}</div>
`;
}

/** One commit has one check. */
function shared({ check: { pulls }, verdict, check }: ShownPull): Markup {
  if (pulls.length < 2) return markup``;
  const own =
    verdict.conclusion === check.conclusion ? "" : " By itself, this one is judged as this page says.";
  return markup`<p>The check speaks of pull requests ${joinAnd(pulls.map(String))}, which share this commit, and shows the strictest verdict.${own}</p>`;
}

import { type Markup, markup } from "../../markup/markup.ts";
import { titleOf } from "../../signoff/report/headline.ts";
import { type Links, linksOf } from "../../signoff/report/links.ts";
import { meantFor } from "../../signoff/report/meant-for.ts";
import { worstFirst } from "../../signoff/report/requirement-section.ts";
import type { Site } from "../../signoff/report/site.ts";
import type { Verdict } from "../../signoff/verdict.ts";
import { joinAnd, mention, shortSha } from "../../signoff/wording/words.ts";
import { pageOf, section, trail, type Visitor } from "../layout.ts";
import { conclusionWord, sentence } from "../words.ts";
import { requirementCard } from "./requirement.ts";

/** People of one question. */
export const MOST_APPROVERS = 5;

interface Place {
  readonly visitor: Visitor;
  /** `owner/name`. */
  readonly repository: string;
  readonly pull: number;
}

export interface WhatIfPage extends Place {
  readonly site: Site;
  /** The text that was typed in. */
  readonly asked: string;
  /** What is wrong with the question, or why there is no answer. */
  readonly answer: WhatIf | { readonly because: string };
}

interface WhatIf {
  readonly headSha: string;
  /** Logins: those who are supposed to approve, and those of nobody who is known here. */
  readonly known: readonly string[];
  readonly unknown: readonly string[];
  readonly verdict: Verdict;
  /** Whether a review is one that somebody gave. */
  readonly isGiven: (reviewId: number) => boolean;
}

/** What the check would say if some people approved the head now. Nothing of it is published. */
export function whatIfPage(page: WhatIfPage): string {
  const { site, visitor, repository, pull, asked, answer } = page;
  const path = `/${repository}/pull/${pull}`;
  return pageOf({
    ...{ title: `What if · ${repository}#${pull}`, visitor, docs: `${site.docs}/pages.md` },
    main: markup`${trail([
      ["Repositories", "/"],
      [repository, `/${repository}`],
      [`#${pull}`, path],
    ])}<h1>What if these people approved?</h1>
${"because" in answer ? markup`<p role="status">${answer.because}</p>\n` : answered(page, answer)}${form(page, asked)}`,
  });
}

function answered(
  { site, repository, pull }: WhatIfPage,
  { headSha, known, unknown, verdict, isGiven }: WhatIf,
): Markup {
  const all = linksOf(verdict, { site, repository, pulls: [pull], headSha });
  const links: Links = { ...all, review: (id) => (isGiven(id) ? all.review(id) : null) };
  const ignored = meantFor(verdict);
  const names = (logins: readonly string[]) => joinAnd(logins.map((login) => mention({ login })));
  const strangers =
    unknown.length === 0
      ? ""
      : markup`<p>${sentence(names(unknown))}: not among those who can sign for anything here, so left out.</p>\n`;
  const supposed =
    known.length === 0
      ? markup`<p>As it is now, at ${shortSha(headSha)}:</p>\n`
      : markup`<p>If ${sentence(names(known))} approved ${shortSha(headSha)} now:</p>\n`;
  const cards = worstFirst(verdict.requirements).map((one) =>
    requirementCard(one, { links, ignored: ignored.of(one) }),
  );
  return markup`${strangers}${supposed}<div class="verdict ${verdict.conclusion}" role="status"><p>${conclusionWord(verdict.conclusion)}: ${sentence(titleOf(verdict), links.of)}</p>
<p class="soft">Judged just now, and not published.</p></div>
${section("Who must countersign then", cards.length === 0 ? [] : [markup`<div class="cards">${cards}</div>\n`])}`;
}

/** The question, on the page of a pull request. */
export function whatIfForm(place: Place): Markup {
  return section("What if these people approved?", [form(place, "")], "what-if");
}

function form({ visitor, repository, pull }: Place, asked: string): Markup {
  return markup`<form class="short" method="post" action="/${repository}/pull/${pull}/what-if">
<input type="hidden" name="token" value="${visitor.token}"/>
<p><label for="people">Their logins</label><input id="people" name="people" value="${asked}" autocomplete="off" spellcheck="false" aria-describedby="people-help"/></p>
<p class="soft" id="people-help">At most ${MOST_APPROVERS}, with spaces between them. Nothing is published, and nobody is asked.</p>
<p><button>Judge it</button></p>
</form>
`;
}

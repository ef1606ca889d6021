import { type Markup, markup } from "../../markup/markup.ts";
import type { Site } from "../../signoff/report/site.ts";
import type { Freeze, Override } from "../../signoff/verdict.ts";
import { freezeSentence, overrideSentences } from "../../signoff/wording/override-words.ts";
import { quote } from "../../signoff/wording/visible.ts";
import { listFirst, ownerNames } from "../../signoff/wording/words.ts";
import { pageOf, section, trail, type Visitor } from "../layout.ts";
import type { OpenFollowUp } from "../repository.ts";
import { list, sentence, value } from "../words.ts";

/** Where people override, freeze and accept. */
export interface ActPage {
  readonly site: Site;
  readonly visitor: Visitor;
  /** `owner/name`. */
  readonly repository: string;
  readonly pull: number;
  /** What came of what was sent, or why nothing can be done; `null` for neither. */
  readonly notice: { readonly text: string; readonly awaitsPasskey?: true } | null;
  /** As it was judged for this view; `null` where it was not. */
  readonly now: Actable | null;
  /** What got in without its owners and waits for one of them; `null` for nothing. */
  readonly followUp: (OpenFollowUp & { readonly hasIssue: boolean }) | null;
}

/** What can be done about a pull request now, as far as it decides that. */
export interface Actable {
  readonly headSha: string;
  /** Something waits that an override would pass over. */
  readonly isBlocked: boolean;
  readonly override: Override | null;
  /** Names of areas that somebody could freeze by it. */
  readonly freezable: readonly string[];
  readonly freezes: readonly Freeze[];
}

export function actPage(page: ActPage): string {
  const { site, visitor, repository, pull, notice, now } = page;
  const path = `/${repository}/pull/${pull}`;
  return pageOf({
    ...{ title: `Act · ${repository}#${pull}`, visitor, docs: `${site.docs}/override.md` },
    main: markup`${trail([
      ["Repositories", "/"],
      [repository, `/${repository}`],
      [`#${pull}`, path],
    ])}<h1>Override, freeze, accept</h1>
<p>What you send here counts like the same line in a comment on the pull request, by the same rules, and goes into the ledger.</p>
${notice === null ? "" : markup`<div class="verdict" role="status"><p>${sentence(notice.text)}</p>${notice.awaitsPasskey ? markup`<p><a href="${path}/sign">Sign it with your passkey</a></p>` : ""}</div>\n`}${now === null ? "" : sections(page, now)}${section("Accept what got in", acceptance(page))}`,
  });
}

function sections(page: ActPage, now: Actable): Markup {
  const { override, freezes, freezable, headSha } = now;
  const said = override === null ? [] : overrideSentences(override).map((one) => sentence(one));
  const repeat =
    override?.status === "asked"
      ? [
          form(page, {
            kind: "override",
            button: "Repeat this line",
            headSha,
            hidden: { reason: override.reason },
          }),
        ]
      : [];
  const withdraw =
    override === null ? [] : [form(page, { kind: "withdraw", button: "Withdraw it", headSha })];
  const ask = now.isBlocked ? [askForm(page, headSha)] : [];
  return markup`${section("Override", [...list(said), ...repeat, ...withdraw, ...ask])}${section(
    "Freeze",
    freezable.length === 0 ? [] : [freezeForm(page, now)],
  )}${section(
    "Lift a freeze",
    freezes.flatMap((freeze) => [
      ...list([sentence(freezeSentence(freeze))]),
      ...(freeze.by === null
        ? []
        : [form(page, { kind: "unfreeze", button: "Lift it", headSha, hidden: { area: freeze.area } })]),
    ]),
  )}`;
}

function askForm(page: ActPage, headSha: string): Markup {
  return form(page, {
    ...{ kind: "override", button: "Ask for an override", headSha },
    before: markup`<h3>Ask for one</h3>
<p>It lets this very commit through without its countersignatures, once others whom the config names under “override.by” repeat it: ${value(headSha)}</p>
${reason("override")}`,
  });
}

function freezeForm(page: ActPage, { freezable, headSha }: Actable): Markup {
  const options = freezable.map((area) => markup`<option value="${area}">${area}</option>`);
  return form(page, {
    ...{ kind: "freeze", button: "Freeze it", headSha },
    before: markup`<p><label for="area">Area</label><select id="area" name="area">${options}</select></p>
<p><label for="until">Until the end of</label><input id="until" name="until" required="" autocomplete="off" placeholder="2026-12-24" aria-describedby="until-help"/></p>
<p class="soft" id="until-help">A day in UTC, or a moment such as 2026-12-24T18:00Z; 30 days at most.</p>
${reason("freeze")}`,
  });
}

function acceptance(page: ActPage): readonly Markup[] {
  const { followUp } = page;
  if (followUp === null) return [];
  const { commitSha, areas, hasIssue } = followUp;
  const what = areas.map(({ area, owners }) => `${quote(area)} (${ownerNames(owners)})`);
  const told = markup`<p>${value(commitSha)} got in without its owners. One of them, who took no part, has to accept it: ${sentence(listFirst(what, 20))}.</p>\n`;
  if (!hasIssue)
    return [told, markup`<p>There is no issue for it here: approve the merged pull request on GitHub.</p>\n`];
  return [
    told,
    form(page, {
      ...{ kind: "accept", button: "Accept it", headSha: commitSha },
      before: reason("accept"),
    }),
  ];
}

function reason(of: string): Markup {
  const id = `reason-${of}`;
  return markup`<p><label for="${id}">Reason</label><input id="${id}" name="reason" required="" maxlength="200" autocomplete="off"/></p>
`;
}

interface Form {
  readonly kind: string;
  readonly button: string;
  /** The whole id of the commit that it is about. */
  readonly headSha: string;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly before?: Markup;
}

function form(
  { visitor, repository, pull }: ActPage,
  { kind, button, headSha, hidden = {}, before }: Form,
): Markup {
  const fields = Object.entries({ token: visitor.token, kind, sha: headSha, ...hidden }).map(
    ([name, text]) => markup`<input type="hidden" name="${name}" value="${text}"/>`,
  );
  return markup`<form class="short" method="post" action="/${repository}/pull/${pull}/act">
${fields}
${before ?? ""}<p><button>${button}</button></p>
</form>
`;
}

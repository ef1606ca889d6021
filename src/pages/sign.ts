import { type Markup, markup } from "../markup/markup.ts";
import { count, mention } from "../signoff/wording/words.ts";
import { pageOf, section, trail, type Visitor } from "./layout.ts";
import { list, moment, sentence, value } from "./words.ts";

/** A decision that waits for the visitor's passkey. */
export interface ShownDecision {
  /** By which the server knows it again. */
  readonly digest: string;
  /** The statement, in sentences. */
  readonly words: readonly string[];
  /** What keeps the visitor from signing it; `null` for nothing. */
  readonly obstacle: string | null;
}

export interface ShownKey {
  readonly id: string;
  /** A login. */
  readonly owner: string;
  /** ISO 8601. */
  readonly enrolledAt: string;
  /** Why it counts, or that it does not yet. */
  readonly standing: "by-code" | "by-word" | "waits";
  /** What is signed about it: that it is removed, or that somebody vouches for it. */
  readonly words: readonly string[];
}

export interface OtherKey extends ShownKey {
  /** What the visitor signs if they remove it, in sentences; `null` where they may not. */
  readonly removal: readonly string[] | null;
}

export interface SignPage {
  readonly docs: string;
  readonly visitor: Visitor;
  /** `owner/name`. */
  readonly repository: string;
  readonly pull: number;
  readonly scriptPath: string;
  /** Why it is not known what the pull request waits for; `null` where it is. */
  readonly notice: string | null;
  readonly decisions: readonly ShownDecision[];
  readonly own: readonly ShownKey[];
  /** Those for which the visitor may vouch; `null` where no key of theirs is valid. */
  readonly others: readonly OtherKey[] | null;
}

const SHOWN_KEYS = 100;

/** What waits for the visitor's passkey on a pull request, and the passkeys they may register, remove and vouch for. */
export function signPage(page: SignPage): string {
  const { docs, visitor, repository, pull, scriptPath } = page;
  return pageOf({
    ...{ title: `Sign · ${repository}#${pull}`, visitor, docs: `${docs}/passkeys.md`, scriptPath },
    main: markup`${trail([
      ["Repositories", "/"],
      [repository, `/${repository}`],
      [`#${pull}`, `/${repository}/pull/${pull}`],
    ])}<h1>Sign with your passkey</h1>
<p id="no-script">Passkeys need the script of this page, which only asks your browser for them. Switch scripts on for this page, or sign in another browser.</p>
${section("What waits for you", decisions(page))}${section("Your passkeys", [...ownKeys(page), enrolment(page)])}${section("Other people’s passkeys", otherKeys(page))}`,
  });
}

function decisions(page: SignPage): readonly Markup[] {
  const { notice } = page;
  const told = notice === null ? [] : [markup`<p>${notice}</p>\n`];
  if (page.decisions.length === 0)
    return notice === null ? [markup`<p>Nothing here waits for your passkey.</p>\n`] : told;
  const cards = page.decisions.map(({ digest, words, obstacle }) => {
    const end =
      obstacle === null
        ? form(page, { field: "sign", text: digest, button: "Sign this", isMain: true })
        : markup`<p>${obstacle}</p>\n`;
    return markup`<div class="card">
${list(words.map((one) => sentence(one)))}${end}</div>
`;
  });
  return [...told, markup`<div class="cards">${cards}</div>\n`];
}

const STANDINGS: Readonly<Record<ShownKey["standing"], string>> = {
  "by-code": "It came with a code of the server, so it counts everywhere.",
  "by-word": "Somebody vouched for it: it counts where they may sign.",
  waits: "It counts nowhere yet: somebody who may sign has to vouch for it.",
};

function ownKeys(page: SignPage): readonly Markup[] {
  if (page.own.length === 0) return [markup`<p>You have registered none.</p>\n`];
  return [
    markup`<div class="cards">${page.own.map((key) => keyCard(page, key, { field: "remove", button: "Remove this passkey" }))}</div>\n`,
  ];
}

function otherKeys(page: SignPage): readonly Markup[] {
  const { others } = page;
  if (others === null || others.length === 0) return [];
  const cards = others
    .slice(0, SHOWN_KEYS)
    .map((key) =>
      keyCard(page, key, { field: "vouch", button: "Vouch for this passkey" }, removal(page, key)),
    );
  const more = others.length - SHOWN_KEYS;
  return [
    markup`<p>Ask the person themself for the id of their key, not by a comment on GitHub: whoever has their session there can register one.</p>
<div class="cards">${cards}</div>
${more > 0 ? markup`<p>${count(more, "more key")} not shown: the newest come first.</p>\n` : ""}`,
  ];
}

/** Of somebody who left, or lost it. */
function removal(page: SignPage, { id, owner, removal: words }: OtherKey): Markup | "" {
  if (words === null) return "";
  const button = `Remove this passkey of ${mention({ login: owner })}`;
  return markup`${list(words.map((one) => sentence(one)))}${form(page, { field: "remove", text: id, button })}`;
}

function keyCard(
  page: SignPage,
  { id, owner, enrolledAt, standing, words }: ShownKey,
  does: { readonly field: string; readonly button: string },
  more: Markup | "" = "",
): Markup {
  return markup`<div class="card">
<h3>${sentence(mention({ login: owner }))}, registered at ${moment(enrolledAt)}</h3>
<p class="soft">${value(id)}<br/>${STANDINGS[standing]}</p>
${list(words.map((one) => sentence(one)))}${form(page, { ...does, text: id })}${more}</div>
`;
}

function enrolment(page: SignPage): Markup {
  return form(page, {
    ...{ field: "enrol", text: "new", button: "Register a passkey" },
    before: markup`<h3>Register a new one</h3>
<p>It counts once somebody who may sign vouches for it with theirs: tell them its id, which is shown here then.</p>
<p><label for="code">One-time code</label><input id="code" name="code" autocomplete="off" spellcheck="false" aria-describedby="code-help"/></p>
<p class="soft" id="code-help">Only if whoever runs Countersign gave you one. Then nobody needs to vouch.</p>
`,
  });
}

interface Form {
  readonly field: string;
  readonly text: string;
  readonly button: string;
  readonly before?: Markup;
  readonly isMain?: boolean;
}

/** Shown by the script, which alone can send it. */
function form(
  { visitor, repository, pull }: SignPage,
  { field, text, button, before, isMain = false }: Form,
): Markup {
  const path = `/${repository}/pull/${pull}/sign`;
  return markup`<form class="passkey" method="post" action="${path}" hidden="">
<input type="hidden" name="token" value="${visitor.token}"/><input type="hidden" name="${field}" value="${text}"/>
${before ?? ""}<p>${isMain ? markup`<button class="main">${button}</button>` : markup`<button>${button}</button>`}</p>
<p class="outcome" role="status" tabindex="-1"></p>
<p class="again" hidden=""><a href="${path}">Load this page anew</a></p>
</form>
`;
}

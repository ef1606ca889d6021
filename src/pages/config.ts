import { type Markup, markup, verbatim } from "../markup/markup.ts";
import type { Problem } from "../policy/problem.ts";
import { quote } from "../signoff/wording/visible.ts";
import { placeOf } from "../signoff/wording/words.ts";
import { pageOf, section, type Visitor } from "./layout.ts";
import { list, sentence } from "./words.ts";

interface ConfigPage {
  readonly docs: string;
  readonly visitor: Visitor;
  readonly text: string;
  /** Absent where nothing was typed in yet. */
  readonly checked?: { readonly valid: boolean; readonly problems: readonly Problem[] };
}

/** A config that is typed in, and what is wrong with it. */
export function configPage({ docs, visitor, text, checked }: ConfigPage): string {
  return pageOf({
    ...{ title: "Check a config", visitor, docs: `${docs}/pages.md` },
    main: markup`<h1>Check a config</h1>
<p><a href="${docs}/config.md">What can be in it</a>. Nothing of what you type is kept.</p>
${checked === undefined ? "" : result(checked)}<form method="post" action="/config">
<input type="hidden" name="token" value="${visitor.token}"/>
<label for="config">The text of .github/countersign.yml</label>
<textarea id="config" name="config" spellcheck="false" required="">
${lines(text)}</textarea>
<p><button class="main">Check it</button></p>
</form>`,
  });
}

function result({ valid, problems }: NonNullable<ConfigPage["checked"]>): Markup {
  const word = valid ? "It is valid" : "It is not valid";
  const conclusion = valid ? "success" : "failure";
  const items = problems.map((problem) => {
    return sentence(`${quote(placeOf(problem))} ${problem.message} ${problem.remedy}`);
  });
  return section("Result", [
    markup`<div class="verdict ${conclusion}" role="status"><p><span class="word ${conclusion}">${word}.</span></p>${list(items)}</div>\n`,
  ]);
}

/** Its own line breaks stay; whatever else is invisible is written out. */
function lines(text: string): Markup {
  const [first = "", ...others] = text.split(/\r\n|\r|\n/);
  return markup`${first}${others.map(
    (line) =>
      markup`${verbatim`
`}${line}`,
  )}`;
}

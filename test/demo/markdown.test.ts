import { expect, test } from "@jest/globals";
import { html } from "../../demo/page/html.ts";
import { markdown } from "../../demo/page/markdown.ts";
import { code, escapeMarkdown } from "../../src/signoff/report/escape.ts";
import { fc } from "../fast-check.ts";
import { threadTime } from "../thread-time.ts";

test.each([
  { name: "a heading below the page's own", source: "### Who", shown: "<h3>Who</h3>" },
  { name: "bold and code", source: "**a** `b`", shown: "<p><strong>a</strong> <code>b</code></p>" },
  { name: "a tool's emoji", source: "Made by :robot:", shown: "<p>Made by 🤖</p>" },
  { name: "emphasis", source: "*2 more lines*", shown: "<p><em>2 more lines</em></p>" },
  { name: "code inside bold", source: "**a `*` b**", shown: "<p><strong>a <code>*</code> b</strong></p>" },
  { name: "code that holds a backtick", source: "`` a`b ``", shown: "<p><code>a`b</code></p>" },
  { name: "backticks that nothing closes", source: "``a`", shown: "<p>``a`</p>" },
  { name: "an escaped mark", source: "\\*a\\*", shown: "<p>*a*</p>" },
  { name: "a numeric character reference", source: "@&#8203;a", shown: "<p>@\u200ba</p>" },
  { name: "a reference to no character", source: "&#0;", shown: "<p>\ufffd</p>" },
  {
    name: "a list in a list",
    source: "- a\n  - b\n  - c\n- d",
    shown: "<ul><li>a\n<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>",
  },
  { name: "a numbered list", source: "1. a\n2. b", shown: "<ol><li>a</li><li>b</li></ol>" },
  { name: "a paragraph that a list ends", source: "a\nb\n- c", shown: "<p>a\nb</p><ul><li>c</li></ul>" },
  {
    name: "nothing of a comment in front",
    source: "<!-- a\nb -->\n**c**",
    shown: "<p><strong>c</strong></p>",
  },
  { name: "a comment elsewhere as text", source: "a <!-- b -->", shown: "<p>a &lt;!-- b --&gt;</p>" },
  { name: "a quote", source: "> a", shown: "<blockquote><p>a</p></blockquote>" },
  {
    name: "fenced code",
    source: "```hcl\n# a\n```\nb",
    shown: '<pre><code class="language-hcl"># a\n</code></pre><p>b</p>',
  },
  {
    name: "a table",
    source: "| a | b |\n|---|---|\n| 1 | 2 |",
    shown:
      "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
  },
  {
    name: "a link to the web",
    source: "[a](https://b.example/c?d=e)",
    shown: '<p><a href="https://b.example/c?d=e" rel="noreferrer nofollow">a</a></p>',
  },
  {
    name: "a link to a pull request of the simulated GitHub as one to these pages",
    source: "[a](http://127.0.0.1:8080/acme/shop/pull/1/files#diff-1R2)",
    shown: '<p><a href="/acme/shop/pull/1/files#diff-1R2" rel="noreferrer nofollow">a</a></p>',
  },
  {
    name: "a link to a page that it does not have as text",
    source: "[`@a`](http://127.0.0.1:8080/a) [b](https://b.example)",
    shown: '<p><code>@a</code> <a href="https://b.example" rel="noreferrer nofollow">b</a></p>',
  },
])("shows $name", ({ source, shown }) => {
  expect(compact(markdown(source).text)).toBe(shown);
});

test.each([
  { name: "an element", source: "<script>alert(1)</script>" },
  { name: "an element in code", source: "`<img src=x onerror=alert(1)>`" },
  { name: "an element in fenced code", source: "```\n</code></pre><script>\n```" },
  { name: "an element in a heading", source: "# <b>" },
  { name: "an element in a table", source: "|<b>|\n|---|\n|<i>|" },
  { name: "an element by character references", source: "&#60;script&#62;&lt;b&gt;" },
  { name: "a script's address", source: "[a](javascript:alert(1))" },
  { name: "an attribute out of an address", source: '[a](https://b/"onmouseover="alert(1))' },
  { name: "an image", source: "![a](https://b.example/c.png)" },
  { name: "a path that is markup", source: `- For: ${code('infra/"><script>alert(1)</script>.tf')}` },
  { name: "a login that is markup", source: escapeMarkdown("@a<b> approved “</code><script>”.") },
])("never lets $name become markup", ({ source }) => {
  expect(foreign(markdown(source).text)).toEqual([]);
});

test("never lets any text become markup", () => {
  const spiced = fc.array(
    fc.constantFrom(
      "<",
      ">",
      '"',
      "`",
      "*",
      "[a](",
      "https://x",
      ")",
      "- ",
      "\n",
      "|",
      "---",
      "\\",
      "&#60;",
      "a ",
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(spiced, (parts) => {
      expect(foreign(markdown(parts.join("")).text)).toEqual([]);
    }),
  );
});

test("renders text built to be slow within seconds", () => {
  const time = threadTime(() => {
    for (const part of ["**a", "*`", "[a](", "`", "- ", "> ", "|", "\\"]) markdown(part.repeat(2000));
  });
  expect(time).toBeLessThan(5000);
});

test("values are escaped in text and in attributes", () => {
  const value = `"><b>'&`;
  expect(html`<a title="${value}">${value}</a>`.text).toBe(
    '<a title="&#34;&#62;&#60;b&#62;&#39;&#38;">&#34;&#62;&#60;b&#62;&#39;&#38;</a>',
  );
});

test("lists are joined and nothing shows as nothing", () => {
  expect(html`<p>${[html`<i>1</i>`, "<", 2]}${null}${undefined}${false}${0}</p>`.text).toBe(
    "<p><i>1</i>&#60;20</p>",
  );
});

const OURS =
  /<\/?(?:p|h3|h4|h5|ul|ol|li|strong|em|s|code|pre|blockquote|table|thead|tbody|tr|th|td|a)>|<[bh]r>|<ol start="\d+">|<code class="[^"<>]*">|<t[hd] style="text-align:(?:left|center|right)">|<a href="https?:\/\/[^\s"<>]*"(?: title="[^"<>]*")? rel="noreferrer nofollow">/g;

/** What looks like markup but is none that the renderer itself writes. */
function foreign(text: string): readonly string[] {
  return text.replace(OURS, "").match(/[<>"]/g) ?? [];
}

/** Without the line breaks that the renderer puts between elements. */
function compact(text: string): string {
  return text.replaceAll(/>\n(?=<|$)/g, ">");
}

import { describe, expect, test } from "@jest/globals";
import { coAuthorsOf } from "../../../src/cli/local-git/co-authors.ts";
import { declarations } from "../../../src/provenance/declared/declarations.ts";
import { commit, detector, mona } from "../texts.ts";

const CLAUDE = "Claude <noreply@anthropic.com>";
const TRAILER = `Co-authored-by: ${CLAUDE}`;
const writer = (message: string) => detector.commit(commit({ message })).writer;

describe("a mangled trailer is read as what it was", () => {
  test.each([
    ["a break written out", `Fix it\\n\\n${TRAILER}`],
    ["a Windows break written out", `Fix it\\r\\n\\r\\n${TRAILER}`],
    ["a break escaped twice", `Fix it\\\\n\\\\n${TRAILER}`],
    ["a break written out at the end as well", `Fix it\\n\\n${TRAILER}\\n`],
    ["a break written out before more", `Fix it\\n${TRAILER}\\nSigned-off-by: Mona <mona@example.com>`],
    ["a break written out in the body", `Fix it\n\nBecause.\\n${TRAILER}`],
    ["a break written out after a closed quotation", `Fix "it"\\n\\n${TRAILER}`],
    ["a break written out after a quotation that is never closed", `Fix "it\\n\\n${TRAILER}`],
    ["a break written out after a stray backtick", `Fix \`it\\n\\n${TRAILER}`],
    ["a break written out after an apostrophe", `Don't wait\\n\\n${TRAILER}`],
    ["a break as a URL has it", `Fix it%0A%0A${TRAILER}`],
    ["a break as a page has it", `Fix it<br><br>${TRAILER}`],
    ["a break as a character reference", `Fix it&#10;&#10;${TRAILER}`],
    [
      "a footer behind a written-out break",
      "Fix it\\n\\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\\n",
    ],
    ["a declaration behind a written-out break", "Fix it\\n\\nAssisted-by: Claude:claude-opus-4-6"],
    ["a robot before it", `Fix it\n\n🤖 ${TRAILER}`],
    ["a robot by its name before it", `Fix it\n\n:robot: ${TRAILER}`],
    ["a list mark before it", `Fix it\n\n- ${TRAILER}`],
    ["another list mark before it", `Fix it\n\n* ${TRAILER}`],
    ["a bullet before it", `Fix it\n\n• ${TRAILER}`],
    ["a number before it", `Fix it\n\n1. ${TRAILER}`],
    ["a comment sign before it", `Fix it\n\n# ${TRAILER}`],
    ["several ornaments before it", `Fix it\n\n- ✨ 🤖 ${TRAILER}`],
    ["a key in bold", `Fix it\n\n**Co-authored-by:** ${CLAUDE}`],
    ["a key in bold before the colon", `Fix it\n\n**Co-authored-by**: ${CLAUDE}`],
    ["a key in italics", `Fix it\n\n_Co-authored-by:_ ${CLAUDE}`],
    ["brackets escaped", "Fix it\n\nCo-authored-by: Claude &lt;noreply@anthropic.com&gt;"],
    ["brackets escaped twice", "Fix it\n\nCo-authored-by: Claude &amp;lt;noreply@anthropic.com&amp;gt;"],
    ["brackets as character references", "Fix it\n\nCo-authored-by: Claude &#60;noreply@anthropic.com&#62;"],
    [
      "the address as a link",
      "Fix it\n\nCo-authored-by: Claude [noreply@anthropic.com](mailto:noreply@anthropic.com)",
    ],
    [
      "the address as a link in brackets",
      "Fix it\n\nCo-authored-by: Claude <[noreply@anthropic.com](mailto:noreply@anthropic.com)>",
    ],
    ["the name as a link", "Fix it\n\nCo-authored-by: [Claude](mailto:noreply@anthropic.com)"],
    [
      "the address as a page's link",
      'Fix it\n\nCo-authored-by: Claude <a href="mailto:noreply@anthropic.com">noreply@anthropic.com</a>',
    ],
    ["the address behind mailto", "Fix it\n\nCo-authored-by: Claude <mailto:noreply@anthropic.com>"],
    ["other brackets", "Fix it\n\nCo-authored-by: Claude (noreply@anthropic.com)"],
    ["the address first", "Fix it\n\nCo-authored-by: noreply@anthropic.com (Claude)"],
    ["no brackets", "Fix it\n\nCo-authored-by: Claude noreply@anthropic.com"],
    ["a break as a named character reference", `Fix it&NewLine;${TRAILER}`],
    ["a break as a hexadecimal escape", `Fix it\\x0a${TRAILER}`],
    ["a break as an octal escape", `Fix it\\012${TRAILER}`],
    ["breaks with the other slash", `Fix it/n/n${TRAILER}`],
    ["another emoji by its name before it", `Fix it\n\n:sparkles: ${TRAILER}`],
    ["a ticked box before it", `Fix it\n\n- [x] ${TRAILER}`],
    ["dashes before it", `Fix it\n\n-- ${TRAILER}`],
    ["round brackets around it", `Fix it\n\n(${TRAILER})`],
    ["square brackets around it", `Fix it\n\n[${TRAILER}]`],
    ["a tag around it", `Fix it\n\n<sub>${TRAILER}</sub>`],
    ["tags with attributes around it", `Fix it\n\n<p align="center"><small>${TRAILER}</small></p>`],
    ["a tag around the key", `Fix it\n\n<b>Co-authored-by:</b> ${CLAUDE}`],
    ["a blank as a character reference before it", `Fix it\n\n&nbsp;${TRAILER}`],
    ["a tab written out before it", `Fix it\n\n\\t${TRAILER}`],
    ["no colon", `Fix it\n\nCo-authored-by ${CLAUDE}`],
    ["underscores in the key", `Fix it\n\nCo_authored_by: ${CLAUDE}`],
    ["a key escaped", `Fix it\n\nCo\\-authored\\-by\\: ${CLAUDE}`],
    ["brackets escaped with backslashes", "Fix it\n\nCo-authored-by: Claude \\<noreply@anthropic.com\\>"],
    ["the at sign escaped", "Fix it\n\nCo-authored-by: Claude <noreply\\@anthropic.com>"],
    ["the at sign as a character reference", "Fix it\n\nCo-authored-by: Claude <noreply&#64;anthropic.com>"],
    ["the address as code", "Fix it\n\nCo-authored-by: Claude `noreply@anthropic.com`"],
    ["brackets doubled", "Fix it\n\nCo-authored-by: Claude <<noreply@anthropic.com>>"],
    ["a full stop after the address", "Fix it\n\nCo-authored-by: Claude noreply@anthropic.com."],
    ["folded after the key", `Fix it\n\nCo-authored-by:\n ${CLAUDE}`],
    ["folded before the address", "Fix it\n\nCo-authored-by: Claude Opus 4.6\n <noreply@anthropic.com>"],
    ["folded within the name", "Fix it\n\nCo-authored-by: Claude\n\tOpus 4.6 <noreply@anthropic.com>"],
    ["wrapped before the address", "Fix it\n\nCo-authored-by: Claude Opus 4.6\n<noreply@anthropic.com>"],
    ["folded and its lines escaped", "Fix it\n\nCo-authored-by: Claude\n&lt;noreply@anthropic.com&gt;"],
    ["a model without an address", "Fix it\n\nCo-authored-by: Claude Sonnet 4.5 (Anthropic)"],
    ["a model in brackets without an address", "Fix it\n\nCo-authored-by: Claude (claude-opus-4-6)"],
    ["a model beside a link", "Fix it\n\nCo-authored-by: GLM 4.7 (https://z.ai)"],
    ["a tool without an address", "Fix it\n\nCo-authored-by: Claude Code"],
  ])("%s", (_, message) => {
    expect(writer(message)).toBe("ai");
  });
});

describe("a squash names the authors of what it squashed", () => {
  test.each([
    [
      "as git writes it",
      `Squashed commit of the following:\n\ncommit ${"1a2b".repeat(10)}\nAuthor: ${CLAUDE}\nDate:   Tue Sep 1 10:00:00 2026 +0000\n\n    Fix the cart\n`,
    ],
    [
      "with a merge between",
      `Squashed commit of the following:\n\ncommit ${"1a2b".repeat(10)}\nMerge: 1a2b 3c4d\nAuthor: ${CLAUDE}\n`,
    ],
    ["by a trailer", `Fix the cart\n\nAuthored-by: ${CLAUDE}`],
  ])("%s", (_, message) => {
    expect(writer(message)).toBe("ai");
  });

  test("and a person stays one", () => {
    expect(
      writer(
        "Squashed commit of the following:\n\ncommit 1a2b3c4\nAuthor: Claude Paroz <claude@2xlibre.net>\n",
      ),
    ).toBe("human");
  });
});

describe("what is quoted, said or a person's stays that", () => {
  test.each([
    ["a written-out break in a code span", `Explain \`\\n${TRAILER}\``],
    ["a written-out break in a quotation", `Strip "\\n\\n${TRAILER}" from messages`],
    ["a written-out break in single quotes", `git commit -m 'Fix it\\n\\n${TRAILER}'`],
    ["a written-out break in curly quotes", `Strip “\\n\\n${TRAILER}” from messages`],
    ["a written-out break in a quoted line", `Fix it\n\n> text\\n${TRAILER}`],
    ["a written-out break in an escaped quotation", `Fix it\n\n&gt; text\\n${TRAILER}`],
    ["a written-out break in a block of code", `Fix it\n\n\`\`\`\ntext\\n${TRAILER}\n\`\`\``],
    ["a trailer behind no break", `Fix it ${TRAILER}`],
    ["a page's comment", `Fix it\n\n<!-- ${TRAILER} -->`],
    ["a tag of a quotation", `Fix it\n\n<blockquote>${TRAILER}</blockquote>`],
    ["a tag of code", `Fix it\n\n<code>${TRAILER}</code>`],
    ["an empty box", `Fix it\n\n- [ ] ${TRAILER}`],
    ["a sentence without a colon", `Fix it\n\nCo-authored by ${CLAUDE} in parts`],
    ["a person and another line", `Fix it\n\nCo-authored-by: Mona\nMail ${CLAUDE} about it`],
    ["a line of a diff that comes", `Fix it\n\n+${TRAILER}`],
    ["a line of a diff that goes", `Fix it\n\n-${TRAILER}`],
    ["an escaped quotation", `Fix it\n\n&gt; ${TRAILER}`],
    ["a quotation in a list", `Fix it\n\n- > ${TRAILER}`],
    ["a trailer in quotation marks", `Fix it\n\n- "${TRAILER}"`],
    ["a code span in a list", `Fix it\n\n- \`${TRAILER}\``],
    ["a path of Windows", "Fix it\n\nRead C:\\new\\node\\co-authored-by"],
    ["a first name without an address", "Fix it\n\nCo-authored-by: Claude"],
    ["a person without an address", "Fix it\n\nCo-authored-by: Claude Monet (painter)"],
    ["a person as a link", "Fix it\n\nCo-authored-by: [Claude Paroz](mailto:claude@2xlibre.net)"],
    ["a list of persons", "Fix it\n\n- Co-authored-by: Claude Paroz <claude@2xlibre.net>"],
  ])("%s", (_, message) => {
    expect(writer(message)).toBe("human");
  });
});

test("a word that nothing was written by an AI counts on a line of its own only", () => {
  expect(declarations("AI-assisted: no")).toHaveLength(1);
  expect(declarations("Fix it\\nAI-assisted: no")).toEqual([]);
  expect(declarations("- AI-assisted: no")).toEqual([]);
  expect(declarations("<sub>AI-assisted: no</sub>")).toEqual([]);
  expect(declarations("(AI-assisted: no)")).toEqual([]);
});

describe("only a trailer that says who wrote makes a co-author", () => {
  test.each([
    ["Co-authored-by: Olga <olga@example.com>", ["olga@example.com"]],
    ["- Co-authored-by: [Olga](mailto:olga@example.com)", ["olga@example.com"]],
    ["Suggested-by: Olga <olga@example.com>", []],
    ["Reviewed-by: Olga <olga@example.com>", []],
    ["Acked-by: Olga <olga@example.com>", []],
    ["Tested-by: Olga <olga@example.com>", []],
    ["Reported-by: Olga <olga@example.com>", []],
    ["Helped-by: Olga <olga@example.com>", []],
    ["Thanks-to: Olga <olga@example.com>", []],
    ["Cc: Olga <olga@example.com>", []],
    ["Co-authored with [Olga](https://github.com/olga)", []],
    ["Thanks to [Olga](mailto:olga@example.com)", []],
    ["Co-authored-by: [Olga](https://github.com/olga)", []],
    ["Co-authored-by: Olga", []],
  ])("%s", (line, emails) => {
    expect(coAuthorsOf(`Fix it\n\n${line}\n`, mona).map(({ email }) => email)).toEqual(emails);
  });
});

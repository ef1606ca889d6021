import { expect, test } from "@jest/globals";
import { readCommand } from "../../../src/signoff/authority/read-command.ts";

const SHA = "0123456789ab";
const ASK = `/countersign override ${SHA} The shop is down`;
const asked = { status: "command", command: { kind: "override", sha: SHA, reason: "The shop is down" } };
const NONE = { status: "none" };
const malformed = (because: string) => ({
  status: "malformed",
  because: expect.stringContaining(because),
});

test.each([
  { why: "the whole comment", comment: ASK, read: asked },
  { why: "a line of a paragraph", comment: `It burns.\n${ASK}\nPlease.`, read: asked },
  { why: "a paragraph of its own", comment: `It burns.\n\n${ASK}\n\nPlease.`, read: asked },
  { why: "with the line ends of a browser", comment: `It burns.\r\n${ASK}\r\nPlease.`, read: asked },
  { why: "with spaces at its end", comment: `${ASK}   `, read: asked },
  {
    why: "withdrawn",
    comment: "/countersign withdraw",
    read: { status: "command", command: { kind: "withdraw" } },
  },
  { why: "help", comment: "/countersign help", read: { status: "command", command: { kind: "help" } } },
  {
    why: "an acceptance",
    comment: `/countersign accept ${SHA} Read it`,
    read: { status: "command", command: { kind: "accept", sha: SHA, reason: "Read it" } },
  },

  {
    why: "a freeze until the end of a day",
    comment: "/countersign freeze infrastructure until 2026-12-24 Black Friday",
    read: {
      status: "command",
      command: {
        ...{ kind: "freeze", area: "infrastructure" },
        ...{ until: "2026-12-25T00:00:00.000Z", reason: "Black Friday" },
      },
    },
  },
  {
    why: "a freeze until a moment",
    comment: "/countersign freeze all until 2026-12-24T18:00Z It burns",
    read: {
      status: "command",
      command: { kind: "freeze", area: "all", until: "2026-12-24T18:00:00.000Z", reason: "It burns" },
    },
  },
  {
    why: "a freeze that is lifted",
    comment: "/countersign unfreeze all",
    read: { status: "command", command: { kind: "unfreeze", area: "all" } },
  },

  { why: "no word of it", comment: "LGTM", read: NONE },
  { why: "within a line", comment: `Please ${ASK}`, read: NONE },
  { why: "another word that begins like it", comment: "/countersigned override", read: NONE },
  { why: "in capitals", comment: ASK.replace("/c", "/C"), read: NONE },
  { why: "quoted", comment: `> ${ASK}`, read: NONE },
  { why: "quoted, without the mark on the second line", comment: `> Look:\n${ASK}`, read: NONE },
  { why: "in a code fence", comment: `\`\`\`\n${ASK}\n\`\`\``, read: NONE },
  { why: "in a fence that is never closed", comment: `~~~\n${ASK}`, read: NONE },
  { why: "indented as code", comment: `    ${ASK}`, read: NONE },
  { why: "in inline code", comment: `\`${ASK}\``, read: NONE },
  { why: "in inline code of several lines", comment: `\`see\n${ASK}\n\``, read: NONE },
  { why: "in an HTML comment", comment: `<!--\n${ASK}\n-->`, read: NONE },
  { why: "in an HTML comment within a paragraph", comment: `See <!--\n${ASK}\n-->`, read: NONE },
  { why: "in HTML that hides it", comment: `<details>\n${ASK}\n</details>`, read: NONE },
  { why: "in a list", comment: `- ${ASK}`, read: NONE },
  { why: "as a heading", comment: `# ${ASK}`, read: NONE },
  { why: "as a heading that is underlined", comment: `${ASK}\n===`, read: NONE },

  { why: "without a command", comment: "/countersign", read: malformed("names no command") },
  { why: "with an unknown one", comment: "/countersign approve", read: malformed("names no command") },
  {
    why: "with one in capitals",
    comment: ASK.replace("override", "Override"),
    read: malformed("names no command"),
  },
  { why: "without a reason", comment: `/countersign override ${SHA}`, read: malformed("names no reason") },
  {
    why: "without a commit",
    comment: "/countersign override The shop is down",
    read: malformed("12 characters"),
  },
  { why: "with too few of it", comment: ASK.replace(SHA, SHA.slice(1)), read: malformed("12 characters") },
  {
    why: "with a commit in capitals",
    comment: ASK.replace(SHA, SHA.toUpperCase()),
    read: malformed("lower case"),
  },
  { why: "twice", comment: `${ASK}\n\n${ASK}`, read: malformed("more than one") },
  { why: "with something hidden in it", comment: `${ASK} <!-- not -->`, read: malformed("plain text") },
  { why: "with emphasis", comment: ASK.replace("down", "**down**"), read: malformed("plain text") },
  { why: "in emphasis of several lines", comment: `**See\n${ASK}\nnow**`, read: malformed("plain text") },
  {
    why: "in the text of a link",
    comment: `[x\n${ASK}\n](https://example.com)`,
    read: malformed("plain text"),
  },
  { why: "with code in it", comment: ASK.replace("down", "`down`"), read: malformed("plain text") },
  { why: "with an escape", comment: `${ASK}\\!`, read: malformed("plain text") },
  { why: "with an invisible character", comment: `${ASK}\u202e`, read: malformed("cannot be seen") },
  { why: "with a reason without end", comment: ASK + "x".repeat(200), read: malformed("more than 200") },
  {
    why: "and more than it takes",
    comment: "/countersign withdraw it",
    read: malformed("more than the command"),
  },
  {
    why: "longer than GitHub lets one be",
    comment: `${ASK}\n\n${"x".repeat(65_536)}`,
    read: malformed("is longer than GitHub lets a comment be"),
  },
  {
    why: "as long as GitHub lets one be",
    comment: `${ASK}\n\n${"x".repeat(65_534 - ASK.length)}`,
    read: asked,
  },
  {
    why: "with more than a commit's id",
    comment: ASK.replace(SHA, "a".repeat(65)),
    read: malformed("12 characters"),
  },
  {
    why: "with something before the id",
    comment: ASK.replace(SHA, `x${SHA}`),
    read: malformed("12 characters"),
  },
  {
    why: "with something after the id",
    comment: ASK.replace(SHA, `${SHA}x`),
    read: malformed("12 characters"),
  },
  {
    why: "with a reason as long as it may be",
    comment: `/countersign override ${SHA} ${"x".repeat(200)}`,
    read: { status: "command", command: { kind: "override", sha: SHA, reason: "x".repeat(200) } },
  },
  {
    why: "with spaces around its reason",
    comment: `/countersign override ${SHA}  Down`,
    read: { status: "command", command: { kind: "override", sha: SHA, reason: "Down" } },
  },
  {
    why: "freezing an area in capitals",
    comment: "/countersign freeze Xa until 2026-12-24 X",
    read: malformed("no area"),
  },
  {
    why: "freezing an area with a mark",
    comment: "/countersign freeze a: until 2026-12-24 X",
    read: malformed("no area"),
  },
  {
    why: "freezing to a day",
    comment: "/countersign freeze all till 2026-12-24 X",
    read: malformed("until which day"),
  },
  {
    why: "freezing until more than a day",
    comment: "/countersign freeze all until x2026-12-24 X",
    read: malformed("until which day"),
  },
  {
    why: "freezing until more than a moment",
    comment: "/countersign freeze all until 2026-12-24T18:00Zx X",
    read: malformed("until which day"),
  },
  {
    why: "freezing until a moment after something",
    comment: "/countersign freeze all until 12026-12-24T18:00Z X",
    read: malformed("until which day"),
  },
  { why: "lifting in no area", comment: "/countersign unfreeze", read: malformed("names no area") },
  {
    why: "lifting in one in capitals",
    comment: "/countersign unfreeze Xa",
    read: malformed("names no area"),
  },
  {
    why: "lifting in one with a mark",
    comment: "/countersign unfreeze a:",
    read: malformed("names no area"),
  },
  {
    why: "lifting in more than one",
    comment: "/countersign unfreeze a b",
    read: malformed("says more than the command takes"),
  },
  {
    why: "indented within a paragraph",
    comment: `It burns.\n  ${ASK}`,
    read: malformed("plain text"),
  },
  { why: "after emphasis", comment: `**It burns.**\n${ASK}`, read: asked },
  { why: "freezing no area", comment: "/countersign freeze", read: malformed("names no area") },
  {
    why: "freezing until no day",
    comment: "/countersign freeze all until 2026-02-31 X",
    read: malformed("until which day"),
  },
  {
    why: "freezing for ever",
    comment: "/countersign freeze all for ever",
    read: malformed("until which day"),
  },
  {
    why: "freezing without a reason",
    comment: "/countersign freeze all until 2026-12-24",
    read: malformed("names no reason"),
  },
  {
    why: "freezing in another zone",
    comment: "/countersign freeze all until 2026-12-24T18:00+01:00 X",
    read: malformed("until which day"),
  },
])("a command, $why", ({ comment, read }) => {
  expect(readCommand(comment)).toEqual(read);
});

import { describe, expect, test } from "@jest/globals";
import { declarations } from "../../src/provenance/declared/declarations.ts";
import { commandIn } from "../../src/provenance/requests/commands.ts";
import { requestersNamedIn } from "../../src/provenance/requests/named-requesters.ts";
import { threadTime } from "../thread-time.ts";
import { commit, detector, pullRequest } from "./texts.ts";

const MEGABYTE = 1_000_000;
/** The slowest takes about 50 ms alone, and 58 beside another test. What is not linear takes seconds. */
const BOUND_MS = 100;
/** What is done with a body once and not for every commit of a history may take longer. */
const BODY_BOUND_MS = 500;

const fill = (unit: string) => unit.repeat(Math.ceil(MEGABYTE / unit.length)).slice(0, MEGABYTE);
const people = "Co-authored-by: Claude <noreply@anthropic.com>\n";

describe("a hostile megabyte", () => {
  test.each([
    { what: "no line breaks", text: fill("a") },
    { what: "line breaks only", text: fill("\n") },
    { what: "a million short lines", text: fill("a\n") },
    { what: "blanks", text: fill(" ") },
    { what: "a key without end", text: `Co-authored-by${fill("-by")}` },
    { what: "trailers on one line", text: fill("Co-authored-by: Claude <") },
    { what: "trailers on many lines", text: fill(people) },
    { what: "short trailers", text: fill("coa:a@b.c\n") },
    { what: "trailers of people", text: fill("Signed-off-by: A <a@b.c>\n") },
    { what: "people on one line", text: `Co-authored-by: ${fill("A <a@x>, ")}` },
    { what: "a revert of many", text: `Revert\n\nThis reverts commit abc.\n${fill(`  ${people}`)}` },
    { what: "look-alike prefixes", text: fill("generated with [claude code](https://claude.") },
    { what: "look-alike lines", text: fill("Generated with [Claude Code](https://claude.ai/codex)\n") },
    { what: "ornaments", text: fill("*- ") },
    { what: "ornamented lines", text: fill("🤖 Generated with x\n") },
    { what: "backticks", text: fill("`") },
    { what: "backticks of every length", text: fill("` `` ``` ") },
    { what: "fences that never close", text: fill("```\n~~~\n") },
    { what: "fences that close", text: fill("```\nx\n") },
    { what: "digits", text: fill("1") },
    { what: "characters that unfold eighteenfold", text: fill("\ufdfa") },
    { what: "lines that unfold", text: fill("\ufdfa\n") },
    { what: "lines that unfold after a known start", text: fill(`generated ${"\ufdfa".repeat(900)}\n`) },
    { what: "characters that unfold sixfold", text: fill("㌖") },
    { what: "zero-width characters", text: fill("\u200b") },
    { what: "combining characters", text: fill("e\u0301") },
    { what: "homoglyphs", text: fill("о") },
    { what: "lines of homoglyphs", text: fill("о\n") },
    { what: "trailers of homoglyphs", text: fill("Со-аuthоrеd-bу: А <а@х>\n") },
    { what: "homoglyphs after a known start", text: fill(`generated ${"о".repeat(900)}\n`) },
    { what: "carriage returns", text: fill("a\r") },
    { what: "line separators", text: fill("a\u2028") },
    { what: "mentions", text: fill("@claude-") },
    { what: "links", text: fill("https://app.devin.ai/sessions") },
    { what: "lines of links", text: fill("https://app.devin.ai/sessions/\n") },
    { what: "declarations", text: fill("AI-assisted: yes\n") },
    { what: "declarations of many parts", text: `Assisted-by: ${fill("a via ")}` },
    { what: "declared lines of many parts", text: fill("Assisted-by: a via b via c\n") },
    { what: "boxes", text: fill("- [x] This change was written with AI assistance\n") },
    { what: "written-out breaks", text: fill("Fix it\\n") },
    { what: "trailers between written-out breaks", text: fill("\\nCo-authored-by: A <a@b.c>") },
    { what: "lines of written-out breaks", text: fill("Fix\\nit\n") },
    { what: "quotations that never close", text: fill('"«“„\\n') },
    { what: "quotations that close", text: fill('"a" \\n') },
    { what: "backslashes", text: fill("\\") },
    { what: "escaped brackets", text: fill("Co-authored-by: A &lt;a@b.c&gt;\n") },
    { what: "addresses as links", text: fill("Co-authored-by: [a@b.c](mailto:a@b.c)\n") },
    { what: "links to addresses that never end", text: `Co-authored-by: ${fill("[a](mailto:")}` },
    { what: "ornaments before trailers", text: fill("- * # Co-authored-by: A <a@b.c>\n") },
    { what: "wrapped lines", text: fill("<p align='a'>:a:&nbsp;\\tco\n") },
    { what: "tags that never end", text: fill(`<p ${"a".repeat(190)}`) },
    { what: "lines of tags", text: fill("<p><b></b></p>\n") },
    { what: "names of emoji", text: fill(":a:") },
    { what: "folded trailers", text: fill("Signed-off-by: A\n <a@b.c>\n") },
    { what: "trailers that are never finished", text: fill("Co-authored-by: A\n") },
    { what: "escapes", text: fill("Co\\-authored\\-by\\: A \\<a@b.c\\>\n") },
    { what: "answers", text: fill("Assisted-by: the the the LLM was not\n") },
    { what: "co-authors without an address", text: fill("Co-authored-by: Claude (claude) \n") },
    { what: "tools that are asked to look", text: fill("@claude review the fix of this change\n") },
    { what: "orders on one line", text: `@claude ${fill("the fix ")}` },
    { what: "comments that never end", text: `AI-assisted: yes\n${fill("<!-- ")}` },
  ])("of $what costs a commit a fraction of a second", ({ text }) => {
    const hostile = commit({ message: text, author: { name: text, email: text, account: null } });
    const runs = Array.from({ length: 5 }, () => threadTime(() => detector.commit(hostile)));
    expect(Math.min(...runs)).toBeLessThan(BOUND_MS);

    const body = threadTime(() => {
      detector.pullRequest(pullRequest({ body: text, headRef: text }));
      declarations(text);
      requestersNamedIn(text);
      commandIn(text);
    });
    expect(body).toBeLessThan(BODY_BOUND_MS);
  });

  test("with more to read than is read leaves nobody who wrote it", () => {
    const { writer, evidence } = detector.commit(commit({ message: fill("Signed-off-by: A <a@b.c>\n") }));
    expect([writer, evidence]).toEqual(["unknown", []]);
  });

  test("with more lines than are looked at leaves nobody who wrote it", () => {
    expect(detector.commit(commit({ message: `Fix it${"\n".repeat(100_001)}${people}` })).writer).toBe(
      "unknown",
    );
    expect(detector.commit(commit({ message: `Fix it${"\n".repeat(90_000)}${people}` })).writer).toBe("ai");
  });

  test("is an AI's where the part that is read says so", () => {
    expect(detector.commit(commit({ message: fill(people) })).writer).toBe("ai");
  });
});

/** Milliseconds of this thread: what else the machine does, and what collects garbage beside it, must not fail a test. */

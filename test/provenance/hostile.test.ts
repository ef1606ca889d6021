import { describe, expect, test } from "@jest/globals";
import { commandIn, requestersNamedIn } from "../../src/provenance/requests.ts";
import { commit, detector, pullRequest } from "./texts.ts";

const MEGABYTE = 1_000_000;
/** Ten times what it takes: the test is for work that grows faster than the text, not for a slow machine. */
const BOUND_MS = 500;

const fill = (unit: string) => unit.repeat(Math.ceil(MEGABYTE / unit.length)).slice(0, MEGABYTE);

describe("a hostile megabyte takes time in proportion", () => {
  test.each([
    { what: "no line breaks", text: fill("a") },
    { what: "line breaks only", text: fill("\n") },
    { what: "blanks", text: fill(" ") },
    { what: "a key without end", text: `Co-authored-by${fill("-by")}` },
    { what: "trailers on one line", text: fill("Co-authored-by: Claude <") },
    { what: "trailers on many lines", text: fill("Co-authored-by: Claude <noreply@anthropic.com>\n") },
    { what: "people on one line", text: `Co-authored-by: ${fill("A <a@x>, ")}` },
    { what: "look-alike prefixes", text: fill("generated with [claude code](https://claude.") },
    { what: "look-alike lines", text: fill("Generated with [Claude Code](https://claude.ai/codex)\n") },
    { what: "ornaments", text: fill("*- ") },
    { what: "backticks", text: fill("`") },
    { what: "backticks of every length", text: fill("` `` ``` ") },
    { what: "fences that never close", text: fill("```\n~~~\n") },
    { what: "digits", text: fill("1") },
    { what: "characters that unfold eighteenfold", text: fill("\ufdfa") },
    { what: "zero-width characters", text: fill("\u200b") },
    { what: "homoglyphs", text: fill("о") },
    { what: "mentions", text: fill("@claude-") },
    { what: "links", text: fill("https://app.devin.ai/sessions") },
  ])("$what", ({ text }) => {
    const started = performance.now();
    detector.commit(commit({ message: text, author: { name: text, email: text, account: null } }));
    const forCommit = performance.now() - started;
    detector.pullRequest(pullRequest({ body: text, headRef: text }));
    requestersNamedIn(text);
    commandIn(text);
    const forAll = performance.now() - started;

    expect(forCommit).toBeLessThan(BOUND_MS);
    expect(forAll).toBeLessThan(4 * BOUND_MS);
  });
});

import { describe, expect, test } from "@jest/globals";
import { requestersNamedIn } from "../../../src/provenance/requests/named-requesters.ts";

const JULES = "PR created automatically by Jules for task [14](https://jules.google.com/task/14)";

describe("requestersNamedIn", () => {
  test.each([
    {
      why: "Kiro",
      text: "This pull request was created by @kiro-agent on behalf of @mona-l :ghost:\n\nMore.",
      named: [{ tool: "Kiro", login: "mona-l" }],
    },
    {
      why: "Jules",
      text: `Fix\n\n---\n*${JULES} started by @mona*`,
      named: [{ tool: "Jules", login: "mona" }],
    },
    {
      why: "Jules without @",
      text: "PR created automatically by Jules for task 21533845497115570 started by mydcc",
      named: [{ tool: "Jules", login: "mydcc" }],
    },
    {
      why: "Devin, with its link",
      text: "**Link to Devin run**: https://app.devin.ai/sessions/ab\n**Requested by**: @mona (Mona)",
      named: [{ tool: "Devin", login: "mona" }],
    },
    {
      why: "one person named twice",
      text: `${JULES} started by @a\n${JULES} started by @A`,
      named: [{ tool: "Jules", login: "A" }],
    },
    { why: "nobody, without Devin's link", text: "Requested by: @mona", named: [] },
    { why: "nobody, when Jules does not say", text: JULES, named: [] },
    { why: "nobody, in a quotation", text: `> ${JULES} started by @mona`, named: [] },
    { why: "nobody, in an indented block", text: `See:\n\n        ${JULES} started by @mona`, named: [] },
    { why: "nobody, in a fence", text: `\`\`\`\n${JULES} started by @mona\n\`\`\``, named: [] },
    { why: "nobody, within a sentence", text: `See "${JULES} started by @mona"`, named: [] },
  ])("$why", ({ text, named }) => {
    expect(requestersNamedIn(text)).toEqual(named);
  });
});

import { describe, expect, test } from "@jest/globals";
import { bot, commit, file, kira, kiro, policy, snapshot, verdict } from "./build.ts";

const BOX = "- [x] This change was written without AI";
const SILENT = { commits: [commit(kira)], files: [file("infra/main.tf")] };
const SILENCE_IS_AI = { detect: { ...policy().detect, undeclared: "ai" as const } };
const { pullRequest } = snapshot();
const opened = (body: string, author = kira) => ({
  ...SILENT,
  pullRequest: { ...pullRequest, author, body },
});

describe("where silence counts as an AI's", () => {
  test.each([
    { why: "nothing is declared", given: opened(""), writer: "ai", conclusion: "action_required" },
    { why: "the box is ticked", given: opened(BOX), writer: "human", conclusion: "success" },
    {
      why: "the box is empty",
      given: opened("- [ ] This change was written without AI"),
      writer: "ai",
      conclusion: "action_required",
    },
    { why: "the box is quoted", given: opened(`> ${BOX}`), writer: "ai", conclusion: "action_required" },
    {
      why: "both boxes are ticked",
      given: opened(`${BOX}\n- [x] This change was written with AI assistance`),
      writer: "ai",
      conclusion: "action_required",
    },
    {
      why: "a machine ticks it",
      given: opened(BOX, bot("helper[bot]", 77)),
      writer: "ai",
      conclusion: "action_required",
    },
    {
      why: "every commit declares it by its trailer",
      given: { ...opened(""), commits: [commit(kira, { message: "Resize\n\nAI-assisted: no" })] },
      writer: "human",
      conclusion: "success",
    },
    {
      why: "one commit of two declares it",
      given: {
        ...opened(""),
        commits: [commit(kira, { sha: "c".repeat(40), message: "Resize\n\nAI-assisted: no" }), commit(kira)],
      },
      writer: "ai",
      conclusion: "action_required",
    },
    {
      why: "evidence contradicts it",
      given: {
        ...opened(BOX),
        commits: [commit(kira, { message: "Resize\n\nCo-authored-by: Claude <noreply@anthropic.com>" })],
      },
      writer: "ai",
      conclusion: "action_required",
    },
  ])("$why: $writer", ({ given, writer, conclusion }) => {
    const judged = verdict(given, SILENCE_IS_AI);

    expect(judged.provenance.writer).toBe(writer);
    expect(judged.conclusion).toBe(conclusion);
  });

  test("the declaration is named and kept", () => {
    const { provenance } = verdict(opened(BOX), SILENCE_IS_AI);

    expect(provenance.declarations).toEqual([{ by: "kira", sha: null, text: BOX }]);
  });
});

test("where silence counts as human, a declaration changes nothing", () => {
  expect(verdict(opened(BOX)).conclusion).toBe("success");
  expect(verdict(opened("")).conclusion).toBe("success");
});

describe("a push by a tool, of commits in a person's name", () => {
  const pushed = (account: typeof kira) => ({
    ...opened(""),
    participants: [{ account, role: "pusher" as const, because: "pushed the head commit" }],
  });

  test("D02 is the tool's work", () => {
    const { provenance, conclusion } = verdict(pushed(kiro));

    expect(provenance).toMatchObject({ writer: "ai", tools: ["Kiro"] });
    expect(provenance.evidence).toMatchObject([{ where: { on: "pull-request", field: "pusher" } }]);
    expect(conclusion).toBe("action_required");
  });

  test("is nobody's where a person or plain automation pushed", () => {
    expect(verdict(pushed(kira)).provenance.writer).toBe("human");
    expect(verdict(pushed(bot("github-actions[bot]", 41_898_282))).provenance.writer).toBe("human");
  });
});

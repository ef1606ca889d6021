import { describe, expect, test } from "@jest/globals";
import type { Writer } from "../../../src/provenance/evidence.ts";
import type { Account, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { NoAiDeclaration } from "../../../src/signoff/verdict.ts";
import {
  bot,
  commit,
  file,
  HEAD,
  kira,
  kiro,
  OLD_HEAD,
  policy,
  requester,
  snapshot,
  verdict,
} from "../build.ts";

const BOX = "- [x] This change was written without AI";
const AI_BOX = "- [x] This change was written with AI assistance";
const DEPENDABOT = bot("dependabot[bot]", 49_699_333);
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
      given: opened(`${BOX}\n${AI_BOX}`),
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

  const NO_AI = "Resize\n\nAI-assisted: no";
  const named = (account: Account | null) => ({ name: "Kira Kay", email: "kay@acme.example", account });

  test.each<{ why: string; given: Partial<Snapshot>; declared: readonly NoAiDeclaration[] }>([
    { why: "the ticked box", given: opened(BOX), declared: [{ by: "kira", sha: null, text: BOX }] },
    {
      why: "the trailer of a commit, by the login of whoever wrote it",
      given: { commits: [commit(kira, { message: NO_AI, author: named(kira) })] },
      declared: [{ by: "kira", sha: HEAD, text: "AI-assisted: no" }],
    },
    {
      why: "the trailer of a commit, by the name of whoever has no account",
      given: { commits: [commit(kira, { message: NO_AI, author: named(null) })] },
      declared: [{ by: "Kira Kay", sha: HEAD, text: "AI-assisted: no" }],
    },
    {
      why: "nothing of a machine's commit",
      given: { commits: [commit(DEPENDABOT, { message: NO_AI })] },
      declared: [],
    },
    { why: "nothing of a box beside its contrary", given: opened(`${BOX}\n${AI_BOX}`), declared: [] },
    {
      why: "nothing of a trailer beside its contrary",
      given: { commits: [commit(kira, { message: `${NO_AI}\nAssisted-by: Claude` })] },
      declared: [],
    },
  ])("is kept as declared: $why", ({ given, declared }) => {
    const { provenance } = verdict({ ...opened(""), ...given }, SILENCE_IS_AI);
    expect(provenance.declarations).toEqual(declared);
  });

  test.each<{ why: string; given: Partial<Snapshot>; writers: readonly Writer[]; whole: Writer }>([
    {
      why: "a commit that declares nothing, whatever another declares",
      given: { commits: [commit(kira, { sha: OLD_HEAD, message: NO_AI }), commit(kira)] },
      writers: ["human", "ai"],
      whole: "ai",
    },
    {
      why: "a person's declared commit beside a machine's, which nobody declared",
      given: { commits: [commit(kira, { sha: OLD_HEAD, message: NO_AI }), commit(DEPENDABOT)] },
      writers: ["human", "automation"],
      whole: "ai",
    },
    {
      why: "every commit, where the pull request declares it",
      given: { ...opened(BOX), commits: [commit(kira, { sha: OLD_HEAD }), commit(kira)] },
      writers: ["human", "human"],
      whole: "human",
    },
    { why: "no commit at all", given: { commits: [], files: [] }, writers: [], whole: "ai" },
  ])("judges $why", ({ given, writers, whole }) => {
    const { provenance } = verdict({ ...opened(""), ...given }, SILENCE_IS_AI);
    expect(provenance.commits.map((each) => each.provenance.writer)).toEqual(writers);
    expect(provenance.writer).toBe(whole);
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

  test("is not told by a tool that asked another one, and did not push", () => {
    expect(verdict({ ...opened(""), participants: [requester(kiro)] }).provenance.writer).toBe("human");
  });

  test("is nobody's where a person or plain automation pushed", () => {
    expect(verdict(pushed(kira)).provenance.writer).toBe("human");
    expect(verdict(pushed(bot("github-actions[bot]", 41_898_282))).provenance.writer).toBe("human");
  });
});

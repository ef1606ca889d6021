import { describe, expect, test } from "@jest/globals";
import { createPolicyDetector } from "../../../src/policy/detector.ts";
import type { Writer } from "../../../src/provenance/evidence.ts";
import type { Account, CommitFacts, Snapshot } from "../../../src/signoff/snapshot.ts";
import type { NoAiDeclaration } from "../../../src/signoff/verdict.ts";
import { noAiByGit } from "../../../src/signoff/writers/declared.ts";
import {
  bot,
  commit,
  file,
  HEAD,
  identity,
  kira,
  kiro,
  nils,
  OLD_HEAD,
  policy,
  pushed,
  recorded,
  requester,
  snapshot,
  verdict,
} from "../build.ts";

/** Somebody who pushed the commit when nobody had before. */
const first = (account: Account, sha = HEAD) => ({ ...pushed(account, sha), introduced: true as const });

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

describe("when undeclared changes count as AI-authored", () => {
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
      why: "every commit declares it by its trailer, and the person who pushed it is known",
      given: {
        ...opened(""),
        commits: [commit(kira, { message: "Resize\n\nAI-assisted: no" })],
        participants: [first(kira)],
      },
      writer: "human",
      conclusion: "success",
    },
    {
      why: "one commit of two declares it",
      given: {
        ...opened(""),
        commits: [commit(kira, { sha: OLD_HEAD, message: "Resize\n\nAI-assisted: no" }), commit(kira)],
        participants: [first(kira, OLD_HEAD), first(kira)],
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
      why: "the trailer of a commit, by the login of whoever pushed it",
      given: {
        commits: [commit(kira, { message: NO_AI, author: named(null) })],
        participants: [first(nils)],
      },
      declared: [{ by: "nils", sha: HEAD, text: "AI-assisted: no" }],
    },
    {
      why: "the same, where the push is on record with the commit",
      given: {
        commits: [commit(kira, { message: NO_AI })],
        recorded: recorded({ commits: [{ sha: HEAD, evidence: [], participants: [first(nils)] }] }),
      },
      declared: [{ by: "nils", sha: HEAD, text: "AI-assisted: no" }],
    },
    {
      why: "the trailer of a commit that was pushed to a fork, of which GitHub tells no more",
      given: {
        commits: [commit(kira, { message: NO_AI })],
        participants: [{ ...pushed(nils), toFork: true }],
      },
      declared: [{ by: "nils", sha: HEAD, text: "AI-assisted: no" }],
    },
    {
      why: "D09 nothing of a trailer where nobody is known to have pushed the commit",
      given: { commits: [commit(kira, { message: NO_AI, author: named(kira) })] },
      declared: [],
    },
    {
      why: "D09 nothing where only another commit was pushed by a person",
      given: { commits: [commit(kira, { message: NO_AI })], participants: [first(kira, OLD_HEAD)] },
      declared: [],
    },
    {
      why: "D09 nothing where a person only moved a branch to it",
      given: { commits: [commit(kira, { message: NO_AI })], participants: [pushed(kira)] },
      declared: [],
    },
    {
      why: "D09 nothing where a machine pushed it in a person's name",
      given: { commits: [commit(kira, { message: NO_AI })], participants: [pushed(DEPENDABOT)] },
      declared: [],
    },
    {
      why: "D09 nothing where a machine pushed it as well",
      given: {
        commits: [commit(kira, { message: NO_AI })],
        participants: [first(kira), pushed(DEPENDABOT)],
      },
      declared: [],
    },
    {
      why: "nothing by the owner of a fork, who may not have pushed it",
      given: {
        commits: [commit(kira, { message: NO_AI })],
        participants: [{ account: kira, role: "pusher", because: "owns the fork", presumed: true }],
      },
      declared: [],
    },
    {
      why: "D09 nothing of a box that a machine edited into a person's text",
      given: { ...SILENT, pullRequest: { ...pullRequest, author: kira, body: BOX, editedBy: DEPENDABOT } },
      declared: [],
    },
    {
      why: "D09 nothing of a text that an account edited which is gone",
      given: { ...SILENT, pullRequest: { ...pullRequest, author: kira, body: BOX, editedBy: null } },
      declared: [],
    },
    {
      why: "D09 nothing of a text that an app wrote in a person's name",
      given: {
        ...SILENT,
        pullRequest: { ...pullRequest, author: kira, body: BOX, performedVia: { slug: "helper", id: 9 } },
      },
      declared: [],
    },
    {
      why: "a box in a machine's text, by the person who edited it last",
      given: { ...SILENT, pullRequest: { ...pullRequest, author: DEPENDABOT, body: BOX, editedBy: nils } },
      declared: [{ by: "nils", sha: null, text: BOX }],
    },
    {
      why: "nothing of a machine's commit",
      given: { commits: [commit(DEPENDABOT, { message: NO_AI })], participants: [pushed(DEPENDABOT)] },
      declared: [],
    },
    { why: "nothing of a box beside its contrary", given: opened(`${BOX}\n${AI_BOX}`), declared: [] },
    {
      why: "nothing of a trailer beside its contrary",
      given: {
        commits: [commit(kira, { message: `${NO_AI}\nAssisted-by: Claude` })],
        participants: [first(kira)],
      },
      declared: [],
    },
  ])("is kept as declared: $why", ({ given, declared }) => {
    const { provenance } = verdict({ ...opened(""), ...given }, SILENCE_IS_AI);
    expect(provenance.declarations).toEqual(declared);
  });

  test.each<{ why: string; given: Partial<Snapshot>; writers: readonly Writer[]; whole: Writer }>([
    {
      why: "a commit that declares nothing, whatever another declares",
      given: {
        commits: [commit(kira, { sha: OLD_HEAD, message: NO_AI }), commit(kira)],
        participants: [first(kira, OLD_HEAD)],
      },
      writers: ["human", "ai"],
      whole: "ai",
    },
    {
      why: "a person's declared commit beside a machine's, which nobody declared",
      given: {
        ...opened("", DEPENDABOT),
        commits: [commit(kira, { sha: OLD_HEAD, message: NO_AI }), commit(DEPENDABOT)],
        participants: [first(kira, OLD_HEAD), pushed(DEPENDABOT)],
      },
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

test("when undeclared changes count as human, a declaration changes nothing", () => {
  expect(verdict(opened(BOX)).conclusion).toBe("success");
  expect(verdict(opened("")).conclusion).toBe("success");
});

describe("what a commit's author declares by git's word alone, where no pushes are known", () => {
  const detector = createPolicyDetector(policy().detect);
  test.each<{ why: string; of: CommitFacts; said: readonly string[] }>([
    {
      why: "a person's",
      of: commit(kira, { message: "Mend\n\nAI-assisted: no" }),
      said: ["AI-assisted: no"],
    },
    { why: "nothing of who says nothing", of: commit(kira), said: [] },
    { why: "nothing of a machine's", of: commit(kiro, { message: "Mend\n\nAI-assisted: no" }), said: [] },
  ])("$why", ({ of, said }) => {
    expect(noAiByGit(of, detector)).toEqual(said);
  });
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

  test("is not attributed to a tool that only started another one", () => {
    expect(verdict({ ...opened(""), participants: [requester(kiro)] }).provenance.writer).toBe("human");
  });

  test("is not attributed to a tool if a person or plain automation pushed", () => {
    expect(verdict(pushed(kira)).provenance.writer).toBe("human");
    expect(verdict(pushed(bot("github-actions[bot]", 41_898_282))).provenance.writer).toBe("human");
  });
});

describe("D08 automation, where silence counts as an AI's, is what the accounts are", () => {
  const RENOVATE = bot("renovate[bot]", 29_139_614);
  const borrowed = commit(kira, {
    author: { name: "dependabot[bot]", email: identity(DEPENDABOT).email, account: DEPENDABOT },
  });

  test.each<{ why: string; given: Partial<Snapshot>; writer: Writer }>([
    {
      why: "that opened it and pushed",
      given: { ...opened("", DEPENDABOT), participants: [pushed(DEPENDABOT)] },
      writer: "automation",
    },
    {
      why: "that opened it and pushed, by the record of the commit",
      given: {
        ...opened("", DEPENDABOT),
        recorded: recorded({ commits: [{ sha: HEAD, evidence: [], participants: [pushed(RENOVATE)] }] }),
      },
      writer: "automation",
    },
    {
      why: "not what git's author says of a person's push",
      given: { ...opened("", DEPENDABOT), participants: [pushed(kira)] },
      writer: "ai",
    },
    {
      why: "not what a person opened",
      given: { ...opened("", kira), participants: [pushed(DEPENDABOT)] },
      writer: "ai",
    },
    { why: "not what nobody is known to have pushed", given: opened("", DEPENDABOT), writer: "ai" },
    {
      why: "not what a person pushed to as well",
      given: { ...opened("", DEPENDABOT), participants: [pushed(DEPENDABOT), pushed(kira)] },
      writer: "ai",
    },
  ])("$why", ({ given, writer }) => {
    const { provenance } = verdict({ participants: [], ...given, commits: [borrowed] }, SILENCE_IS_AI);
    expect(provenance.writer).toBe(writer);
  });

  test("and git's word does where it lowers nothing", () => {
    const { provenance } = verdict({ ...opened(""), participants: [], commits: [borrowed] });
    expect(provenance.writer).toBe("automation");
  });
});

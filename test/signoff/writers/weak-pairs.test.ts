import { expect, test } from "@jest/globals";
import type { Evidence } from "../../../src/provenance/evidence.ts";
import type { PullRequestFacts, Snapshot } from "../../../src/signoff/snapshot.ts";
import { commit, HEAD, humanChange, kira, OLD_HEAD, policy, verdict } from "../build.ts";

const PAIRS = { detect: { ...policy().detect, weakPairs: true } };

function change(
  { messages, ...pullRequest }: Partial<PullRequestFacts> & { readonly messages: readonly string[] },
  more: Partial<Snapshot> = {},
): Snapshot {
  const base = humanChange();
  const shas = [HEAD, OLD_HEAD];
  const commits = messages.map((message, index) => commit(kira, { message, sha: shas[index] ?? HEAD }));
  return humanChange({ pullRequest: { ...base.pullRequest, ...pullRequest }, commits, ...more });
}

const head = { sha: HEAD, ref: "kiro/fix" };
const FORMER: Evidence = {
  tool: "GitHub Copilot",
  kind: "body-line",
  strength: "weak",
  where: { on: "commit", sha: "f".repeat(40), field: "message" },
  text: "Initial plan",
};

test.each([
  { why: "a branch and a label", given: change({ messages: ["Fix it"], head, labels: ["kiro"] }), is: "ai" },
  {
    why: "a line of a commit and a label",
    given: change({ messages: ["Initial plan"], labels: ["kiro"] }),
    is: "ai",
  },
  { why: "a line of a commit and the branch", given: change({ messages: ["Initial plan"], head }), is: "ai" },
  {
    why: "a line of a commit and Copilot's start",
    given: change({ messages: ["Initial plan"], events: ["copilot_work_started"] }),
    is: "ai",
  },
  {
    why: "a name in one commit and a line in another",
    given: change({ messages: ["Fix it\n\nAssisted-by: Claude", "Initial plan"] }),
    is: "ai",
  },
  {
    why: "a line of a commit that is gone and a label",
    given: change(
      { messages: ["Fix it"], labels: ["kiro"] },
      { recorded: { ...humanChange().recorded, evidence: [FORMER] } },
    ),
    is: "ai",
  },
  { why: "a label alone", given: change({ messages: ["Fix it"], labels: ["kiro"] }), is: "human" },
  { why: "a line of a commit alone", given: change({ messages: ["Initial plan"] }), is: "human" },
  {
    why: "the same line in two commits",
    given: change({ messages: ["Initial plan", "Initial plan"] }),
    is: "human",
  },
])("with weak-pairs, $why: $is", ({ given, is }) => {
  expect(verdict(given, PAIRS).provenance.writer).toBe(is);
  expect(verdict(given).provenance.writer).toBe("human");
});

test("evidence on commits stays with them", () => {
  const { provenance } = verdict(change({ messages: ["Initial plan"], labels: ["kiro"] }), PAIRS);

  expect(provenance.tools).toEqual(["GitHub Copilot", "Kiro"]);
  expect(provenance.evidence).toMatchObject([{ tool: "Kiro", kind: "label" }]);
  expect(provenance.commits[0]?.provenance).toMatchObject({
    writer: "human",
    evidence: [{ kind: "body-line" }],
  });
});

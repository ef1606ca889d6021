import { describe, expect, test } from "@jest/globals";
import { commit, file, HEAD, humanChange, kira, verdict } from "../build.ts";

const RECORD = JSON.stringify({
  version: "0.1.0",
  tool: { name: "cursor" },
  files: [
    {
      path: "infra/main.tf",
      conversations: [{ contributor: { type: "ai" }, ranges: [{ start_line: 1, end_line: 9 }] }],
    },
  ],
});

const traces = (more: object, path = ".agent-trace/traces.jsonl") =>
  humanChange({ files: [file("infra/main.tf"), file(path, more)] });

describe("an Agent Trace record that the change brings along", () => {
  test("is evidence on the pull request, and recorded once however it grows", () => {
    const { provenance, toRecord } = verdict(traces({ patch: `@@ -0,0 +1 @@\n+${RECORD}` }));

    expect(provenance).toMatchObject({ writer: "ai", tools: ["Cursor"] });
    expect(provenance.evidence).toEqual([
      {
        tool: "Cursor",
        kind: "attested",
        strength: "strong",
        where: { on: "pull-request", field: "attestation" },
        text: "Agent Trace: 9 lines by Cursor",
      },
    ]);
    const later = traces({ patch: `@@ -0,0 +1,2 @@\n+${RECORD}\n+${RECORD}` });
    const again = verdict({ ...later, recorded: { ...later.recorded, evidence: toRecord.evidence } });
    expect(again.provenance.evidence).toMatchObject([{ text: "Agent Trace: 18 lines by Cursor" }]);
    expect(again.toRecord.evidence).toEqual([]);
  });

  test.each([
    { why: "in a folder of a monorepo", path: "apps/shop/.agent-trace/traces.jsonl", is: "ai" },
    { why: "in another file", path: "docs/traces.jsonl", is: "human" },
  ])("$why: $is", ({ path, is }) => {
    expect(verdict(traces({ patch: `+${RECORD}` }, path)).provenance.writer).toBe(is);
  });

  test.each([
    {
      why: "broken",
      more: { patch: "+{}" },
      says: "An Agent Trace record cannot be read: it has no valid version.",
    },
    {
      why: "too long to be shown",
      more: {},
      says: "The records in .agent-trace/traces.jsonl are too many to be read.",
    },
  ])("$why attests nothing and is reported", ({ more, says }) => {
    const judged = verdict(traces(more));

    expect(judged.provenance.writer).toBe("human");
    expect(judged.problems).toEqual([
      {
        code: "evidence/attestation-unreadable",
        severity: "warning",
        message: `The authorship record in “.agent-trace/traces.jsonl” cannot be read. ${says}`,
        remedy: "Write the record again with the tool that made it, or remove it.",
      },
    ]);
  });

  test("is not read if the change removes it", () => {
    expect(verdict(traces({ status: "removed", contentId: null, additions: 0 })).problems).toEqual([]);
  });
});

test("a commit's record is evidence on that commit", () => {
  const attested = [
    {
      ok: true,
      attestation: {
        standard: "git-ai",
        tools: [{ tool: "Cursor", models: [], lines: 3 }],
        humanLines: 1,
        requesters: [],
      },
    },
  ] as const;
  const { provenance, problems } = verdict(humanChange({ commits: [commit(kira, { attested })] }));

  expect(provenance.commits).toMatchObject([
    {
      sha: HEAD,
      provenance: {
        writer: "ai",
        evidence: [
          {
            text: "git-ai: 3 lines by Cursor",
            where: { on: "commit", sha: HEAD, field: "attestation" },
          },
        ],
      },
    },
  ]);
  expect(problems).toEqual([]);
});

test("a commit's unreadable record attests nothing, names nobody and is reported", () => {
  const attested = [{ ok: false, reason: "It is no JSON." }] as const;
  const { provenance, problems, contributors } = verdict(
    humanChange({ commits: [commit(kira, { attested })] }),
  );

  expect(provenance.writer).toBe("human");
  expect(contributors.map(({ account }) => account)).toEqual([kira]);
  expect(problems).toEqual([
    {
      code: "evidence/attestation-unreadable",
      severity: "warning",
      message: "The authorship record of bbbbbbb cannot be read. It is no JSON.",
      remedy: "Write the record again with the tool that made it, or remove it.",
    },
  ]);
});

import { describe, expect, test } from "@jest/globals";
import { NOTE_REFS, readJoinedNotes } from "../../../src/provenance/attested/notes.ts";
import { readAddedTraces } from "../../../src/provenance/attested/traced-change.ts";

const GIT_AI = [
  "infra/main.tf",
  "  s_1::t_1 1-3",
  "---",
  JSON.stringify(
    { schema_version: "authorship/3.0.0", sessions: { s_1: { agent_id: { tool: "codex", id: "c" } } } },
    null,
    2,
  ),
].join("\n");

const TRACE = JSON.stringify({
  version: "0.1.0",
  tool: { name: "cursor" },
  files: [
    {
      path: "infra/main.tf",
      conversations: [{ contributor: { type: "ai" }, ranges: [{ start_line: 4, end_line: 5 }] }],
    },
  ],
});

const codex = { attestation: { standard: "git-ai", tools: [{ tool: "OpenAI Codex", lines: 3 }] } };
const cursor = { attestation: { standard: "Agent Trace", tools: [{ tool: "Cursor", lines: 2 }] } };

describe("the notes of a commit, joined", () => {
  test("lie in these refs, and are joined in this order", () => {
    expect(NOTE_REFS).toEqual(["refs/notes/ai", "refs/notes/agent-trace"]);
  });

  test.each([
    { why: "no note", notes: "", is: [] },
    { why: "git-ai's alone", notes: GIT_AI, is: [codex] },
    { why: "Agent Trace's alone", notes: TRACE, is: [cursor] },
    { why: "both", notes: `${GIT_AI}\n${TRACE}`, is: [codex, cursor] },
    {
      why: "both, the records laid out",
      notes: `${GIT_AI}\n${JSON.stringify(JSON.parse(TRACE), null, 2)}`,
      is: [codex, cursor],
    },
    {
      why: "a broken one of git-ai's beside a good record",
      notes: `---\n{}\n${TRACE}`,
      is: [{ ok: false }, cursor],
    },
    { why: "neither", notes: "by hand", is: [{ ok: false, reason: expect.stringContaining("git-ai note") }] },
  ])("$why", ({ notes, is }) => {
    expect(readJoinedNotes(notes)).toMatchObject(is);
  });
});

describe("records that a change adds", () => {
  const PATH = ".agent-trace/traces.jsonl";

  test("are read from its diff, those that were there before are not", () => {
    const patch = [
      "--- a/x",
      "+++ b/x",
      "@@ -1 +1,3 @@",
      ` ${TRACE}`,
      `-${TRACE}`,
      `+${TRACE}`,
      "+",
      `+${TRACE}`,
    ];
    expect(readAddedTraces(PATH, patch.join("\n"))).toMatchObject([
      { attestation: { tools: [{ tool: "Cursor", lines: 4 }] } },
    ]);
  });

  test("are told to be unread where their diff is not known", () => {
    expect(readAddedTraces(PATH, undefined)).toEqual([
      { ok: false, reason: `The records in ${PATH} are too many to be read.` },
    ]);
  });
});

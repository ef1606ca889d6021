import { describe, expect, test } from "@jest/globals";
import { readAgentTraces } from "../../../src/provenance/attested/agent-trace.ts";
import { attestedEvidence } from "../../../src/provenance/attested/attestation.ts";
import { threadTime } from "../../thread-time.ts";

const REVISION = "c".repeat(40);
const AI = { type: "ai", model_id: "anthropic/claude-opus-5" };

function trace(conversations: readonly object[], over: object = {}): string {
  return JSON.stringify({
    version: "0.1.0",
    id: "11111111-1111-4111-8111-111111111111",
    timestamp: "2026-11-20T10:00:00Z",
    vcs: { type: "git", revision: REVISION },
    tool: { name: "cursor", version: "3.11.0" },
    files: [{ path: "src/login.ts", conversations }],
    ...over,
  });
}

const range = (start_line: number, end_line: number, contributor?: object) => ({
  start_line,
  end_line,
  ...(contributor === undefined ? {} : { contributor }),
});

describe("an Agent Trace record", () => {
  test("tells the tool's lines and people's, range by range", () => {
    const text = trace([
      {
        url: "https://example.com/1",
        contributor: AI,
        ranges: [
          range(1, 10),
          range(20, 20, { type: "human" }),
          range(30, 31, { type: "mixed", model_id: "openai/gpt-5.4" }),
        ],
      },
      { contributor: { type: "unknown" }, ranges: [range(40, 60)] },
      { ranges: [range(70, 80)] },
    ]);

    expect(readAgentTraces(text)).toEqual([
      {
        ok: true,
        attestation: {
          standard: "Agent Trace",
          tools: [{ tool: "Cursor", models: ["anthropic/claude-opus-5", "openai/gpt-5.4"], lines: 12 }],
          humanLines: 1,
          requesters: [],
        },
      },
    ]);
  });

  test.each([
    { why: "no tool: the model stands for it", over: { tool: undefined }, tool: "anthropic/claude-opus-5" },
    { why: "a tool without a name", over: { tool: {} }, tool: "anthropic/claude-opus-5" },
    { why: "a tool that nobody knows", over: { tool: { name: "acme-agent" } }, tool: "acme-agent" },
    {
      why: "metadata of a vendor's own",
      over: { metadata: { "dev.acme": { x: 1 } }, more: [] },
      tool: "Cursor",
    },
  ])("reads $why", ({ over, tool }) => {
    const read = readAgentTraces(trace([{ contributor: AI, ranges: [range(1, 2)] }], over));
    expect(read).toMatchObject([{ ok: true, attestation: { tools: [{ tool, lines: 2 }] } }]);
  });

  test.each(["0.1", "0.1.0", "0.1.12", "1.0"])("of version %s is read", (version) => {
    expect(readAgentTraces(trace([], { version }))).toMatchObject([{ ok: true }]);
  });

  test("one after another, each tool's lines together; one that is broken leaves the others", () => {
    const one = trace([{ contributor: AI, ranges: [range(1, 2)] }]);
    const another = JSON.stringify(JSON.parse(one), null, 2);
    const broken = trace([], { version: "2.0.0" });
    expect(readAgentTraces([one, another, broken, broken, one].join("\n"))).toMatchObject([
      { ok: true, attestation: { tools: [{ tool: "Cursor", lines: 6 }] } },
      { ok: false, reason: expect.stringContaining("2.0.0 is not 0.1") },
    ]);
  });

  test.each([
    { why: "no JSON", text: "{", says: "no JSON" },
    { why: "prose", text: "by hand", says: "no JSON" },
    { why: "a list", text: "[]", says: "no valid object" },
    { why: "another version", text: trace([], { version: "1.0.0" }), says: "1.0.0 is not 0.1" },
    { why: "no files", text: trace([], { files: undefined }), says: "no valid files" },
    { why: "line 0", text: trace([{ ranges: [range(0, 1)] }]), says: "start_line" },
    { why: "half a line", text: trace([{ ranges: [range(1, 1.5)] }]), says: "end_line" },
    { why: "a range backwards", text: trace([{ ranges: [range(9, 7)] }]), says: "ends before it begins" },
    {
      why: "an unknown kind of contributor",
      text: trace([{ contributor: { type: "robot" }, ranges: [] }]),
      says: "contributor.type",
    },
  ])("is refused for $why", ({ text, says }) => {
    expect(readAgentTraces(text)).toEqual([{ ok: false, reason: expect.stringContaining(says) }]);
  });

  test("is strong evidence on its commit", () => {
    const [read] = readAgentTraces(trace([{ contributor: AI, ranges: [range(7, 7)] }]));
    const where = { on: "commit", sha: REVISION, field: "attestation" } as const;
    expect(read?.ok && attestedEvidence(read.attestation, where)).toEqual([
      {
        tool: "Cursor",
        kind: "attested",
        strength: "strong",
        where,
        text: "Agent Trace: 1 line by Cursor (anthropic/claude-opus-5)",
      },
    ]);
  });

  test("of many ranges is read in proportion", () => {
    const text = trace([
      { contributor: AI, ranges: Array.from({ length: 20_000 }, (_, at) => range(at + 1, at + 1)) },
    ]);
    const time = threadTime(() => {
      expect(readAgentTraces(text)).toMatchObject([{ attestation: { tools: [{ lines: 20_000 }] } }]);
    });
    expect(time).toBeLessThan(4_000);
  });
});

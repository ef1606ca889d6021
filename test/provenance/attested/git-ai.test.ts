import { describe, expect, test } from "@jest/globals";
import { type Attestation, attestedEvidence } from "../../../src/provenance/attested/attestation.ts";
import { readGitAiNote } from "../../../src/provenance/attested/git-ai.ts";
import { fc } from "../../fast-check.ts";
import { threadTime } from "../../thread-time.ts";

const BESIDE = { on: "commit", sha: "b".repeat(40), field: "attestation" } as const;

const session = (tool: string, model?: string, human_author?: string) => ({
  agent_id: { tool, id: "conversation-1", ...(model === undefined ? {} : { model }) },
  ...(human_author === undefined ? {} : { human_author }),
});

function note(lines: readonly string[], metadata: object = {}): string {
  const whole = {
    schema_version: "authorship/3.0.0",
    base_commit_sha: "a".repeat(40),
    prompts: {},
    ...metadata,
  };
  return [...lines, "---", JSON.stringify(whole, null, 2)].join("\n");
}

const WRITTEN = note(
  [
    "src/login.ts",
    "  s_00000000000001::t_0000000000000a 1-10,15",
    "  s_00000000000001::t_0000000000000b 20",
    "  h_00000000000009 25-30",
    '"docs/how to.md"',
    "  s_00000000000002::t_0000000000000c 1-50",
    "  abcd1234abcd1234 60-61",
  ],
  {
    git_ai_version: "1.6.24",
    sessions: {
      s_00000000000001: session("cursor", "gpt-5.4", "Mona <mona@example.com>"),
      s_00000000000002: session("claude", "claude-fable-5", "Mona <mona@example.com>"),
    },
    prompts: { abcd1234abcd1234: { ...session("claude", "claude-opus-4-8"), total_additions: 2 } },
    humans: { h_00000000000009: { author: "Olga <olga@example.com>" } },
  },
);

describe("a git-ai note", () => {
  test("tells each tool's lines, people's lines and who directed the tools", () => {
    expect(readGitAiNote(WRITTEN)).toEqual({
      ok: true,
      attestation: {
        standard: "git-ai",
        tools: [
          { tool: "Claude Code", models: ["claude-opus-4-8", "claude-fable-5"], lines: 52 },
          { tool: "Cursor", models: ["gpt-5.4"], lines: 12 },
        ],
        humanLines: 6,
        requesters: ["Mona <mona@example.com>"],
      },
    });
  });

  test.each<{ why: string; text: string; tools: Attestation["tools"] }>([
    { why: "nothing but metadata", text: note([]), tools: [] },
    {
      why: "a session without lines: nothing of its work is left",
      text: note([], { sessions: { s_1: session("codex") } }),
      tools: [{ tool: "OpenAI Codex", models: [], lines: 0 }],
    },
    {
      why: "lines of a session that is not described",
      text: note(["a.ts", "  s_1::t_1 1-3"]),
      tools: [{ tool: "AI (not named)", models: [], lines: 3 }],
    },
    {
      why: "a tool that nobody knows",
      text: note(["a.ts", "  s_1::t_1 7"], { sessions: { s_1: session("acme-agent") } }),
      tools: [{ tool: "acme-agent", models: [], lines: 1 }],
    },
    {
      why: "version 4, whose metadata hold more",
      text: note(["a.ts", "  abcd1234abcd1234 1-3"], {
        schema_version: "authorship/4.0.0",
        change_history: [{ at: "2026-09-01T10:00:00Z" }],
        prompts: { abcd1234abcd1234: session("claude", "claude-opus-5-5"), ffff1234abcd1234: session("amp") },
      }),
      tools: [
        { tool: "Claude Code", models: ["claude-opus-5-5"], lines: 3 },
        { tool: "Amp", models: [], lines: 0 },
      ],
    },
    {
      why: "a session called like a property of every object",
      text: note(["a.ts", "  constructor 7"]),
      tools: [{ tool: "AI (not named)", models: [], lines: 1 }],
    },
    {
      why: "keys that are not known, and CRLF",
      text: note(["a.ts", "  s_1::t_1 7"], {
        sessions: { s_1: { ...session("amp"), custom_attributes: {} } },
        x: 1,
      }).replaceAll("\n", "\r\n"),
      tools: [{ tool: "Amp", models: [], lines: 1 }],
    },
  ])("reads $why", ({ text, tools }) => {
    expect(readGitAiNote(text)).toMatchObject({ ok: true, attestation: { tools } });
  });

  test.each([
    { why: "no divider", text: "a.ts\n  s_1::t_1 7\n{}", says: "no line ---" },
    { why: "no JSON", text: "a.ts\n---\n{", says: "no JSON" },
    { why: "no version", text: "a.ts\n---\n{}", says: "schema_version" },
    {
      why: "another version",
      text: note([], { schema_version: "authorship/5.0.0" }),
      says: "authorship/5.0.0 is neither 3 nor 4",
    },
    {
      why: "metadata of another shape",
      text: note([], { sessions: { s_1: {} } }),
      says: "sessions.s_1.agent_id",
    },
    { why: "lines before any file", text: note(["  s_1::t_1 7"]), says: "line 1 is neither" },
    { why: "one blank of indentation", text: note(["a.ts", " s_1::t_1 7"]), says: "line 2 is neither" },
    { why: "line 0", text: note(["a.ts", "  s_1::t_1 0"]), says: "line 2 is neither" },
    { why: "a range backwards", text: note(["a.ts", "  s_1::t_1 9-7"]), says: "line 2 is neither" },
    { why: "an endless range", text: note(["a.ts", "  s_1::t_1 1-999999999"]), says: "line 2 is neither" },
    { why: "blanks in a range", text: note(["a.ts", "  s_1::t_1 1, 2"]), says: "line 2 is neither" },
    { why: "nothing at all", text: "", says: "no line ---" },
  ])("is refused for $why", ({ text, says }) => {
    const read = readGitAiNote(text);
    expect(read).toMatchObject({ ok: false, reason: expect.stringContaining(says) });
  });

  test("is never read with an exception", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a.ts", "  s_1 1", "---", "{}", "{", "  ", "\n", "\r", "1-2,")),
        (parts) => {
          expect(typeof readGitAiNote(parts.join("\n")).ok).toBe("boolean");
        },
      ),
    );
  });

  test("of a million lines is read in proportion", () => {
    const text = note(["a.ts", ...Array.from({ length: 30_000 }, (_, at) => `  s_1::t_${at} 1-3,5,7-900`)]);
    const time = threadTime(() => {
      expect(readGitAiNote(text).ok).toBe(true);
      expect(readGitAiNote(note(["a.ts", `  s_1::t_1 ${"1,".repeat(500_000)}1`])).ok).toBe(true);
    });
    expect(time).toBeLessThan(4_000);
  });
});

describe("what a note attests is evidence on its commit", () => {
  const read = readGitAiNote(WRITTEN);
  const evidence = read.ok ? attestedEvidence(read.attestation, BESIDE) : [];

  test("names each tool with its lines", () => {
    expect(evidence).toEqual([
      {
        tool: "Claude Code",
        kind: "attested",
        strength: "strong",
        where: BESIDE,
        text: "git-ai: 52 lines by Claude Code (claude-opus-4-8, claude-fable-5)",
      },
      expect.objectContaining({ tool: "Cursor", text: "git-ai: 12 lines by Cursor (gpt-5.4)" }),
    ]);
  });

  test("is weak for a tool of which no line is left", () => {
    const without = readGitAiNote(note([], { sessions: { s_1: session("codex") } }));
    expect(without.ok && attestedEvidence(without.attestation, BESIDE)).toEqual([
      expect.objectContaining({ strength: "weak", text: "git-ai: 0 lines by OpenAI Codex" }),
    ]);
  });
});

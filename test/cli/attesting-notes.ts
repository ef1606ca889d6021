import type { TemporaryRepository } from "./temporary-repository.ts";

/** What git-ai keeps of a commit in which Cursor wrote three lines. */
export const CURSOR_NOTE = [
  "infra/main.tf",
  "  s_00000000000001::t_0000000000000a 1-3",
  "---",
  JSON.stringify({
    schema_version: "authorship/3.0.0",
    base_commit_sha: "a".repeat(40),
    prompts: {},
    sessions: { s_00000000000001: { agent_id: { tool: "cursor", id: "c1", model: "gpt-5.4" } } },
  }),
].join("\n");

/** An Agent Trace record of four lines by Codex. */
export const CODEX_TRACE = JSON.stringify({
  version: "0.1.0",
  tool: { name: "codex" },
  files: [
    {
      path: "infra/main.tf",
      conversations: [{ contributor: { type: "ai" }, ranges: [{ start_line: 1, end_line: 4 }] }],
    },
  ],
});

export function addNote(
  repository: TemporaryRepository,
  commit: string,
  note: string,
  ref: "ai" | "agent-trace" = "ai",
): void {
  const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  repository.git(...identity, "notes", `--ref=refs/notes/${ref}`, "add", "-f", "-m", note, commit);
}

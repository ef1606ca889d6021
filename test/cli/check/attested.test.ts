import { afterAll, expect, test } from "@jest/globals";
import { addNote, CODEX_TRACE, CURSOR_NOTE } from "../attesting-notes.ts";
import { run } from "../run-cli.ts";
import { BEN, createRepository, removeTemporaryDirectories } from "../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

function branchWith(files: Readonly<Record<string, string>> = {}) {
  return createRepository(
    { branch: "main", files: { CODEOWNERS: "* @mona\n", "infra/main.tf": "one\n" } },
    { branch: "topic", from: "main", author: BEN, files: { "infra/main.tf": "1\n2\n3\n", ...files } },
  );
}

function branchWithNote(note: string, ref?: "agent-trace") {
  const repository = branchWith();
  addNote(repository, "topic", note, ref);
  return repository;
}

test("what git-ai attests beside a commit without any mark makes it AI-written", async () => {
  const { directory } = branchWithNote(CURSOR_NOTE);

  const { code, stdout } = await run(directory, "check", "--base", "main", "--head", "topic");

  expect(code).toBe(1);
  expect(stdout).toContain("Cursor, strong: attestation “git-ai: 3 lines by Cursor (gpt-5.4)”");
});

test("a note that cannot be read is said so and decides nothing", async () => {
  const { directory } = branchWithNote("---\nno json");

  const { code, stdout } = await run(directory, "check", "--base", "main", "--head", "topic");

  expect(code).toBe(0);
  expect(stdout.replace(/\s+/g, " ")).toMatch(/The authorship record of [0-9a-f]{7} cannot be read/);
});

test("an Agent Trace record beside a commit counts in the same way", async () => {
  const { directory } = branchWithNote(CODEX_TRACE, "agent-trace");

  const { code, stdout } = await run(directory, "check", "--base", "main", "--head", "topic");

  expect(code).toBe(1);
  expect(stdout).toContain("OpenAI Codex, strong: attestation “Agent Trace: 4 lines by OpenAI Codex”");
});

test("records that the branch adds to the file of traces count, those of the base do not", async () => {
  const path = ".agent-trace/traces.jsonl";
  const { directory } = branchWith({ [path]: `${CODEX_TRACE}\n${CODEX_TRACE}\n` });
  const check = (base: string) => run(directory, "check", "--base", base, "--head", "topic");

  expect((await check("main")).stdout).toContain("“Agent Trace: 8 lines by OpenAI Codex”");
  expect((await check("topic")).stdout).not.toContain("Agent Trace");
});

import { afterAll, expect, test } from "@jest/globals";
import { run } from "./run-cli.ts";
import { BEN, createRepository, removeTemporaryDirectories } from "./temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const NOTE = [
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

function branchWithNote(note: string) {
  const repository = createRepository(
    { branch: "main", files: { CODEOWNERS: "* @mona\n", "infra/main.tf": "one\n" } },
    { branch: "topic", from: "main", author: BEN, files: { "infra/main.tf": "1\n2\n3\n" } },
  );
  repository.git(
    "-c",
    "user.name=Ada",
    "-c",
    "user.email=ada@example.com",
    "notes",
    "--ref=refs/notes/ai",
    "add",
    "-m",
    note,
    "topic",
  );
  return repository;
}

test("what git-ai attests beside a commit without any mark makes it AI-written", async () => {
  const { directory } = branchWithNote(NOTE);

  const { code, stdout } = await run(directory, "check", "--base", "main", "--head", "topic");

  expect(code).toBe(1);
  expect(stdout).toContain("Cursor, strong: attestation “git-ai: 3 lines by Cursor (gpt-5.4)”");
});

test("a note that cannot be read is said so and decides nothing", async () => {
  const { directory } = branchWithNote("---\nno json");

  const { code, stdout } = await run(directory, "check", "--base", "main", "--head", "topic");

  expect(code).toBe(0);
  expect(stdout.replace(/\s+/g, " ")).toMatch(/kept beside [0-9a-f]{7} about its authors cannot be read/);
});

import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { run, runProcess } from "../../run-cli.ts";
import {
  createRepository,
  KIRO,
  removeTemporaryDirectories,
  temporaryDirectory,
} from "../../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const topic = () =>
  createRepository(
    { branch: "main", files: { ".github/CODEOWNERS": "* @mona\n", "infra/main.tf": "1\n" } },
    { branch: "topic", from: "main", author: KIRO, files: { "infra/main.tf": "2\n" } },
  );

describe("nothing around the repository bends what is read", () => {
  test.each([
    { why: "GIT_DIR, as a hook sets it", environment: { GIT_DIR: "/nowhere", GIT_INDEX_FILE: "/nowhere" } },
    { why: "a diff program", environment: { GIT_EXTERNAL_DIFF: "false", GIT_DIFF_OPTS: "--unified=0" } },
    { why: "tracing", environment: { GIT_TRACE: "1" } },
    { why: "another language", environment: { LC_ALL: "de_DE.UTF-8", LANGUAGE: "de" } },
  ])("$why", async ({ environment }) => {
    const { directory } = topic();

    const { code, stderr } = await runProcess(directory, ["check"], environment);

    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  });

  test.each([
    ["diff.external", "false"],
    ["diff.noprefix", "true"],
    ["diff.renames", "false"],
    ["core.pager", "false"],
    ["core.fsmonitor", "false"],
    ["log.showSignature", "true"],
    ["log.date", "iso"],
    ["color.ui", "always"],
    ["core.quotePath", "true"],
    ["i18n.logOutputEncoding", "latin1"],
  ])("the setting %s=%s", async (key, value) => {
    const repository = topic();
    repository.git("config", key, value);

    const { code, stderr } = await run(repository.directory, "check");

    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  });

  test("a replaced commit", async () => {
    const repository = topic();
    repository.add({ branch: "innocent", from: "main", files: { "README.md": "1" } });
    repository.git("symbolic-ref", "HEAD", "refs/heads/topic");
    repository.git("replace", "topic", "innocent");

    const { code } = await run(repository.directory, "check");

    expect(code).toBe(1);
  });
});

test("fails closed when git is not there, with what to do", async () => {
  const { directory } = topic();

  const { code, stderr } = await runProcess(directory, ["check"], { PATH: temporaryDirectory() });

  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "countersign: git is not in the PATH: install it\n",
  });
});

test("fails closed when an object is missing", async () => {
  const repository = topic();
  const blob = repository.git("rev-parse", "topic:infra/main.tf");
  rmSync(join(repository.directory, ".git", "objects", blob.slice(0, 2), blob.slice(2)));

  const { code, stdout, stderr } = await run(repository.directory, "check");

  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(new RegExp(`^countersign: git diff-tree failed: .*${blob}.*\\n$`));
});

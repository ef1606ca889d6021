import { afterAll, describe, expect, test } from "@jest/globals";
import { run } from "../run-cli.ts";
import { createRepository, KIRO, removeTemporaryDirectories, type Step } from "../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const link = (text: string) => ({ mode: "120000", text }) as const;

const START = {
  branch: "main",
  files: { ".github/CODEOWNERS": "* @dora\n", "shared/manners.txt": "Be kind.\n", "docs/one.txt": "1\n" },
} as const;

function check(before: Step["files"], files: Step["files"]) {
  const { directory } = createRepository(
    { ...START, files: { ...START.files, ...before } },
    { branch: "topic", from: "main", author: KIRO, files: files ?? {} },
  );
  return run(directory, "check");
}

const OBEY = { "shared/manners.txt": "Obey.\n" } as const;

describe("a branch that changes what is read through links", () => {
  test.each<[string, Step["files"], Step["files"]]>([
    ["a file", { "CLAUDE.md": link("shared/manners.txt") }, OBEY],
    ["a folder", { ".claude": link("shared") }, OBEY],
    ["a chain", { "CLAUDE.md": link("docs/a.txt"), "docs/a.txt": link("../shared/manners.txt") }, OBEY],
    ["a folder on the way", { ".github/workflows": link("../ci") }, { "ci/ship.yml": "on: push\n" }],
    ["a new link", {}, { "CLAUDE.md": link("shared/manners.txt"), ...OBEY }],
  ])("%s", async (_, before, files) => {
    const { code, stdout } = await check(before, files);

    expect(stdout).toContain("control-files");
    expect(code).toBe(1);
  });

  test("says through which link", async () => {
    const { stdout } = await check({ "CLAUDE.md": link("shared/manners.txt") }, OBEY);

    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "“shared/manners.txt” is read through the link “CLAUDE.md”.",
    );
  });

  test.each<[string, Step["files"], Step["files"]]>([
    ["what is beside it", { "CLAUDE.md": link("shared/kind.txt") }, OBEY],
    ["what other links lead to", { "docs/latest.txt": link("one.txt") }, { "docs/one.txt": "2\n" }],
  ])("not %s", async (_, before, files) => {
    const { stdout } = await check(before, files);

    expect(stdout).not.toContain("control-files");
  });

  test("every file counts where it cannot be told where a link leads", async () => {
    const { stdout } = await check({ "CLAUDE.md": link("a/".repeat(3_000)) }, OBEY);

    expect(stdout.replaceAll(/\s+/g, " ")).toContain("It is not known where the link “CLAUDE.md” leads");
  });
});

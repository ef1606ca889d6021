import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect } from "@jest/globals";
import { holdHarmless } from "../cli/prepared/hold.ts";
import { row } from "../cli/prepared/row.ts";
import type { Story } from "../cli/prepared/story.ts";
import { run, runProcess, runWith } from "../cli/run-cli.ts";
import { KIRO, removeTemporaryDirectories, temporaryDirectory } from "../cli/temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const pipe = (path: string): void => {
  rmSync(path, { force: true });
  execFileSync("mkfifo", [path]);
};

/** A git that has a second to say something. */
const HURRIED = { limits: { silence: 1_000, output: 1 << 20 } };

describe("Input without end", () => {
  row.each([
    [
      "a pipe as a config",
      (story: Story) => pipe(join(story.directory, "x")),
      ["check", "--config", "x"],
      /is a pipe/,
    ],
    [
      "a pipe as a snapshot",
      (story: Story) => pipe(join(story.directory, "x")),
      ["check", "--snapshot", "x"],
      /is a pipe/,
    ],
    [
      "a pipe as a page",
      (story: Story) => pipe(join(story.directory, "x")),
      ["scan", "--html", "x"],
      /is a pipe/,
    ],
    [
      "a pipe as CODEOWNERS",
      (story: Story) => pipe(join(story.directory, "CODEOWNERS")),
      ["validate", "CODEOWNERS"],
      /is a pipe/,
    ],
    ["a device", () => {}, ["check", "--config", "/dev/zero"], /is a device/],
    [
      "a folder",
      (story: Story) => mkdirSync(join(story.directory, "x")),
      ["check", "--config", "x"],
      /is a folder/,
    ],
    [
      "a config of many megabytes",
      (story: Story) => writeFileSync(join(story.directory, "x"), "#".repeat(2 << 20)),
      ["check", "--config", "x"],
      /larger than/,
    ],
    [
      "a pipe as HEAD",
      (story: Story) => pipe(join(story.gitDirectory, "HEAD")),
      ["check"],
      /no ordinary file/,
    ],
    [
      "a pipe as the settings",
      (story: Story) => pipe(join(story.gitDirectory, "config")),
      ["check"],
      /no ordinary file/,
    ],
    [
      "a pipe as a pack",
      (story: Story) => pipe(join(story.gitDirectory, "objects", "pack", "x.pack")),
      ["scan"],
      /no ordinary file/,
    ],
  ])(
    "F06",
    "a file is a pipe, a device, a folder or too large: %s",
    async (story, _what, prepare, args, says) => {
      prepare(story);

      const ran = await run(story.directory, ...args);

      expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 2, stdout: "" });
      expect(ran.stderr).toMatch(says);
      expect(ran.stderr).toMatch(/^.+\n$/);
      holdHarmless(story, ran);
    },
  );

  row.each([
    ["a branch that is a pipe", (story: Story) => pipe(join(story.gitDirectory, "refs", "heads", "topic"))],
    [
      "settings that include a pipe",
      (story: Story) => {
        pipe(join(story.gitDirectory, "pipe"));
        story.repository.git("config", "include.path", "pipe");
      },
    ],
  ])("F06", "the repository makes git wait for ever: %s", async (story, _what, prepare) => {
    prepare(story);

    const ran = await runWith(HURRIED, story.directory, ["check"]);

    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/^countersign: git [a-z-]+ failed: no answer in 1 seconds\n$/);
    holdHarmless(story, ran);
  });

  row("F06", "the git of the machine never answers", async (story) => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, "git"), "#!/bin/sh\nexec sleep 60\n");
    chmodSync(join(folder, "git"), 0o755);
    const path = process.env.PATH;
    process.env.PATH = `${folder}:${path}`;

    const { code, stderr } = await runWith(HURRIED, story.directory, ["check"]).finally(() => {
      process.env.PATH = path;
    });

    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "countersign: git rev-parse failed: no answer in 1 seconds\n",
    });
  });

  row("F06", "git answers with more than is held in memory", async (story) => {
    story.repository.add({ branch: "topic", files: { "a.jsonl": "1\n".repeat(1 << 20) } });

    const ran = await runWith({ limits: { silence: 60_000, output: 1 << 5 } }, story.directory, ["check"]);

    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toMatch(/^countersign: git answered with .*more than 32 bytes\n$/);
  });
});

describe("Input of many megabytes", () => {
  row("F06", "a message of 32 MB is refused by check, and read by scan and explain", async (story) => {
    const line = "Co-authored-by: Claude <noreply@anthropic.com> \\n > \n";
    story.repository.add({
      branch: "topic",
      message: line.repeat(Math.ceil((32 << 20) / line.length)),
      files: { a: "1" },
    });

    const checked = await runProcess(story.directory, ["check"], {
      NODE_OPTIONS: "--max-old-space-size=600",
    });
    expect(checked.code).toBe(2);
    expect(checked.stderr).toMatch(
      /^countersign: the message of [0-9a-f]{12} is longer than 1048576 characters: .*\n$/,
    );
    const scanned = await runProcess(story.directory, ["scan"], { NODE_OPTIONS: "--max-old-space-size=600" });
    expect(scanned.code).toBe(0);
  });

  row.each([
    ["a content that is small when packed", { "infra/big.tf": "\0".repeat(300 << 20) }],
    ["a text of one line", { "infra/big.tf": "a".repeat(80 << 20) }],
  ])(
    "F06",
    "a change of hundreds of megabytes is judged without reading it: %s",
    async (story, _what, files) => {
      story.repository.add({ branch: "topic", author: KIRO, message: "Add", files });

      const ran = await runProcess(story.directory, ["check"], { NODE_OPTIONS: "--max-old-space-size=300" });

      expect(ran).toMatchObject({ code: 1, stderr: "" });
      expect(ran.stdout).toContain("infra/big.tf");
      holdHarmless(story, ran);
    },
  );
});

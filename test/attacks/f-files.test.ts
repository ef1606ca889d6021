import { execFileSync } from "node:child_process";
import { cpSync, linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect } from "@jest/globals";
import { holdHarmless } from "../cli/prepared/hold.ts";
import { row } from "../cli/prepared/row.ts";
import type { Story } from "../cli/prepared/story.ts";
import { run } from "../cli/run-cli.ts";
import {
  createRepository,
  isolatedEnvironment,
  removeTemporaryDirectories,
  temporaryDirectory,
} from "../cli/temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const link = (story: Story, path: string, to: string) => {
  rmSync(join(story.directory, path), { recursive: true, force: true });
  symlinkSync(join(story.outside, to), join(story.directory, path));
};

/** A repository of somebody else's whose only commit speaks of the secret. */
function foreignRepository() {
  return createRepository({
    branch: "main",
    message: "s3cr3t-of-somebody-else",
    files: { a: "s3cr3t-of-somebody-else" },
  });
}

describe("Files that are not what they seem", () => {
  row.each([
    ["CODEOWNERS", ["validate"], (story: Story) => link(story, ".github/CODEOWNERS", "secret")],
    ["the config", ["validate"], (story: Story) => link(story, ".github/countersign.yml", "secret")],
    ["the folder of both", ["validate"], (story: Story) => link(story, ".github", "folder")],
    [
      "a named file",
      ["validate", "docs/CODEOWNERS"],
      (story: Story) => {
        mkdirSync(join(story.directory, "docs"));
        link(story, "docs/CODEOWNERS", "secret");
      },
    ],
    [
      "a config to be tried",
      ["check", "--config", "try.yml"],
      (story: Story) => link(story, "try.yml", "secret"),
    ],
    [
      "the organization's config",
      ["check", "--organization-config", "try.yml"],
      (story: Story) => link(story, "try.yml", "secret"),
    ],
    [
      "a config behind a folder",
      ["scan", "--config", "conf/countersign.yml"],
      (story: Story) => link(story, "conf", "folder"),
    ],
    [
      "a snapshot",
      ["check", "--snapshot", "seen.json"],
      (story: Story) => link(story, "seen.json", "secret"),
    ],
    [
      "a page to be written",
      ["scan", "--html", "page.html"],
      (story: Story) => link(story, "page.html", "victim"),
    ],
    [
      "a page to be written that is not there yet",
      ["scan", "--html", "page.html"],
      (story: Story) => link(story, "page.html", "new"),
    ],
    [
      "the folder of a page",
      ["scan", "--html", "out/page.html"],
      (story: Story) => link(story, "out", "folder"),
    ],
    ["the folder to be read", ["check", "--repo", "there"], (story: Story) => link(story, "there", "folder")],
  ])(
    "F02",
    "a file or folder that is named, read or written is a link: %s",
    async (story, _what, args, prepare) => {
      prepare(story);

      const ran = await run(story.directory, ...args);

      expect(ran.code).toBe(2);
      expect(ran.stderr).toMatch(/^countersign: \S+ is a symbolic link, which is not followed: .*\n$/);
      holdHarmless(story, ran);
    },
  );

  row.each([
    ["a committed CODEOWNERS", ".github/CODEOWNERS", ["check"]],
    ["a committed config", ".github/countersign.yml", ["check", "--base", "HEAD", "--head", "main"]],
  ])("F02", "what a commit holds is a link: %s", async (story, _what, path, args) => {
    const linked = { [path]: { mode: "120000", text: join(story.outside, "secret") } } as const;
    story.repository.add({ branch: "main", files: linked }, { branch: "topic", files: linked });

    const ran = await run(story.directory, ...args);

    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(`${path} is a symbolic link, which is not followed`);
    holdHarmless(story, ran);
  });

  row("F02", "a page to be written is also somebody else's file by a second name", async (story) => {
    linkSync(join(story.outside, "victim"), join(story.directory, "page.html"));

    const ran = await run(story.directory, "scan", "--html", "page.html");

    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("page.html has another name (a hard link)");
    holdHarmless(story, ran);
  });

  row.each([
    [
      "a .git that points at somebody else's repository",
      (story: Story) => {
        rmSync(story.gitDirectory, { recursive: true });
        writeFileSync(story.gitDirectory, `gitdir: ${join(foreignRepository().directory, ".git")}\n`);
      },
      /does not point back/,
    ],
    [
      "a .git that is a link to one",
      (story: Story) => {
        rmSync(story.gitDirectory, { recursive: true });
        symlinkSync(join(foreignRepository().directory, ".git"), story.gitDirectory);
      },
      /symbolic link/,
    ],
    [
      "a common directory of somebody else's",
      (story: Story) => {
        writeFileSync(
          join(story.gitDirectory, "commondir"),
          `${join(foreignRepository().directory, ".git")}\n`,
        );
      },
      /does not know of it/,
    ],
    [
      "objects that are a link",
      (story: Story) => {
        const objects = join(story.gitDirectory, "objects");
        renameSync(objects, join(story.gitDirectory, "mine"));
        symlinkSync(join(foreignRepository().directory, ".git", "objects"), objects);
      },
      /symbolic link/,
    ],
    [
      "packs that are a link",
      (story: Story) => {
        const pack = join(story.gitDirectory, "objects", "pack");
        rmSync(pack, { recursive: true });
        symlinkSync(join(foreignRepository().directory, ".git", "objects", "pack"), pack);
      },
      /symbolic link/,
    ],
    [
      "settings that are a link",
      (story: Story) => {
        rmSync(join(story.gitDirectory, "config"));
        symlinkSync(join(story.outside, "secret"), join(story.gitDirectory, "config"));
      },
      /symbolic link/,
    ],
    [
      "alternates in somebody else's repository",
      (story: Story) => {
        const foreign = foreignRepository();
        const objects = join(foreign.directory, ".git", "objects");
        writeFileSync(join(story.gitDirectory, "objects", "info", "alternates"), `${objects}\n`);
        writeFileSync(
          join(story.gitDirectory, "refs", "heads", "topic"),
          `${foreign.git("rev-parse", "main")}\n`,
        );
      },
      /outside the repository: if you trust that, set GIT_ALTERNATE_OBJECT_DIRECTORIES/,
    ],
  ])("F02", "the repository takes its parts from elsewhere: %s", async (story, _what, prepare, says) => {
    prepare(story);

    for (const args of [["check"], ["scan"], ["owners"], ["explain", "HEAD"]]) {
      const ran = await run(story.directory, ...args);

      expect({ args, code: ran.code }).toEqual({ args, code: 2 });
      expect(ran.stderr).toMatch(says);
      holdHarmless(story, ran);
    }
  });
});

describe("A repository inside of another's folder", () => {
  /** It says that nothing of production was touched, and would run a program. */
  function embed(story: Story, folder: string): string {
    const place = join(story.directory, folder);
    const innocent = createRepository(
      { branch: "main", files: { a: "1" } },
      { branch: "topic", from: "main" },
    );
    execFileSync("git", ["clone", "--quiet", "--bare", innocent.directory, place], {
      env: isolatedEnvironment(temporaryDirectory()),
    });
    for (const key of ["core.fsmonitor", "core.pager", "diff.external", "core.sshCommand"]) {
      execFileSync("git", ["-C", place, "config", key, story.program]);
    }
    return place;
  }

  row.each([
    ["its own folder", "vendor", "vendor"],
    ["a folder in it", "vendor", "vendor/refs"],
    ["a folder with a name of git's", "infra/.git2", "infra/.git2"],
  ])(
    "F03",
    "--repo names a repository committed inside a folder: %s",
    async (story, _what, folder, named) => {
      const place = embed(story, folder);

      for (const args of [["check"], ["scan"], ["owners"], ["explain", "HEAD"]]) {
        const asked = args[0] === "scan" ? ["scan", named] : [...args, "--repo", named];
        const ran = await run(story.directory, ...asked);

        expect({ args, code: ran.code }).toEqual({ args, code: 2 });
        expect(ran.stderr).toContain(
          `${place} looks like a repository, but lies in the repository at ${story.directory}`,
        );
        holdHarmless(story, ran);
      }
    },
  );

  row("F03", "a repository committed inside a folder lies beside what is read", async (story) => {
    embed(story, "vendor");

    const ran = await run(story.directory, "check");

    expect(ran.code).toBe(1);
    holdHarmless(story, ran);
  });

  row("F03", "a bare repository that lies in no other is named, and read", async (story) => {
    const bare = join(temporaryDirectory(), "shop.git");
    cpSync(story.gitDirectory, bare, { recursive: true });
    execFileSync("git", ["-C", bare, "config", "core.bare", "true"], { env: isolatedEnvironment(bare) });

    expect((await run("/", "check", "--repo", bare)).code).toBe(1);
  });
});

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterAll, describe, expect } from "@jest/globals";
import { forgeCommitGraph } from "../cli/prepared/commit-graph.ts";
import { holdHarmless } from "../cli/prepared/hold.ts";
import { row } from "../cli/prepared/row.ts";
import type { Story } from "../cli/prepared/story.ts";
import { run, runProcess } from "../cli/run-cli.ts";
import { isolatedEnvironment, removeTemporaryDirectories } from "../cli/temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const inGit = ({ gitDirectory }: Story, path: string, text: string): void =>
  writeFileSync(join(gitDirectory, path), text);

const config = ({ repository }: Story, settings: Readonly<Record<string, string>>): void => {
  for (const [key, value] of Object.entries(settings)) repository.git("config", "--add", key, value);
};

/** The file of a loose object. */
const objectFile = ({ gitDirectory }: Story, id: string): string =>
  join(gitDirectory, "objects", id.slice(0, 2), id.slice(2));

/** Puts an object where another is looked for. */
function forge(story: Story, id: string, type: string, bytes: Buffer): void {
  const file = objectFile(story, id);
  mkdirSync(join(file, ".."), { recursive: true });
  rmSync(file, { force: true });
  writeFileSync(file, deflateSync(Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes])));
}

const objectIn = ({ directory }: Story, type: string, name: string): Buffer =>
  execFileSync("git", ["-C", directory, "cat-file", type, name]);

/** A commit as written, on top of `topic`. */
function addRaw(story: Story, change: (raw: string) => string): void {
  const raw = execFileSync("git", ["-C", story.directory, "cat-file", "commit", story.agents], {
    encoding: "latin1",
  });
  const bytes = Buffer.from(change(raw), "latin1");
  const written = execFileSync(
    "git",
    ["-C", story.directory, "hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
    {
      input: bytes,
      encoding: "utf8",
      env: isolatedEnvironment(story.directory),
    },
  );
  story.repository.git("update-ref", "refs/heads/topic", written.trim());
}

const byPeople = (raw: string): string =>
  raw.replaceAll(/(author|committer) .*>/g, "$1 Ben <ben@example.com>").replace(/\n\n.*$/s, "\n\nTidy\n");

/** Every setting of git's that names a program. */
const PROGRAMS = (program: string): Readonly<Record<string, string>> => ({
  "alias.log": `!${program}`,
  "core.alternateRefsCommand": program,
  "core.askPass": program,
  "core.editor": program,
  "core.fsmonitor": program,
  "core.gitProxy": program,
  "core.hooksPath": program,
  "core.pager": program,
  "core.sshCommand": program,
  "credential.helper": program,
  "diff.any.command": program,
  "diff.any.textconv": program,
  "diff.external": program,
  "filter.any.clean": program,
  "filter.any.process": program,
  "filter.any.smudge": program,
  "gpg.program": program,
  "gpg.ssh.defaultKeyCommand": program,
  "interactive.diffFilter": program,
  "log.showSignature": "true",
  "merge.any.driver": program,
  "pager.log": program,
  "pager.diff-tree": program,
  "sequence.editor": program,
  "uploadpack.packObjectsHook": program,
});

describe("What stands in .git beside the objects", () => {
  row.each([
    [
      "grafts",
      (story: Story) => {
        mkdirSync(join(story.gitDirectory, "info"), { recursive: true });
        inGit(story, "info/grafts", `${story.head} ${story.main}\n`);
      },
    ],
    [
      "a replaced commit",
      (story: Story) => {
        story.repository.add({ branch: "innocent", from: "main", files: { "README.md": "3\n" } });
        story.repository.git("symbolic-ref", "HEAD", "refs/heads/topic");
        story.repository.git("replace", story.agents, "innocent");
      },
    ],
    ["a rewritten commit-graph", forgeCommitGraph],
    [
      "a mailmap in the settings and in the work tree",
      (story: Story) => {
        const map =
          "Ada <1001+ada@users.noreply.github.com> <245459735+kiro-agent[bot]@users.noreply.github.com>\n";
        writeFileSync(join(story.directory, ".mailmap"), map);
        story.repository.git("add", ".mailmap");
        const id = story.repository.git("rev-parse", ":.mailmap");
        config(story, {
          "mailmap.blob": id,
          "mailmap.file": join(story.directory, ".mailmap"),
          "log.mailmap": "true",
        });
      },
    ],
    [
      "attributes",
      (story: Story) => {
        mkdirSync(join(story.gitDirectory, "info"), { recursive: true });
        inGit(story, "info/attributes", "* -diff binary diff=any filter=any export-ignore\n");
        config(story, PROGRAMS(story.program));
      },
    ],
    ["a setting for every program", (story: Story) => config(story, PROGRAMS(story.program))],
    [
      "hooks",
      (story: Story) => {
        mkdirSync(join(story.gitDirectory, "hooks"), { recursive: true });
        for (const name of [
          "post-index-change",
          "reference-transaction",
          "fsmonitor-watchman",
          "post-checkout",
        ]) {
          inGit(story, `hooks/${name}`, readFileSync(story.program, "utf8"));
          chmodSync(join(story.gitDirectory, "hooks", name), 0o755);
        }
      },
    ],
    [
      "settings that change what git prints",
      (story: Story) =>
        config(story, {
          "color.ui": "always",
          "core.abbrev": "4",
          "core.notesRef": "refs/notes/other",
          "core.quotePath": "true",
          "diff.ignoreSubmodules": "all",
          "diff.noprefix": "true",
          "diff.orderFile": join(story.outside, "secret"),
          "diff.relative": "true",
          "diff.renames": "copies",
          "format.pretty": "oneline",
          "i18n.logOutputEncoding": "utf-16",
          "log.date": "iso",
          "log.diffMerges": "first-parent",
          "log.follow": "true",
          "log.showRoot": "false",
          "notes.displayRef": "refs/notes/*",
        }),
    ],
    [
      "a settings file that includes somebody else's",
      (story: Story) => config(story, { "include.path": join(story.outside, "secret") }),
    ],
    ["another work tree", (story: Story) => config(story, { "core.worktree": story.outside })],
    ["a mark that it is bare", (story: Story) => config(story, { "core.bare": "true" })],
    [
      "settings of the work tree",
      (story: Story) => {
        config(story, { "core.repositoryFormatVersion": "1", "extensions.worktreeConfig": "true" });
        inGit(
          story,
          "config.worktree",
          `[core]\n\tfsmonitor = ${story.program}\n\tpager = ${story.program}\n`,
        );
      },
    ],
  ])("F04", "something in .git bends what git answers: %s", async (story, _what, prepare) => {
    prepare(story);

    const ran = await run(story.directory, "check");

    expect(ran).toMatchObject({ code: 1, stderr: "" });
    expect(ran.stdout).toContain("2 commits, 2 files");
    expect(ran.stdout).toContain("Kiro, certain: author");
    holdHarmless(story, ran);
    for (const args of [["scan", "--json"], ["explain", story.agents], ["owners"]]) {
      const other = await run(story.directory, ...args);
      expect({ args, code: other.code }).toEqual({ args, code: 0 });
      expect(other.stdout).toContain(args[0] === "owners" ? "@mona" : "Kiro");
      holdHarmless(story, other);
    }
  });

  row.each([
    ["a shallow file that cuts the history", (story: Story) => inGit(story, "shallow", `${story.head}\n`)],
    [
      "an object under another's name",
      (story: Story) => {
        const raw = byPeople(story.repository.git("cat-file", "commit", story.agents));
        forge(story, story.agents, "commit", Buffer.from(raw));
      },
    ],
    [
      "the base's files under the name of the head's",
      (story: Story) => {
        const id = story.repository.git("rev-parse", "topic^{tree}");
        forge(story, id, "tree", objectIn(story, "tree", "main^{tree}"));
      },
    ],
    [
      "another folder under the name of that of the owners",
      (story: Story) => {
        const id = story.repository.git("rev-parse", "main:.github");
        forge(story, id, "tree", objectIn(story, "tree", "main:infra"));
      },
    ],
    [
      "an older commit of the base that claims to come after the head",
      (story: Story) => {
        for (const text of ["1", "2"])
          story.repository.add({ branch: "main", message: "More", files: { "a.md": text } });
        story.repository.git("checkout", "--quiet", "-f", "topic");
        const raw = objectIn(story, "commit", "main~1").toString("latin1");
        const forged = raw.replace("\nauthor ", `\nparent ${story.head}\nauthor `);
        forge(story, story.repository.git("rev-parse", "main~1"), "commit", Buffer.from(forged, "latin1"));
      },
    ],
    [
      "a missing content that a remote would bring",
      (story: Story) => {
        config(story, {
          "core.repositoryFormatVersion": "1",
          "extensions.partialClone": "origin",
          "remote.origin.promisor": "true",
          "remote.origin.url": `ext::${story.program} %S`,
          "protocol.ext.allow": "always",
          "remote.origin.uploadpack": story.program,
        });
        rmSync(objectFile(story, story.repository.git("rev-parse", "main:infra/main.tf")), { force: true });
      },
    ],
  ])("F04", "something in .git is missing, forged or cut off: %s", async (story, _what, prepare) => {
    story.repository.git("config", "gc.auto", "0");
    prepare(story);

    const ran = await run(story.directory, "check");

    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/^countersign: .+\n$/);
    holdHarmless(story, ran);
  });

  row("F04", "a setting hides what the first commit changes", async (story) => {
    config(story, { "log.showRoot": "false" });

    const { stdout } = await run(story.directory, "explain", story.main);

    expect(stdout).toContain("it changes 3 paths");
    expect(stdout).toContain("infra/main.tf");
  });

  row(
    "F04",
    "a program called git lies in the repository, and the search path leads there",
    async (story) => {
      const bin = join(story.directory, "node_modules", ".bin");
      mkdirSync(bin, { recursive: true });
      for (const folder of [bin, story.directory]) {
        writeFileSync(join(folder, "git"), readFileSync(story.program));
        chmodSync(join(folder, "git"), 0o755);
      }

      const ran = await runProcess(story.directory, ["check"], { PATH: `${bin}:.::${process.env.PATH}` });

      expect(ran.code).toBe(1);
      holdHarmless(story, ran);
    },
  );
});

describe("A commit that is written oddly", () => {
  const CLAUDE = "Co-authored-by: Claude <noreply@anthropic.com>\n";

  row.each([
    ["a mark behind a zero byte", (raw: string) => `${byPeople(raw)}\0\n\n${CLAUDE}`],
    [
      "a mark in an encoding that is none",
      (raw: string) => `${byPeople(raw).replace("\n\n", "\nencoding UTF-16\n\n")}\n${CLAUDE}`,
    ],
    [
      "a mark behind bytes that another encoding joins",
      (raw: string) => `${byPeople(raw).replace("\n\n", "\nencoding Shift_JIS\n\n")}\x81\n${CLAUDE}`,
    ],
    [
      "two authors, the agent first",
      (raw: string) =>
        byPeople(raw).replace(
          /\nauthor .*/,
          (line) =>
            `\nauthor kiro-agent[bot] <245459735+kiro-agent[bot]@users.noreply.github.com> 1 +0000${line}`,
        ),
    ],
    [
      "two authors, the agent last",
      (raw: string) =>
        byPeople(raw).replace(
          /\nauthor .*/,
          (line) =>
            `${line}\nauthor kiro-agent[bot] <245459735+kiro-agent[bot]@users.noreply.github.com> 1 +0000`,
        ),
    ],
    ["no author", (raw: string) => byPeople(raw).replace(/\nauthor .*/, "")],
    [
      "an address in an address",
      (raw: string) => byPeople(raw).replace(/author .*>/, "author Ben <ben@example.com> <x@example.com>"),
    ],
    [
      "a signature that looks like headers",
      (raw: string) =>
        `${byPeople(raw).replace("\n\n", "\ngpgsig -----BEGIN\n author Ben <ben@example.com> 1 +0000\n -----END\n\n")}\n${CLAUDE}`,
    ],
  ])(
    "F04",
    "a commit is written oddly, and its writer is an AI or unknown: %s",
    async (story, _what, change) => {
      addRaw(story, change);

      const ran = await run(story.directory, "check", "--approved-by", "nobody-else");

      expect(ran.code).not.toBe(0);
      holdHarmless(story, ran);
      expect((await run(story.directory, "scan")).code).toBe(0);
    },
  );

  row("F04", "a commit is a person's and written as it should be", async (story) => {
    addRaw(story, byPeople);

    expect((await run(story.directory, "check")).code).toBe(0);
  });
});

import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { afterAll, describe, expect, test } from "@jest/globals";
import { runCommand } from "../../../src/cli/command.ts";
import { addNote, CODEX_TRACE, CURSOR_NOTE } from "../attesting-notes.ts";
import { expectGolden } from "../golden.ts";
import { run, runProcess } from "../run-cli.ts";
import {
  BEN,
  createRepository,
  isolatedEnvironment,
  KIRO,
  removeTemporaryDirectories,
  temporaryDirectory,
} from "../temporary-repository.ts";
import { counted, recounter } from "./recount.ts";
import { mixed, noon, shop } from "./shop.ts";

afterAll(removeTemporaryDirectories);

async function scanned(directory: string, ...options: readonly string[]) {
  const { code, stdout, stderr } = await run(directory, "scan", "--json", ...options);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe("what is counted", () => {
  test("is what a slow recount of every commit counts, merges and odd bytes included", async () => {
    const repository = mixed(60);

    const { stdout } = await run(repository.directory, "scan", "--json");

    const slowly = recounter(repository)("HEAD");
    expect(slowly.commits).toBeGreaterThan(40);
    expect(Object.keys(slowly.cells).filter((key) => key.includes("ai "))).not.toEqual([]);
    expect(Object.keys(slowly.areas)).toHaveLength(4);
    expect(counted(stdout)).toEqual(slowly);
  });

  test("goes by the policy of HEAD", async () => {
    const repository = mixed(30);
    repository.add({
      branch: "main",
      files: {
        ".github/countersign.yml":
          "built-in: [migrations]\nproduction:\n  - name: docs\n    paths: [/docs/]\n    applies-to: everyone\ndetect:\n  agents: [ada]\n",
      },
    });

    const { stdout } = await run(repository.directory, "scan", "--json");

    const slowly = recounter(repository)("HEAD");
    expect(Object.keys(slowly.areas).toSorted()).toEqual(["control-files", "docs", "migrations"]);
    expect(Object.keys(slowly.cells).join()).toContain("ai ada");
    expect(counted(stdout)).toEqual(slowly);
    expect(JSON.parse(stdout).policy).toEqual({ file: ".github/countersign.yml", warnings: [] });
  });

  describe("is what git finds", () => {
    const repository = mixed(40);
    const recount = recounter(repository);

    test.each([
      { options: ["--ref", "topic"], revisions: ["topic"] },
      { options: ["--ref", "HEAD~3"], revisions: ["HEAD~3"] },
      { options: ["--all"], revisions: ["--all"] },
      { options: ["--no-merges"], revisions: ["--no-merges", "HEAD"] },
      { options: ["--since", "2025-03"], revisions: [since("2025-03-01"), "HEAD"] },
      { options: ["--until", "2025-03"], revisions: [until("2025-03-31"), "HEAD"] },
      {
        options: ["--since", "2025-02-10", "--until", "2025-03-20"],
        revisions: [since("2025-02-10"), until("2025-03-20"), "HEAD"],
      },
      { options: ["--until", "2024"], revisions: [until("2024-12-31"), "HEAD"] },
    ])("with $options", async ({ options, revisions }) => {
      const { stdout } = await run(repository.directory, "scan", "--json", ...options);

      expect(counted(stdout)).toEqual(recount(...revisions));
    });

    function since(day: string): string {
      return `--since-as-filter=${day}T00:00:00Z`;
    }

    function until(day: string): string {
      return `--until=${day}T23:59:59Z`;
    }
  });

  test("--all leaves notes and stashes out", async () => {
    const repository = shop();
    repository.git("update-ref", "refs/notes/ai", "old");
    repository.git("update-ref", "refs/stash", "old");
    expect((await scanned(repository.directory, "--all")).commits.all.commits).toBe(10);

    repository.git("update-ref", "-d", "refs/heads/old");

    expect((await scanned(repository.directory, "--all")).commits.all.commits).toBe(9);
  });

  test("an old clock hides nothing that is newer (--since is a filter)", async () => {
    const steps = [2026, 1990, 1990, 1990, 1990, 1990, 1990, 1990, 2026].map((year) => ({
      branch: "main",
      at: noon(`${year}-02-01`),
      files: { [`${year}`]: "1" },
    }));
    const { directory } = createRepository(...steps);

    expect((await scanned(directory, "--since", "2026")).commits.all.commits).toBe(2);
  });

  test("commits without a date, or from the future, are counted under no month", async () => {
    const { directory } = createRepository(
      { branch: "main", at: 0 },
      { branch: "main", at: noon("2026-11-23") },
      { branch: "main", at: noon("2031-01-01") },
    );

    const { months, commits } = await scanned(directory);

    expect(months.map(({ month, all }: Record<string, never>) => [month, all])).toEqual([
      ["2026-11", { commits: 1, production: 0, asked: 0 }],
      [null, { commits: 2, production: 0, asked: 0 }],
    ]);
    expect(commits.all.commits).toBe(3);
    const { stdout } = await run(directory, "scan");
    expect(stdout.replaceAll(/\n +/g, " ")).toContain("2 commits without a date or with one in the future");
  });

  test("a commit of several tools counts once, for the first", async () => {
    const { commits, tools } = await scanned(shop().directory);

    expect(commits).toMatchObject({ ai: { commits: 3 }, severalTools: 1 });
    expect(tools.map(({ tool, commits: number }: Record<string, never>) => [tool, number])).toEqual([
      ["Claude Code", 2],
      ["Kiro", 1],
    ]);
  });

  test("what git-ai and Agent Trace attest beside a commit counts", async () => {
    const repository = shop();
    addNote(repository, "main~3", CURSOR_NOTE);
    const traced = shop();
    addNote(traced, "main~3", CODEX_TRACE, "agent-trace");
    addNote(repository, "main", "no note of git-ai");

    const { tools } = await scanned(repository.directory);

    expect(tools).toContainEqual(expect.objectContaining({ tool: "Cursor", commits: 1, first: "2025-09" }));
    expect((await scanned(traced.directory)).tools).toContainEqual(
      expect.objectContaining({ tool: "OpenAI Codex", commits: 1, first: "2025-09" }),
    );
  });

  test("a mark is doubted in the weeks in which it was written without the tool", async () => {
    const message = "Mend\n\nCo-authored-by: Copilot <copilot@github.com>\n";
    const days = ["2026-04-21", "2026-04-22", "2026-05-06", "2026-05-08"];
    const { directory } = createRepository(
      ...days.map((day) => ({ branch: "main", at: noon(day), message })),
    );

    const { months } = await scanned(directory);

    expect(
      months.map(({ month, ai, other }: Record<string, Record<string, number>>) => [
        month,
        ai?.commits,
        other?.commits,
      ]),
    ).toEqual([
      ["2026-04", 1, 1],
      ["2026-05", 1, 1],
    ]);
  });

  test("where silence means AI, unmarked changes to production would have been asked for unless declared, and stay unmarked", async () => {
    const repository = shop();
    writeFileSync(join(repository.directory, "try.yml"), "detect:\n  undeclared: ai\n");
    repository.add({ branch: "main", message: "Mend\n\nAI-assisted: no\n", files: { "infra/main.tf": "3" } });

    const { commits } = await scanned(repository.directory, "--config", "try.yml");

    expect(commits).toMatchObject({
      ai: { commits: 3, production: 2, asked: 2 },
      automation: { commits: 1, production: 0, asked: 0 },
      other: { commits: 6, production: 4, asked: 3 },
    });
  });
});

describe("the answer", () => {
  const golden = (name: string) => new URL(`./${name}`, import.meta.url);

  test("as text", async () => {
    const { code, stdout, stderr } = await runProcess(shop().directory, ["scan", "--until", "2025"]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.split("\n").filter((line) => [...line].length > 80)).toEqual([]);
    expectGolden(golden("shop.golden.txt"), stdout);
  });

  test("as CSV", async () => {
    const { stdout } = await run(shop().directory, "scan", "--csv");

    expectGolden(golden("shop.golden.csv"), stdout);
  });

  test("as JSON", async () => {
    const { stdout } = await run(shop().directory, "scan", "--json", "--no-merges", "--since", "2025-09-01");

    expectGolden(golden("shop.golden.json"), stdout);
  });

  test("shows every year of a long history, and its last 24 months", async () => {
    const steps = [2019, 2020, 2022, 2026].map((year) => ({ branch: "main", at: noon(`${year}-05-05`) }));
    const { directory } = createRepository(...steps);

    const { stdout } = await run(directory, "scan");

    expect(stdout.match(/^20\d\d(?= )/gm)).toEqual([
      "2019",
      "2020",
      "2021",
      "2022",
      "2023",
      "2024",
      "2025",
      "2026",
    ]);
    expect(stdout.match(/^20\d\d-\d\d/gm)).toHaveLength(24);
  });

  test.each([
    { why: "no terminal: no colours", environment: {}, coloured: false },
    { why: "FORCE_COLOR asks for them", environment: { FORCE_COLOR: "1" }, coloured: true },
    { why: "NO_COLOR forbids them", environment: { NO_COLOR: "1" }, coloured: false },
  ])("$why", async ({ environment, coloured }) => {
    const { stdout } = await runProcess(shop().directory, ["scan"], environment);

    expect(stdout.includes("\x1b[")).toBe(coloured);
  });

  test("never runs what a name holds: neither in a terminal nor in a spreadsheet (E08)", async () => {
    const tool = '=HYPERLINK("x")';
    const { directory } = createRepository({
      branch: "main",
      message: "Add\n\nX-Model: yes",
      files: {
        ".github/countersign.yml": `detect:\n  signals:\n    - tool: '${tool}'\n      trailer: X-Model\nproduction:\n  - name: a\n    paths: [/a]\n`,
        a: "1",
      },
    });
    execFileSync("git", [
      "-C",
      directory,
      "config",
      "remote.origin.url",
      "git@github.com:acme/\x1b[2Jevil.git",
    ]);

    const { stdout } = await run(directory, "scan");
    const csv = await run(directory, "scan", "--csv");

    expect(stdout).toContain("acme/\\u{1b}[2Jevil");
    expect(csv.stdout).toContain(`"'=HYPERLINK(""x"")"`);
  });

  test("tells a terminal how far it is, and then leaves nothing behind", async () => {
    const steps = Array.from({ length: 1_100 }, (_, index) => ({
      branch: "main",
      at: noon("2025-01-01") + index,
    }));
    const { directory } = createRepository(...steps);
    let clock = Date.parse("2026-11-23T00:00:00Z");
    let written = "";
    const stream = new Writable({
      write(chunk, _encoding, done) {
        written += String(chunk);
        done();
      },
    });
    const stdout = new PassThrough();

    await runCommand(["scan"], {
      stdout,
      stderr: Object.assign(stream, { isTTY: true }),
      directory,
      now: () => {
        clock += 200;
        return new Date(clock);
      },
    });

    expect(written).toBe("\rreading commits: 1,000, back to 2025-01\x1b[K\r\x1b[K");
    expect(String(stdout.read())).toMatch(/1,100 commits/);
  });

  test("a reader that closes early changes nothing in the exit code", async () => {
    expect(await runProcess(shop().directory, ["scan"], {}, { closeOutput: true })).toMatchObject({
      code: 0,
      stderr: "",
    });
  });

  test("of another folder, as it is named", async () => {
    const { directory } = shop();

    expect((await run("/", "scan", directory)).stdout).toMatch(/^acme\/shop {2}9 commits/);
    expect((await run(directory, "scan", ".git")).stdout).toMatch(/^acme\/shop {2}9 commits/);
  });

  test("of a time without commits", async () => {
    const { directory } = shop();
    const page = join(directory, "page.html");

    const { code, stdout } = await run(directory, "scan", "--since", "2026", "--html", page);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^acme\/shop {2}no commits in this period\n/);
    expect(readFileSync(page, "utf8")).toContain("There is nothing to draw.");
  });
});

test("a shallow clone is counted as far as it goes, and says that its history is cut", async () => {
  const whole = shop();
  const parent = temporaryDirectory();
  execFileSync(
    "git",
    ["clone", "--quiet", "--bare", "--depth=2", `file://${whole.directory}`, join(parent, "cut")],
    {
      env: isolatedEnvironment(parent),
    },
  );

  const { code, stdout } = await run(parent, "scan", "cut");

  expect(code).toBe(0);
  expect(stdout).toContain("cut  2 commits, 1 of them (50.0 %) with an AI’s mark");
  expect(stdout.replaceAll(/\n +/g, " ")).toContain("This clone is shallow: earlier history is missing");
  const json = await scanned(join(parent, "cut"));
  expect(json.history.cut).toBe(true);
  // Its first commit seems to add every file, infrastructure too; nobody can tell what it changed.
  expect(json.commits).toMatchObject({ ai: { production: 0 }, other: { production: 1 } });
});

describe("ends with 2 and one line when", () => {
  test("there is no commit", async () => {
    const { directory } = createRepository();

    expect(await runProcess(directory, ["scan"])).toEqual({
      code: 2,
      stdout: "",
      stderr: "countersign: the branch main has no commit yet: nothing can be checked\n",
    });
    expect((await run(directory, "scan", "--all")).code).toBe(0);
  });

  test("there is no repository", async () => {
    const directory = temporaryDirectory();

    const { code, stdout, stderr } = await run(directory, "scan", "--json");

    expect(code).toBe(2);
    expect(stderr).toBe(
      `countersign: ${directory} is not in a git repository: go into one, or name it with countersign scan DIR\n`,
    );
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      outcome: "notEvaluated",
      error: expect.stringContaining("is not in a git repository"),
    });
  });

  test.each([
    {
      args: ["--ref", "nope"],
      says: "nope is not a commit in this repository: check its spelling, or fetch it first",
    },
    {
      args: ["--since", "yesterday"],
      says: "option '--since <date>' argument 'yesterday' is invalid. Expected a day, month or year, such as 2026-03-14.",
    },
    { args: ["--ref", "main", "--all"], says: "option '--ref <ref>' cannot be used with option '--all'" },
    { args: ["--json", "--csv"], says: "option '--json' cannot be used with option '--csv'" },
    { args: ["--config", "gone.yml"], says: /^gone\.yml cannot be read: / },
    {
      args: ["--html", "no/such/folder/page.html"],
      says: /^no\/such\/folder\/page\.html cannot be written: /,
    },
  ])("of wrong usage: $args", async ({ args, says }) => {
    const { code, stdout, stderr } = await run(shop().directory, "scan", ...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^countersign: .*\n$/);
    const said = stderr.slice("countersign: ".length, -1);
    if (typeof says === "string") expect(said).toBe(says);
    else expect(said).toMatch(says);
  });

  test("HEAD's config is invalid: then nobody knows what is production", async () => {
    const repository = shop({ branch: "main", files: { ".github/countersign.yml": "mode: enforse\n" } });

    const { code, stderr } = await run(repository.directory, "scan");

    expect(code).toBe(2);
    expect(stderr).toMatch(/the production areas are unknown: \.github\/countersign\.yml:1:7: /);
  });

  test("an object is missing", async () => {
    const repository = shop();
    const tree = repository.git("rev-parse", "main~2^{tree}");
    rmSync(join(repository.directory, ".git", "objects", tree.slice(0, 2), tree.slice(2)));

    const { code, stdout, stderr } = await run(repository.directory, "scan");

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^countersign: git log failed: .*${tree}.*\n$`));
  });
});

test("nothing is forgotten of many people and paths", async () => {
  const steps = Array.from({ length: 30 }, (_, index) => ({
    branch: "main",
    author: index % 3 === 0 ? KIRO : { ...BEN, email: `ben${index}@example.com` },
    files: { [`infra/${index}.tf`]: "1" },
  }));
  const { commits } = await scanned(createRepository(...steps).directory);

  expect(commits).toMatchObject({
    ai: { commits: 10, production: 10 },
    other: { commits: 20, production: 20 },
  });
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { run, runProcess } from "../run-cli.ts";
import {
  ADA,
  BEN,
  createRepository,
  KIRO,
  removeTemporaryDirectories,
  type Step,
  type TemporaryRepository,
} from "../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const START: Step = {
  branch: "main",
  message: "Start",
  files: {
    ".github/CODEOWNERS": "*.md @dora\n/infra/ @mona\n/shared/ @acme/sre\n/both/ @mona @acme/sre\n",
    "infra/main.tf": "one\ntwo\nthree\nfour\nfive\n",
    "README.md": "Read me.\n",
  },
};

/** A branch of one commit, against the main branch above. */
function branchOf(step: Partial<Step>, config?: string): TemporaryRepository {
  const files = { ...START.files, ...(config !== undefined && { ".github/countersign.yml": config }) };
  return createRepository({ ...START, files }, { branch: "topic", from: "main", ...step });
}

const DELETES_INFRA = { author: KIRO, message: "Delete the environment", removed: ["infra/main.tf"] };

describe("a branch that people wrote", () => {
  test("passes with 0, also in infrastructure", async () => {
    const { directory } = branchOf({ author: BEN, files: { "infra/main.tf": "new\n" } });

    const { code, stdout, stderr } = await runProcess(directory, ["check"]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^PASS /);
  });
});

test("lines that people have to read are counted as the App counts them", async () => {
  const config = "time: { max-lines: 20 }\n";
  const start = {
    ...START.files,
    ".github/countersign.yml": config,
    ".gitattributes": "*.gen.tf linguist-generated\n",
  };
  const lines = (count: number) => "line\n".repeat(count);
  const { directory } = createRepository(
    { ...START, files: start },
    {
      ...{ branch: "topic", from: "main", author: KIRO },
      files: {
        "infra/api.gen.tf": lines(90),
        "infra/new.tf": lines(21),
        ".gitattributes": "* linguist-generated\n",
      },
    },
  );

  const { code, stdout } = await runProcess(directory, ["check"]);

  expect(code).toBe(1);
  expect(stdout.replace(/\s+/g, " ")).toContain(
    "Time It changes 21 lines of production areas, and 90 of generated files and lock files that do not count; at most 20 can be read at once.",
  );
});

describe("a branch in which an AI deletes infrastructure", () => {
  test("is blocked with 1: first the verdict, then who must sign what and why, then who wrote it", async () => {
    const repository = branchOf(DELETES_INFRA);

    const { code, stdout, stderr } = await runProcess(repository.directory, ["check"]);

    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^BLOCKED Needs @mona: infrastructure/);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toContain("  waiting infrastructure: 1 countersignature from @mona");
    expect(stdout).toContain("      infra/main.tf\n");
    const sha = repository.git("rev-parse", "--short=7", "topic");
    expect(stdout).toContain(`  ${sha} AI         “Delete the environment”\n`);
    expect(stdout).toMatch(/\n {4}Kiro, certain: author/);
  });

  test.each([
    { why: "an owner's approval releases it", approvedBy: ["mona"], code: 0, says: /Signed by @mona/ },
    {
      why: "logins compare without case and may carry @",
      approvedBy: ["@MONA"],
      code: 0,
      says: /Signed by @MONA/,
    },
    {
      why: "somebody else's does not",
      approvedBy: ["dora"],
      code: 1,
      says: /@dora approved, but does not own/,
    },
    {
      why: "one right one among others does",
      approvedBy: ["dora", "mona"],
      code: 0,
      says: /Signed by @mona/,
    },
    {
      why: "a machine's does not",
      approvedBy: ["mona[bot]"],
      code: 1,
      says: /@mona\[bot\] approved, but is a machine/,
    },
  ])("$why", async ({ approvedBy, code, says }) => {
    const { directory } = branchOf(DELETES_INFRA);

    const ran = await run(directory, "check", "--approved-by", ...approvedBy);

    expect(ran.code).toBe(code);
    expect(ran.stdout.replace(/\n +/g, " ")).toMatch(says);
  });

  test.each([
    { why: "by GitHub's noreply address", mona: { name: "M.", email: "77+mona@users.noreply.github.com" } },
    { why: "by the local part of an address", mona: { name: "M.", email: "mona@example.com" } },
    { why: "by the name", mona: { name: "Mona", email: "m@example.com" } },
  ])("an owner who took part cannot sign: known $why", async ({ mona }) => {
    const repository = branchOf(DELETES_INFRA);
    repository.add({ branch: "topic", author: mona, files: { "infra/other.tf": "1" } });

    const { code, stdout } = await run(repository.directory, "check", "--approved-by", "mona");

    expect(code).toBe(1);
    expect(stdout.replace(/\n +/g, " ")).toMatch(/@mona approved, but .* contributors cannot countersign/i);
  });

  test("co-authors are found anywhere in the message", async () => {
    const message = "Tidy\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n";
    const { directory } = branchOf({ author: BEN, message, files: { "infra/main.tf": "new\n" } });

    const { code, stdout } = await run(directory, "check");

    expect(code).toBe(1);
    expect(stdout).toMatch(/Claude Code, certain: co-author/);
  });

  test("renaming a file out of the area does not help (B07)", async () => {
    const { directory } = branchOf({ author: KIRO, renamed: [["infra/main.tf", "attic/notes.txt"]] });

    const { code, stdout } = await run(directory, "check");

    expect(code).toBe(1);
    expect(stdout).toContain("      infra/main.tf\n");
  });

  test("a config and CODEOWNERS of the head decide nothing (C01, C02)", async () => {
    const { directory } = branchOf({
      ...DELETES_INFRA,
      files: { ".github/CODEOWNERS": "* @ada\n", ".github/countersign.yml": "mode: observe\n" },
    });

    const { code } = await run(directory, "check", "--approved-by", "ada");

    expect(code).toBe(1);
  });
});

describe("a team", () => {
  const TOUCHES_SHARED = { author: KIRO, files: { "shared/main.tf": "1\n" } };

  test("is not known here, and the text says how to say it", async () => {
    const { directory } = branchOf(TOUCHES_SHARED);

    const { code, stdout } = await run(directory, "check", "--approved-by", "mona");

    expect(code).toBe(1);
    expect(stdout.replace(/\n +/g, " ")).toContain("--team acme/sre=LOGIN");
  });

  test("is said to be unknown beside owners who can sign", async () => {
    const { directory } = branchOf({ author: KIRO, files: { "both/main.tf": "1\n" } });
    const note = "@acme/sre: its members are unknown here";

    expect((await run(directory, "check")).stdout.replace(/\n +/g, " ")).toContain(note);
    const said = await run(directory, "check", "--team", "acme/sre=omar");
    expect(said.stdout.replace(/\n +/g, " ")).not.toContain(note);
  });

  test("signs through the members that are said", async () => {
    const { directory } = branchOf(TOUCHES_SHARED);

    const members = ["--team", "@acme/SRE=omar, @mona"];
    expect((await run(directory, "check", ...members)).stdout).toContain("Can sign: @mona and @omar");
    expect((await run(directory, "check", ...members, "--approved-by", "omar")).code).toBe(0);
    expect((await run(directory, "check", ...members, "--approved-by", "dora")).code).toBe(1);
  });
});

describe("the config", () => {
  test("of the base is what counts; an invalid one ends with 2 and names line and column", async () => {
    const { directory } = branchOf(DELETES_INFRA, "version: 1\nmode: enforse\n");

    const { code, stdout } = await runProcess(directory, ["check"]);

    expect(code).toBe(2);
    expect(stdout).toMatch(/^ERROR Could not be evaluated/);
    expect(stdout).toMatch(/error: \.github\/countersign\.yml:2:7: /);
  });

  test("may be tried before it is committed", async () => {
    const { directory } = branchOf(DELETES_INFRA);
    writeFileSync(join(directory, "try.yml"), "mode: observe\n");
    writeFileSync(join(directory, "broken.yml"), "mode: [\n");

    expect(await run(directory, "check", "--config", "try.yml")).toMatchObject({ code: 0 });
    const broken = await run(directory, "check", "--config", "broken.yml");
    expect(broken.code).toBe(2);
    expect(broken.stdout).toMatch(/error: broken\.yml:\d+:\d+: /);
  });

  test("that observes lets it pass and says what enforcing would do", async () => {
    const { directory } = branchOf(DELETES_INFRA, "mode: observe\n");

    const { code, stdout } = await run(directory, "check");

    expect(code).toBe(0);
    expect(stdout).toMatch(/^PASS Observe mode, would block/);
    expect(stdout).toContain("waiting infrastructure");
  });

  test("that observes an area says so beside it", async () => {
    const { directory } = branchOf(DELETES_INFRA, "production: [{ name: infrastructure, mode: observe }]\n");

    const { code, stdout } = await run(directory, "check");

    expect(code).toBe(0);
    expect(stdout).toMatch(/^PASS Observe mode, would block/);
    expect(stdout).toContain("The area is observed: this blocks nothing.");
  });

  test("of the organization is the floor", async () => {
    const { directory } = branchOf(DELETES_INFRA, "mode: observe\n");
    writeFileSync(join(directory, "org.yml"), "mode: enforce\n");

    const { code, stdout } = await run(directory, "check", "--organization-config", "org.yml");

    expect(code).toBe(1);
    expect(stdout).toMatch(/warning: \.github\/countersign\.yml:1:/);
  });

  test("may leave the base ungoverned: then nothing is judged", async () => {
    const { directory } = branchOf(DELETES_INFRA, "branches: [release/*]\n");

    const { code, stdout } = await run(directory, "check");

    expect(code).toBe(0);
    expect(stdout).toMatch(/^PASS Nothing to check: .*main/);
  });
});

describe("nothing to check", () => {
  test("ends with 0 when the base holds every commit", async () => {
    const { directory } = createRepository(START);

    const { code, stdout } = await runProcess(directory, ["check"]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^PASS Nothing to check/);
  });

  test("and as JSON without a verdict", async () => {
    const { directory } = createRepository(START);

    const { stdout } = await run(directory, "check", "--json");

    expect(JSON.parse(stdout)).toMatchObject({ outcome: "pass", commits: 0, verdict: null });
  });
});

describe("the text", () => {
  test("shows names escaped that carry escapes, line breaks or turns of direction (E08)", async () => {
    const evil = "\u202e\u001b[2Jevil";
    const { directory } = branchOf({
      author: { ...KIRO, name: "K\u001b[31m" },
      message: `${evil}\nsecond line`,
      files: { '"infra/\\033[2J\\nPASS\\342\\200\\256.tf"': "1" },
    });

    const { stdout } = await run(directory, "check");

    expect(stdout).toContain("infra/\\u{1b}[2J\\u{a}PASS\\u{202e}.tf");
    expect(stdout).toContain("“\\u{202e}\\u{1b}[2Jevil”");
    expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test("is short on many paths, and whole with --verbose", async () => {
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`infra/file-${n}.tf`, "1"]));
    const { directory } = branchOf({ author: KIRO, files });

    const short = await run(directory, "check");
    const whole = await run(directory, "check", "--verbose");

    expect(short.stdout).toContain("and 9 more (");
    expect(short.stdout).not.toContain("file-9.tf");
    expect(whole.stdout).toContain("file-9.tf");
  });

  test("says which base was found, and how accounts are told apart", async () => {
    const { directory } = branchOf({});

    const { stdout } = await run(directory, "check");

    expect(stdout.replace(/\n +/g, " ")).toMatch(
      /into main at [0-9a-f]{7} \(default; choose another with --base REF\)/,
    );
    expect(stdout).toContain("people are told apart by e-mail");
  });

  test.each([
    { why: "no terminal: no colours", environment: {}, coloured: false },
    { why: "FORCE_COLOR asks for them", environment: { FORCE_COLOR: "1" }, coloured: true },
    { why: "NO_COLOR forbids them", environment: { NO_COLOR: "1" }, coloured: false },
  ])("$why", async ({ environment, coloured }) => {
    const { directory } = branchOf(DELETES_INFRA);

    const { stdout } = await runProcess(directory, ["check"], environment);

    expect(stdout.includes("\x1b[")).toBe(coloured);
  });
});

test("--json is one document with the range and the verdict", async () => {
  const repository = branchOf(DELETES_INFRA);
  repository.git("config", "remote.origin.url", "git@github.com:acme/shop.git");

  const { code, stdout, stderr } = await runProcess(repository.directory, ["check", "--json"]);

  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  const sha = repository.git("rev-parse", "topic");
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    outcome: "wouldBlock",
    repository: { owner: "acme", name: "shop", defaultBranch: "main" },
    range: { base: { name: "main", chosen: "default" }, head: { sha, branch: "topic" } },
    commits: 1,
    files: 1,
    verdict: {
      conclusion: "action_required",
      provenance: { writer: "ai", tools: ["Kiro"] },
      requirements: [{ status: "waiting", requirement: { area: "infrastructure" } }],
    },
  });
});

test("a reader that closes early changes nothing in the exit code", async () => {
  const { directory } = branchOf(DELETES_INFRA);

  expect(await runProcess(directory, ["check"], {}, { closeOutput: true })).toMatchObject({
    code: 1,
    stderr: "",
  });
});

test("two people of one name are two people", async () => {
  const repository = branchOf({ author: { name: "Sam", email: "sam.one@example.com" } });
  repository.add({ branch: "topic", author: { name: "Sam", email: "sam.two@example.com" }, committer: ADA });

  const { stdout } = await run(repository.directory, "check", "--json");

  expect(JSON.parse(stdout).verdict.contributors).toHaveLength(3);
});

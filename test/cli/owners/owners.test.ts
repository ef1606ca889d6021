import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { run, runProcess } from "../run-cli.ts";
import { createRepository, removeTemporaryDirectories, temporaryDirectory } from "../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const CODEOWNERS = `* @acme/all
/docs/[odd] @ben
/gone/ @ben
/api/old.ts @ben
/api/ @ada @acme/API
/api/generated/
*.md @Ada
`;

const shop = createRepository({
  branch: "main",
  files: {
    ".github/CODEOWNERS": CODEOWNERS,
    "api/a.ts": "",
    "api/old.ts": "",
    "api/generated/b.ts": "",
    "docs/c.md": "",
    "docs/d": "",
    link: { mode: "120000", text: "api/a.ts" },
    "vendor/lib": { mode: "160000", id: "1".repeat(40) },
  },
}).directory;

const bare = createRepository({ branch: "main", files: { "a.ts": "" } }).directory;

/** The lines of the answer; where CODEOWNERS stands is left out. */
async function ask(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await run(shop, "owners", ...args);
  return stdout.replaceAll(".github/CODEOWNERS:", ":").split("\n").slice(0, -1);
}

test("of all files: the owners and the line that decides, each on one line", async () => {
  const { code, stdout, stderr } = await run(shop, "owners");

  expect(stdout).toBe(
    [
      ".github/CODEOWNERS  @acme/all  .github/CODEOWNERS:1 *",
      "api/a.ts            @ada @acme/API  .github/CODEOWNERS:5 /api/",
      "api/generated/b.ts  nobody  .github/CODEOWNERS:6 /api/generated/ names no owner",
      "api/old.ts          @ada @acme/API  .github/CODEOWNERS:5 /api/",
      "docs/c.md           @Ada  .github/CODEOWNERS:7 *.md",
      "docs/d              unknown  .github/CODEOWNERS:2 `[` and `]` must each be escaped with a `\\`.",
      "link                @acme/all  .github/CODEOWNERS:1 *",
      "vendor/lib          @acme/all  .github/CODEOWNERS:1 *",
      "",
    ].join("\n"),
  );
  expect(stderr).toMatch(
    /^HEAD \([0-9a-f]{7}\), 8 files, \.github\/CODEOWNERS\n1 line cannot be used: see countersign validate\n$/,
  );
  expect(code).toBe(0);
});

describe("of some paths", () => {
  test.each([
    { why: "a file", paths: ["api/a.ts"], says: ["api/a.ts  @ada @acme/API  :5 /api/"] },
    {
      why: "a folder, each file once",
      paths: ["docs/", "docs/d"],
      says: [
        "docs/c.md  @Ada  :7 *.md",
        "docs/d     unknown  :2 `[` and `]` must each be escaped with a `\\`.",
      ],
    },
    {
      why: "a file that is still to be written",
      paths: ["api/new.ts"],
      says: ["api/new.ts  @ada @acme/API  :5 /api/ (no such file yet)"],
    },
    { why: "from the root", paths: ["/link"], says: ["link  @acme/all  :1 *"] },
    { why: "with detours", paths: ["./docs/../link"], says: ["link  @acme/all  :1 *"] },
    {
      why: "in other letters it is another file",
      paths: ["LINK"],
      says: ["LINK  @acme/all  :1 * (no such file yet)"],
    },
    {
      why: "with --unowned, those of them",
      paths: ["api", "--unowned"],
      says: ["api/generated/b.ts  nobody  :6 /api/generated/ names no owner"],
    },
  ])("$why", async ({ paths, says }) => {
    expect(await ask(...paths)).toEqual(says);
  });

  test("they are read from the folder one is in", async () => {
    const { directory, git } = createRepository({
      branch: "main",
      files: { CODEOWNERS: "/api/a.ts @ada\n", "api/a.ts": "", "a.ts": "" },
    });
    git("checkout", "--quiet", "-f", "main");

    expect((await run(join(directory, "api"), "owners", "a.ts")).stdout).toBe(
      "api/a.ts  @ada  CODEOWNERS:1 /api/a.ts\n",
    );
    expect((await run(join(directory, "api"), "owners", "../a.ts")).stdout).toBe(
      "a.ts  nobody  no line matches\n",
    );
    expect(await run(join(directory, "api"), "owners", "../../a.ts")).toMatchObject({
      code: 2,
      stderr: "countersign: ../../a.ts is outside the repository: name a path inside it\n",
    });
  });
});

describe("--unowned", () => {
  test("lists what nobody is known to own, and ends with 1", async () => {
    const { code, stdout } = await run(shop, "owners", "--unowned");

    expect(code).toBe(1);
    expect(stdout.split("\n").map((line) => line.split("  ")[0])).toEqual([
      "api/generated/b.ts",
      "docs/d",
      "",
    ]);
  });

  test("ends with 0 and says nothing where everything is owned", async () => {
    const { directory } = createRepository({ branch: "main", files: { CODEOWNERS: "* @ada\n" } });

    expect(await run(directory, "owners", "--unowned")).toMatchObject({ code: 0, stdout: "" });
  });

  test("without a CODEOWNERS it lists everything and says why", async () => {
    const { code, stdout, stderr } = await run(bare, "owners", "--unowned");

    expect({ code, stdout }).toEqual({ code: 1, stdout: "a.ts  nobody  no line matches\n" });
    expect(stderr).toContain("1 file, no CODEOWNERS");
  });
});

describe("--dead", () => {
  test("lists the lines that decide nothing, why, and ends with 1", async () => {
    expect(await run(shop, "owners", "--dead")).toMatchObject({
      code: 1,
      stdout: [
        ".github/CODEOWNERS:3  /gone/  matches no file",
        ".github/CODEOWNERS:4  /api/old.ts  later lines override it everywhere",
        "",
      ].join("\n"),
    });
  });

  test("lines that overrule one another are told from those that match nothing", async () => {
    const { directory } = createRepository({
      branch: "main",
      files: { CODEOWNERS: "*.ts @a\n/a.ts @a\n/b.ts @b\n/a.ts @c\n/a.* @d\n* @e\n", "a.ts": "" },
    });

    const { stdout } = await run(directory, "owners", "--dead", "--json");

    expect(JSON.parse(stdout).dead).toEqual([
      { line: 1, pattern: "*.ts", owners: ["@a"], because: "overruled" },
      { line: 2, pattern: "/a.ts", owners: ["@a"], because: "overruled" },
      { line: 3, pattern: "/b.ts", owners: ["@b"], because: "matches nothing" },
      { line: 4, pattern: "/a.ts", owners: ["@c"], because: "overruled" },
      { line: 5, pattern: "/a.*", owners: ["@d"], because: "overruled" },
    ]);
  });

  test("ends with 0 where every line decides something", async () => {
    const { directory } = createRepository({ branch: "main", files: { CODEOWNERS: "* @ada\n" } });

    expect(await run(directory, "owners", "--dead")).toMatchObject({ code: 0, stdout: "" });
  });

  test("is about all files", async () => {
    expect(await run(shop, "owners", "--dead", "api")).toMatchObject({
      code: 2,
      stderr: "countersign: --dead covers all files: name no paths\n",
    });
  });
});

describe("--stats", () => {
  test("counts files per owner, names compared without case, most first, then those without", async () => {
    const { code, stdout } = await run(shop, "owners", "--stats");

    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        "owner                                   files   share  alone",
        "@acme/all                                   3  37.5 %      3",
        "@ada                                        3  37.5 %      1",
        "@acme/API                                   2  25.0 %      0",
        "no owner: the deciding line names none      1  12.5 %      -",
        "unknown: a line must be fixed first         1  12.5 %      -",
        "",
      ].join("\n"),
    );
  });

  test("of a folder", async () => {
    const { stdout } = await run(shop, "owners", "--stats", "--json", "api");

    expect(JSON.parse(stdout).stats).toEqual({
      files: 3,
      owners: [
        { owner: "@acme/API", files: 2, alone: 0 },
        { owner: "@ada", files: 2, alone: 0 },
      ],
      without: { "un-owned": 1, unmatched: 0, invalid: 0 },
    });
  });
});

test("--json is one document: what was read, and every file", async () => {
  const { code, stdout, stderr } = await run(shop, "owners", "--json", "api", "docs/d", "new");

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const pattern = "/api/";
  const owned = { exists: true, kind: "owned", owners: ["@ada", "@acme/API"], line: 5, pattern };
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    ref: "HEAD",
    commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    codeowners: ".github/CODEOWNERS",
    files: [
      { path: "api/a.ts", ...owned },
      {
        path: "api/generated/b.ts",
        exists: true,
        kind: "un-owned",
        owners: [],
        line: 6,
        pattern: "/api/generated/",
      },
      { path: "api/old.ts", ...owned },
      { path: "docs/d", exists: true, kind: "invalid", owners: [], line: 2, message: expect.any(String) },
      { path: "new", exists: false, kind: "owned", owners: ["@acme/all"], line: 1, pattern: "*" },
    ],
  });
});

test("--ref reads the files and the CODEOWNERS of another commit", async () => {
  const { directory } = createRepository(
    { branch: "old", files: { "docs/CODEOWNERS": "* @ada\n" } },
    { branch: "main", from: "old", files: { CODEOWNERS: "* @ben\n" }, removed: ["docs/CODEOWNERS"] },
  );

  expect((await run(directory, "owners")).stdout).toBe("CODEOWNERS  @ben  CODEOWNERS:1 *\n");
  expect((await run(directory, "owners", "--ref", "old")).stdout).toBe(
    "docs/CODEOWNERS  @ada  docs/CODEOWNERS:1 *\n",
  );
  expect(await run(directory, "owners", "--ref", "gone")).toMatchObject({
    code: 2,
    stderr: "countersign: gone is not a commit in this repository: check its spelling, or fetch it first\n",
  });
});

test("a clone that is cut will do", async () => {
  const clone = temporaryDirectory();
  createRepository().git("clone", "--quiet", "--depth", "1", "--no-checkout", `file://${shop}`, clone);

  expect(await run(clone, "owners", "link")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^link {2}@acme\/all/),
  });
});

test("what a path or a line carries is shown escaped (E08)", async () => {
  const { directory } = createRepository({
    branch: "main",
    files: { CODEOWNERS: "* @ada\n/a\u202eb\x1b[2J* @ben\n*.\u2066x @c\n", '"a\\342\\200\\256b\\033x"': "" },
  });

  const { stdout } = await run(directory, "owners");
  const dead = await run(directory, "owners", "--dead");

  expect(stdout).toContain("a\\u{202e}b\\u{1b}x");
  expect(dead.stdout).toContain("*.\\u{2066}x");
  for (const control of ["\x1b", "\u202e", "\u2066"]) expect(stdout + dead.stdout).not.toContain(control);
});

test("C13 a hostile file is answered for, not waited for", async () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `*a*${index}*a*b @ada`).join("\n");
  const { directory } = createRepository({
    branch: "main",
    files: { CODEOWNERS: lines, ["a0".repeat(100)]: "" },
  });

  expect((await run(directory, "owners", "--unowned")).stdout).toContain(
    "CODEOWNERS costs too much to match",
  );
});

describe("wrong usage ends with 2 and one line", () => {
  test.each([
    { args: ["--dead", "--stats"], says: "option '--dead' cannot be used with option '--stats'" },
    { args: ["--unowned", "--stats"], says: "option '--unowned' cannot be used with option '--stats'" },
  ])("$args", async ({ args, says }) => {
    expect(await run(shop, "owners", ...args)).toEqual({
      code: 2,
      stdout: "",
      stderr: `countersign: ${says}\n`,
    });
  });

  test("no repository, as a document too", async () => {
    const { code, stdout, stderr } = await runProcess(temporaryDirectory(), ["owners", "--json"]);

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      outcome: "notEvaluated",
      error: expect.stringContaining("is not in a git repository"),
    });
    expect(stderr).toContain("is not in a git repository");
  });
});

test("fails closed when CODEOWNERS is a symbolic link, as the gate on GitHub does", async () => {
  const linked = createRepository({
    branch: "main",
    files: { CODEOWNERS: { mode: "120000", text: "owners.txt" }, "owners.txt": "* @ada" },
  }).directory;
  const { code, stdout, stderr } = await run(linked, "owners");

  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("CODEOWNERS is a symbolic link, which is not followed: put the file itself there");
});

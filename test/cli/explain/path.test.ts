import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { expectGolden } from "../golden.ts";
import { run } from "../run-cli.ts";
import {
  createRepository,
  removeTemporaryDirectories,
  type Step,
  temporaryDirectory,
} from "../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const CODEOWNERS = "*.md @dora\n/infra/ @mona @acme/sre\n/infra/free/\n/odd/[ab].tf @mona\n";
const CONFIG =
  "production:\n  - name: money\n    paths: [/src/money/]\n    countersignatures: 2\n    from: ['@acme/finance']\n    senior: ['@acme/staff']\n    applies-to: everyone\n";

const SHOP: Step = {
  branch: "main",
  files: {
    ".github/CODEOWNERS": CODEOWNERS,
    ".github/countersign.yml": CONFIG,
    "infra/main.tf": "1",
    "infra/net.tf": "1",
    "infra/free/a.tf": "1",
    "odd/b.tf": "1",
    "src/money/pay.ts": "1",
    "src/shop.ts": "1",
    "README.md": "1",
  },
};

async function explained(what: string, ...options: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(createRepository(SHOP).directory, "explain", what, ...options);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.replaceAll(/\n {4,}/g, " ");
}

describe("a path says which areas hold it, who owns it by which line, and what has to be signed", () => {
  test.each([
    {
      path: "infra/main.tf",
      says: [
        "Production: “infrastructure”.",
        "infrastructure (built-in), by “*.tf” and “/infra”",
        "@mona or @acme/sre, by .github/CODEOWNERS:2 “/infra/”",
        "infrastructure: 1 countersignature from @mona or @acme/sre (.github/CODEOWNERS:2)",
        "When only people took part\n  No countersignature is required.",
      ],
    },
    {
      path: "src/money/pay.ts",
      says: [
        "money (.github/countersign.yml:2), by “/src/money/”",
        "no owner: no line of .github/CODEOWNERS matches",
        "money: 2 countersignatures from @acme/finance, including at least one from @acme/staff (.github/countersign.yml:2)",
        "When only people took part\n  money: 2 countersignatures",
      ],
    },
    {
      path: "README.md",
      says: [
        "Not in a production area.",
        "@dora, by .github/CODEOWNERS:1 “*.md”",
        "outside production: @dora (.github/CODEOWNERS:1)",
      ],
    },
    {
      path: "src/shop.ts",
      says: [
        "Not in a production area.",
        "no owner: no line of .github/CODEOWNERS matches",
        "When an AI took part\n  No countersignature is required.",
      ],
    },
    {
      path: "infra/free/a.tf",
      says: [
        "no owner: .github/CODEOWNERS:3 “/infra/free/” names none",
        "Nobody owns “infra/free/a.tf”: add an owner",
      ],
    },
    { path: "odd/b.tf", says: ["unknown: .github/CODEOWNERS:4: "] },
  ])("$path", async ({ path, says }) => {
    const text = await explained(path);

    for (const sentence of says) expect(text).toContain(sentence);
  });
});

test("a folder stands for all its files, and the root for all there are", async () => {
  expectGolden(
    new URL("./folder.golden.txt", import.meta.url),
    (await run(createRepository(SHOP).directory, "explain", "infra/")).stdout,
  );
  expect(await explained("/")).toMatch(/^the whole repository, 9 files\n/);
});

test("as JSON, with what an AI's change asks and what people's", async () => {
  expect(JSON.parse(await explained("src/money/pay.ts", "--json"))).toMatchObject({
    version: 1,
    kind: "path",
    path: "src/money/pay.ts",
    files: 1,
    areas: [{ area: "money", origin: ".github/countersign.yml:2", patterns: ["/src/money/"], why: null }],
    owners: [
      { codeowners: ".github/CODEOWNERS", ownership: { kind: "unmatched" }, paths: ["src/money/pay.ts"] },
    ],
    asked: {
      ai: { required: [{ area: "money", count: 2, obstacle: null }], optionalReviews: [] },
      people: { required: [{ area: "money", count: 2 }], optionalReviews: [] },
    },
  });
});

describe("what is meant", () => {
  test("has to be said where it could be a commit and a path", async () => {
    const repository = createRepository(
      { branch: "main", files: { "infra/main.tf": "1" } },
      { branch: "infra", from: "main" },
    );
    const explain = (...args: readonly string[]) => run(repository.directory, "explain", "infra", ...args);

    expect(await explain()).toEqual({
      code: 2,
      stdout: "",
      stderr: "countersign: infra is a commit and a path at HEAD: say --commit or --path\n",
    });
    expect((await explain("--commit")).stdout).toMatch(/^human {6}[0-9a-f]{7} /);
    expect((await explain("--path")).stdout).toMatch(/^infra\n/);
  });

  test("is read from where one stands, or with a slash from the root", async () => {
    const { directory } = createRepository(SHOP);
    const below = join(directory, "infra");
    mkdirSync(below, { recursive: true });
    const first = async (what: string) => (await run(below, "explain", what)).stdout.split("\n")[0];

    expect(await first("main.tf")).toBe("infra/main.tf");
    expect(await first("../src/shop.ts")).toBe("src/shop.ts");
    expect(await first("/src/shop.ts")).toBe("src/shop.ts");
    expect(await first(".")).toBe("infra, 3 files");
    expect((await run(below, "explain", "../../etc")).stderr).toBe(
      "countersign: ../../etc is outside the repository: name a path inside it\n",
    );
  });

  test("may still have to be written, with --path", async () => {
    expect(await explained("infra/new.tf", "--path")).toContain(
      "infrastructure: 1 countersignature from @mona",
    );
  });

  test.each([
    {
      args: ["nope"],
      says: "nope is neither a commit nor a path at HEAD: check its spelling, or say --path for a file that is still to be written",
    },
    {
      args: ["nope", "--commit"],
      says: "nope is not a commit in this repository: check its spelling, or fetch it first",
    },
    { args: ["infra", "--commit", "--path"], says: "option '--commit' cannot be used with option '--path'" },
    { args: [], says: "missing required argument 'commit-or-path'" },
    {
      args: ["--", "--evil"],
      says: "--evil is neither a commit nor a path at HEAD: check its spelling, or say --path for a file that is still to be written",
    },
  ])("and nothing else: $args", async ({ args, says }) => {
    const { code, stdout, stderr } = await run(createRepository(SHOP).directory, "explain", ...args);

    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: `countersign: ${says}\n` });
  });
});

test("outside a repository it ends with 2, as JSON too", async () => {
  const { code, stdout, stderr } = await run(temporaryDirectory(), "explain", "HEAD", "--json");

  expect(code).toBe(2);
  expect(stderr).toContain("is not in a git repository: go into one, or name it with --repo DIR");
  expect(JSON.parse(stdout)).toMatchObject({ outcome: "notEvaluated" });
});

test("in a repository without a commit, a path is judged by the built-in areas", async () => {
  const { directory } = createRepository();

  const { stdout } = await run(directory, "explain", "--path", "infra/main.tf");

  expect(stdout).toContain("Production: “infrastructure”.");
  expect(stdout).toContain("no owner: there is no CODEOWNERS at HEAD");
});

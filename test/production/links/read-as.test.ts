import { describe, expect, test } from "@jest/globals";
import { CONTROL_FILES_AREA } from "../../../src/production/control-files.ts";
import { createReadAs, type ReadAs } from "../../../src/production/links/read-as.ts";
import { threadTime } from "../../thread-time.ts";

type Targets = Readonly<Record<string, string | null>>;

interface Row {
  readonly what: string;
  /** What links say, by path. */
  readonly links: Targets;
  readonly path: string;
  /** The link through which it is read, or how else; `null` for no control file. */
  readonly through: string | null;
}

function readAs(links: Targets, path: string, more: readonly string[] = []): ReadAs | null {
  const tree = { links: Object.entries(links).map(([at, target]) => ({ path: at, target })), stands: [] };
  return createReadAs([...CONTROL_FILES_AREA.paths, ...more], tree)(path);
}

const linked = (link: string) => expect.objectContaining({ kind: "linked", link });

const FILES: readonly Row[] = [
  { what: "a file", links: { "CLAUDE.md": "docs/ai.md" }, path: "docs/ai.md", through: "CLAUDE.md" },
  { what: "beside it", links: { "CLAUDE.md": "docs/ai.md" }, path: "docs/ai.md.txt", through: null },
  {
    what: "from a folder below",
    links: { "services/shop/CLAUDE.md": "../../docs/ai.md" },
    path: "docs/ai.md",
    through: "services/shop/CLAUDE.md",
  },
  {
    what: "with dots",
    links: { "CLAUDE.md": "./docs/.//x/../ai.md" },
    path: "docs/ai.md",
    through: "CLAUDE.md",
  },
  { what: "in other letters", links: { ".Claude": "Tools" }, path: "tools/a.json", through: ".Claude" },
  {
    what: "with backslashes",
    links: { "CLAUDE.md": "docs\\ai.md" },
    path: "docs/ai.md",
    through: "CLAUDE.md",
  },
  { what: "that nothing reads", links: { "README.md": "docs/ai.md" }, path: "docs/ai.md", through: null },
];

const FOLDERS: readonly Row[] = [
  { what: "a folder", links: { ".claude": "tools/ai" }, path: "tools/ai/a/b.json", through: ".claude" },
  {
    what: "a folder with a slash",
    links: { ".claude": "tools/ai/" },
    path: "tools/ai/b",
    through: ".claude",
  },
  { what: "a neighbour", links: { ".claude": "tools/ai" }, path: "tools/ain/b.json", through: null },
  { what: "the root", links: { ".cursor": "." }, path: "src/a.ts", through: ".cursor" },
  {
    what: "a folder on the way",
    links: { ".github": "shared/github" },
    path: "shared/github/workflows/ship.yml",
    through: ".github",
  },
  {
    what: "what is beside it there",
    links: { ".github": "shared/github" },
    path: "shared/github/logo.png",
    through: null,
  },
  { what: "editors' folders", links: { "a/.vscode": "../ide" }, path: "ide/mcp.json", through: "a/.vscode" },
  { what: "all else of editors", links: { "a/.vscode": "../ide" }, path: "ide/icons.json", through: null },
  { what: "docs", links: { docs: "site/docs" }, path: "site/docs/CODEOWNERS", through: "docs" },
  { what: "other docs", links: { docs: "site/docs" }, path: "site/docs/index.md", through: null },
];

const CHAINS: readonly Row[] = [
  {
    what: "the end of a chain",
    links: { "CLAUDE.md": "a.md", "a.md": "b.md", "b.md": "docs/c.md" },
    path: "docs/c.md",
    through: "CLAUDE.md",
  },
  {
    what: "a link in a chain",
    links: { "CLAUDE.md": "a.md", "a.md": "b.md" },
    path: "a.md",
    through: "CLAUDE.md",
  },
  {
    what: "behind a link to a folder",
    links: { "CLAUDE.md": "current/ai.md", current: "docs/v2" },
    path: "docs/v2/ai.md",
    through: "CLAUDE.md",
  },
  {
    what: "the link to that folder",
    links: { "CLAUDE.md": "current/ai.md", current: "docs/v2" },
    path: "current",
    through: "CLAUDE.md",
  },
  {
    what: "up from where a link leads, not from where it stands",
    links: { "CLAUDE.md": "docs/current/../ai.md", "docs/current": "../old/v2" },
    path: "old/ai.md",
    through: "CLAUDE.md",
  },
  {
    what: "and nothing else",
    links: { "CLAUDE.md": "docs/current/../ai.md", "docs/current": "../old/v2" },
    path: "docs/ai.md",
    through: null,
  },
  {
    what: "a link in a folder that a link leads to",
    links: { ".claude": "tools/ai", "tools/ai/a.json": "../../shared/a.json" },
    path: "shared/a.json",
    through: ".claude",
  },
  {
    what: "a workflow through two links",
    links: { ".github": "shared", "shared/workflows": "../ci/jobs" },
    path: "ci/jobs/ship.yml",
    through: ".github",
  },
  {
    what: "a link that leads on nowhere",
    links: { "CLAUDE.md": "CLAUDE.md", "AGENTS.md": "a", a: "b", b: "a" },
    path: "b",
    through: "AGENTS.md",
  },
  { what: "beside a circle", links: { "AGENTS.md": "a", a: "b", b: "a" }, path: "c", through: null },
];

const NOT_THERE: readonly Row[] = [
  {
    what: "a file to come",
    links: { "CLAUDE.md": "gen/ai/a.md" },
    path: "gen/ai/a.md",
    through: "CLAUDE.md",
  },
  {
    what: "a link or a submodule to come",
    links: { "CLAUDE.md": "gen/ai/a.md" },
    path: "gen",
    through: "CLAUDE.md",
  },
  {
    what: "the repository by way of its folder",
    links: { "CLAUDE.md": "../shop/docs/ai.md" },
    path: "docs/ai.md",
    through: "CLAUDE.md",
  },
  {
    what: "the repository by a whole path",
    links: { "CLAUDE.md": "/home/runner/work/shop/shop/docs/ai.md" },
    path: "docs/ai.md",
    through: "CLAUDE.md",
  },
  { what: "what is elsewhere", links: { "CLAUDE.md": "/etc/ai.md" }, path: "docs/ai.md", through: null },
];

describe("a path is read as a control file through a link to", () => {
  test.each([...FILES, ...FOLDERS, ...CHAINS, ...NOT_THERE])("$what: $path", ({ links, path, through }) => {
    const expected = through === null ? null : linked(through);
    expect(readAs(links, path)).toEqual(expected);
  });
});

test.each<[Targets, string, string]>([
  [{ "CLAUDE.md": "docs/ai.md" }, "docs/ai.md", "CLAUDE.md"],
  [{ ".Claude": "Tools/ai" }, "Tools/ai/A/b.json", ".Claude/A/b.json"],
  [{ ".github": "shared" }, "shared/workflows/Ship.yml", ".github/workflows/Ship.yml"],
  [{ ".claude": "ai", "ai/A.json": "../x.json" }, "x.json", ".claude/A.json"],
  [{ ".github": "shared", "shared/workflows": "../ci" }, "ci/ship.yml", ".github/workflows/ship.yml"],
  [{ ".cursor": "." }, "src/a.ts", ".cursor/src/a.ts"],
])("through %j, %s is read as %s", (links, path, as) => {
  expect(readAs(links, path)).toMatchObject({ as });
});

describe("patterns of the config", () => {
  test("are looked for through links as well", () => {
    const links = { ops: "tools/ops", "rules/a": "../lib/a" };
    expect(readAs(links, "tools/ops/eu/deploy.sh", ["/ops/**/deploy.sh"])).toEqual(linked("ops"));
    expect(readAs(links, "lib/a/b", ["/rules/"])).toEqual(linked("rules/a"));
    expect(readAs(links, "lib/a/b", ["/ops/**/deploy.sh"])).toBeNull();
  });

  test("a circle of folders ends", () => {
    const links = { "ops/self": ".", "ops/other": "../ops", "ops/away": "../away" };
    expect(readAs(links, "away/deploy.sh", ["/ops/**/deploy.sh"])).not.toBeNull();
  });
});

describe("a path that is a link or a submodule", () => {
  const standing = (path: string) =>
    createReadAs(CONTROL_FILES_AREA.paths, { links: [], stands: [path] })(path);

  test.each([".github", "docs", "services/shop/.vscode"])("in place of the folder %s", (path) => {
    expect(standing(path)).toEqual({ kind: "in-place" });
  });

  test.each(["shared", "docs/latest", ".github/logos"])("not at %s", (path) => {
    expect(standing(path)).toBeNull();
  });

  test("counts under the names that its folder has", () => {
    const links = [{ path: ".github", target: "shared/github" }];
    const at = createReadAs(["/.github/safe/rules.yml"], { links, stands: ["shared/github/safe"] });
    expect(at("shared/github/safe")).toEqual(linked(".github"));
  });
});

describe("every path counts where it is not known where a link leads", () => {
  test.each<[string, Targets]>([
    ["a link that cannot be read", { "CLAUDE.md": null }],
    ["one behind another", { "CLAUDE.md": "a", a: null }],
    ["one in a folder", { ".claude": "tools", "tools/a": null }],
    ["one that costs too much", { "CLAUDE.md": "a/".repeat(30_000) }],
  ])("%s", (_, links) => {
    expect(readAs(links, "src/index.ts")).toMatchObject({ kind: "anywhere" });
  });

  test("but not for a link that no control file is read through", () => {
    expect(readAs({ "src/latest": null }, "src/index.ts")).toBeNull();
  });
});

test("hostile links cost little", () => {
  const far = "a/../".repeat(800);
  const links = Object.fromEntries(
    Array.from({ length: 3_000 }, (_, index) => [`.claude/${index}`, `${far}${index}`]),
  );
  const time = threadTime(() => {
    expect(readAs(links, "src/index.ts")).toMatchObject({ kind: "anywhere" });
  });
  expect(time).toBeLessThan(2_000);
});

import { describe, expect, test } from "@jest/globals";
import { createCaches } from "../../../../src/github/reading/caches.ts";
import { readLinks } from "../../../../src/github/reading/content/links.ts";
import { CONTROL_FILES_AREA } from "../../../../src/production/control-files.ts";
import type { ChangedFile } from "../../../../src/signoff/snapshot.ts";
import { client, type Instead, serve } from "../../served.ts";
import { type StubbedGitHub, sha, stubbedGitHub } from "../../stubbed-github.ts";
import { NOW, REPOSITORY, refusalOf, snapshotOf } from "../reading.ts";

const BASE = sha("ba5e");

interface Entry {
  readonly path: string;
  readonly mode?: string;
  readonly type?: string;
  readonly sha: string;
}

const folder = (path: string, id: string): Entry => ({ path, type: "tree", mode: "040000", sha: id });
const link = (path: string, id: string): Entry => ({ path, mode: "120000", sha: id });

/** Trees by id; a question for all below is answered in part where a tree says so. */
function treesOf(
  trees: Readonly<Record<string, { readonly cut?: true; readonly entries: readonly Entry[] }>>,
): Instead {
  return (asked) => {
    const [, id = "", recursive] = /\/git\/trees\/(\w+)(\?recursive=1)?$/.exec(asked) ?? [];
    const tree = trees[id];
    if (tree === undefined) return undefined;
    const truncated = tree.cut === true && recursive !== undefined;
    const entries = truncated ? [] : tree.entries;
    return [200, { truncated, tree: entries.map((entry) => ({ mode: "100644", type: "blob", ...entry })) }];
  };
}

function reading(of: StubbedGitHub, instead?: Instead) {
  const caches = createCaches();
  const asked = serve(of, instead);
  const read = async (commits: readonly string[] = [BASE], files: readonly ChangedFile[] = []) => {
    const patterns = CONTROL_FILES_AREA.paths;
    const links = await readLinks(client(), {
      repository: REPOSITORY,
      commits,
      files,
      patterns,
      caches,
      now: NOW,
    });
    return { links, asked: asked.splice(0) };
  };
  return { read };
}

const tree = (id: string, all = true) => `GET /repos/acme/shop/git/trees/${id}${all ? "?recursive=1" : ""}`;

describe("the links of a commit", () => {
  test("are those through which control files are read, and those behind them", async () => {
    const of = stubbedGitHub();
    of.links = { "CLAUDE.md": sha(1), "docs/ai": sha(2), "docs/other": sha(3) };
    of.blobs = { [sha(1)]: { text: "docs/ai/a.txt" }, [sha(2)]: { text: "../shared" } };
    const { links } = await reading(of).read();
    expect(links).toEqual([
      { path: "CLAUDE.md", target: "docs/ai/a.txt" },
      { path: "docs/ai", target: "../shared" },
    ]);
  });

  test("and those that the head brings, under both targets where it turns one", async () => {
    const of = stubbedGitHub();
    of.links = { "CLAUDE.md": sha(1) };
    of.blobs = { [sha(1)]: { text: "one" }, [sha(2)]: { text: "two" } };
    const turned = { path: "CLAUDE.md", status: "modified", mode: "120000", contentId: sha(2) } as const;
    const { links } = await reading(of).read([BASE], [{ ...turned, additions: 1, deletions: 1 }]);
    expect(links.map(({ target }) => target).toSorted()).toEqual(["one", "two"]);
  });

  test("lead nobody knows where if GitHub does not say it", async () => {
    const of = stubbedGitHub();
    of.links = { "CLAUDE.md": sha(1), "AGENTS.md": sha(2), "GEMINI.md": sha(3) };
    of.blobs = {
      [sha(1)]: { isBinary: true, text: null },
      [sha(2)]: { isTruncated: true },
      [sha(3)]: { __typename: "Tree" },
    };
    const { links } = await reading(of).read();
    expect(links.map(({ target }) => target)).toEqual([null, null, null]);
  });

  test("are part of the snapshot", async () => {
    const of = stubbedGitHub();
    of.links = { "CLAUDE.md": sha(1) };
    of.blobs = { [sha(1)]: { text: "docs/ai.txt" } };
    expect((await snapshotOf(of)).links).toEqual([{ path: "CLAUDE.md", target: "docs/ai.txt" }]);
  });

  test("and left out of it where there are none", async () => {
    expect(await snapshotOf(stubbedGitHub())).not.toHaveProperty("links");
  });
});

describe("a tree that GitHub does not list at once", () => {
  const [APP, DOCS, DEEP] = [sha("a1"), sha("d1"), sha("d2")];
  const TREES = {
    [BASE]: {
      cut: true,
      entries: [folder("app", APP), folder("docs", DOCS), { path: "README.md", sha: sha(9) }],
    },
    [APP]: { entries: [link("CLAUDE.md", sha(1))] },
    [DOCS]: { cut: true, entries: [link("AGENTS.md", sha(1)), folder("deep", DEEP)] },
    [DEEP]: { entries: [link("a/GEMINI.md", sha(1))] },
  } as const;

  test("is read folder by folder", async () => {
    const { links } = await reading(stubbedGitHub(), treesOf(TREES)).read();
    expect(links.map(({ path }) => path)).toEqual([
      "app/CLAUDE.md",
      "docs/AGENTS.md",
      "docs/deep/a/GEMINI.md",
    ]);
  });

  test("and of the next commit only the folders that changed", async () => {
    const next = sha("ba5f");
    const trees = {
      ...TREES,
      [next]: { cut: true, entries: [folder("app", sha("a2")), folder("docs", DOCS)] },
      [sha("a2")]: { entries: [] },
    } as const;
    const { read } = reading(stubbedGitHub(), treesOf(trees));
    await read();
    const { links, asked } = await read([next]);
    expect(links.map(({ path }) => path)).toEqual(["docs/AGENTS.md", "docs/deep/a/GEMINI.md"]);
    expect(asked).toEqual([tree(next), tree(next, false), tree(sha("a2"))]);
  });

  test("is read on at the next attempt where it has too many folders", async () => {
    const folders = Array.from({ length: 150 }, (_, index) => folder(`f${index}`, sha(`f${index}`)));
    const trees = Object.fromEntries(folders.map(({ sha: id }) => [id, { entries: [] }] as const));
    const { read } = reading(stubbedGitHub(), treesOf({ ...trees, [BASE]: { cut: true, entries: folders } }));
    await expect(read()).rejects.toMatchObject({
      problem: { code: "evidence/links-not-read" },
      retryAfterMs: 60_000,
    });
    expect((await read()).links).toEqual([]);
  });

  test("is refused where a folder by itself is cut", async () => {
    const cut: Instead = (asked) =>
      asked.includes("/git/trees/") ? [200, { truncated: true, tree: [] }] : undefined;
    expect(await refusalOf(stubbedGitHub(), { instead: cut })).toBe("evidence/links-not-read");
  });
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { createCaches } from "../../../../src/github/reading/caches.ts";
import { notePaths } from "../../../../src/github/reading/content/notes.ts";
import { readSnapshot } from "../../../../src/github/reading/read-snapshot.ts";
import { client, serve } from "../../served.ts";
import { HEAD, person, sha, stubbedGitHub } from "../../stubbed-github.ts";
import { request, snapshotOf } from "../reading.ts";

const NOTES = "POST /graphql CountersignNotes";

function note(tool: string, lines = "1-3"): string {
  const schema = { schema_version: "authorship/3.0.0", sessions: { s_1: { agent_id: { tool, id: "c1" } } } };
  return ["infra/main.tf", `  s_1::t_1 ${lines}`, "---", JSON.stringify(schema)].join("\n");
}

function trace(name: string): string {
  const conversations = [{ contributor: { type: "ai" }, ranges: [{ start_line: 1, end_line: 2 }] }];
  return JSON.stringify({
    version: "0.1.0",
    tool: { name },
    files: [{ path: "infra/main.tf", conversations }],
  });
}

const PLACES = notePaths(HEAD).map((path) => [path] as const);
const byCursor = { ok: true, attestation: { tools: [{ tool: "Cursor", lines: 3 }] } };

describe("what git-ai keeps beside a commit", () => {
  test.each(PLACES)("is found at %s", async (path) => {
    const of = stubbedGitHub();
    of.notes = { [path]: note("cursor") };
    expect((await snapshotOf(of)).commits).toMatchObject([{ sha: HEAD, attested: [byCursor] }]);
  });

  test("counts as git has it where it lies at two places at once", async () => {
    const of = stubbedGitHub();
    const [flat, spread] = notePaths(HEAD);
    of.notes = { [`${flat}`]: note("cursor"), [`${spread}`]: note("codex") };
    expect((await snapshotOf(of)).commits[0]?.attested).toHaveLength(2);
  });

  test.each([
    ["too long", { text: note("cursor"), isTruncated: true }, "it is too long"],
    ["not text", { isBinary: true }, "it is not text"],
    ["of a kind that nobody told", { isBinary: null, text: note("cursor") }, "it is not text"],
    ["without its text", { text: null }, "it is not text"],
    ["no record", { text: "by hand" }, "it has no line ---"],
  ])("is said to be unreadable where it is %s", async (_, blob, reason) => {
    const of = stubbedGitHub();
    of.notes = { [HEAD]: blob };
    expect((await snapshotOf(of)).commits).toMatchObject([
      { attested: [{ ok: false, reason: expect.stringContaining(reason) }] },
    ]);
  });

  test("is left out of a commit without a note", async () => {
    const of = stubbedGitHub();
    of.notes = { [sha("0dd")]: note("cursor") };
    expect((await snapshotOf(of)).commits[0]).not.toHaveProperty("attested");
  });

  test("is read beside an Agent Trace record, in one request for both", async () => {
    const of = stubbedGitHub();
    of.notes = { [HEAD]: note("cursor") };
    of.traces = { [HEAD]: `${trace("codex")}\n${trace("codex")}` };
    const asked = serve(of);
    const result = await readSnapshot(client(), request());
    const byCodex = {
      ok: true,
      attestation: { standard: "Agent Trace", tools: [{ tool: "OpenAI Codex", lines: 4 }] },
    };
    expect(result).toMatchObject({ snapshot: { commits: [{ attested: [byCursor, byCodex] }] } });
    expect(asked.filter((line) => line === NOTES)).toHaveLength(1);
  });

  test("may be an Agent Trace record alone, and is called what it is where it cannot be read", async () => {
    const of = stubbedGitHub();
    of.traces = { [HEAD]: { text: trace("codex"), isTruncated: true } };
    expect((await snapshotOf(of)).commits).toMatchObject([
      { attested: [{ ok: false, reason: "The Agent Trace note cannot be read: it is too long." }] },
    ]);
  });

  test("costs nothing where no notes are kept, else a request for a hundred commits, once", async () => {
    const of = stubbedGitHub();
    of.pull.commits = Array.from({ length: 101 }, (_, index) => ({
      oid: index === 100 ? HEAD : sha(index + 1),
      message: "m",
      author: person("dora", 1),
    }));
    const caches = createCaches();
    const asked = serve(of);
    const forNotes = async () => {
      expect(await readSnapshot(client(), request({ caches }))).toMatchObject({ status: "complete" });
      return asked.splice(0).filter((line) => line === NOTES);
    };
    expect(await forNotes()).toEqual([]);
    of.notes = { [HEAD]: note("cursor") };
    expect(await forNotes()).toEqual([NOTES, NOTES]);
    expect(await forNotes()).toEqual([]);
  });
});

describe("git itself lays out notes where they are looked for", () => {
  const directory = mkdtempSync(join(tmpdir(), "countersign-notes-"));
  const author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  const git = (args: readonly string[], input = "") =>
    execFileSync("git", [...author, "-C", directory, ...args], {
      input,
      encoding: "utf8",
      maxBuffer: 1 << 26,
      env: { PATH: process.env.PATH, HOME: directory, GIT_CONFIG_NOSYSTEM: "1" },
    }).trim();
  git(["init", "-q"]);
  git(["commit", "-q", "--allow-empty", "-m", "One"]);
  afterAll(() => rmSync(directory, { recursive: true }));

  test.each([
    [1, 0],
    [300, 1],
  ])("of %i others, %i folders deep", (count, depth) => {
    const head = git(["rev-parse", "HEAD"]);
    const blob = git(["hash-object", "-w", "--stdin"], "a note");
    const others = Array.from({ length: count }, (_, index) => spread(index)).toSorted();
    const tree = git(
      ["mktree", "--missing"],
      others.map((name) => `100644 blob ${blob}\t${name}\n`).join(""),
    );
    git(["update-ref", "refs/notes/ai", git(["commit-tree", tree, "-m", "Notes"])]);
    git(["notes", "--ref", "ai", "add", "-m", "its note", head]);

    const paths = git(["ls-tree", "-r", "--name-only", "refs/notes/ai"]).split("\n");
    expect(notePaths(head).filter((path) => paths.includes(path))).toEqual([notePaths(head)[depth]]);
  });
});

/** Ids that spread evenly, as git's own do. */
function spread(index: number): string {
  const mixed = Math.imul(index + 1, 0x9e3779b1) >>> 0;
  return mixed.toString(16).padStart(8, "0").padEnd(40, "0");
}

import { describe, expect, test } from "@jest/globals";
import type { HazardRuleSetting } from "../../../src/policy/policy.ts";
import { raiseHazards } from "../../../src/signoff/requirements/hazards.ts";
import type { ChangedFile } from "../../../src/signoff/snapshot.ts";
import { file, policy, snapshot, verdict } from "../build.ts";

const DATABASE = 'resource "aws_db_instance" "main" {\n  size = 1\n}\n';
const OPEN = 'resource "google_compute_firewall" "ssh" {\n  source_ranges = ["0.0.0.0/0"]\n}\n';
const REMOVED = "terraform/resource-removed";
const WEB = "web/db.tf";
const NO_DIFF = "there is no diff of it";
const TOO_LARGE = "it is too large";

/** A file of which only these things are known. */
function known(path: string, more: Partial<ChangedFile>): ChangedFile {
  const { before: _, after: __, ...rest } = file(path);
  return { ...rest, ...more };
}

const raised = (...files: readonly ChangedFile[]) =>
  verdict({ files }).hazards.map(({ id, file: path, line, shownAt }) =>
    line === shownAt ? `${id} ${path}:${line}` : `${id} ${path}:${line} shown at ${shownAt}`,
  );
const why = (...files: readonly ChangedFile[]) => verdict({ files }).hazards.map((hazard) => hazard.why);
const unreadable = (path: string, because: string) =>
  `changes \`${path}\`, which cannot be read here, because ${because}: an owner has to look`;

const lines = (mark: string, text: string) => text.trimEnd().replaceAll(/^/gm, mark);

describe("enough is known of a file", () => {
  const text = "locals {}\n";

  test.each<{ why: string; more: Partial<ChangedFile>; lacks?: string }>([
    { why: "the text of a new file", more: { status: "added", after: text } },
    { why: "the text of a copy", more: { status: "copied", previousPath: "web/b.tf", after: text } },
    { why: "the text of a file that is gone", more: { status: "removed", before: text } },
    { why: "its whole diff", more: { patch: "@@ -1 +1 @@\n-# a\n+# b" } },
    { why: "not a new file's absence before", more: { status: "added", before: null }, lacks: NO_DIFF },
    { why: "not a removed file's absence after", more: { status: "removed", after: null }, lacks: NO_DIFF },
    { why: "not the text before a change alone", more: { before: text }, lacks: NO_DIFF },
    { why: "not the text after a change alone", more: { after: text }, lacks: NO_DIFF },
    {
      why: "not a diff that is cut off",
      more: { patch: "@@ -1,2 +1,2 @@\n a\n-b" },
      lacks: "its diff is not whole or does not fit its content",
    },
    { why: "not what the reader could not read", more: { unread: "too-large" }, lacks: TOO_LARGE },
  ])("$why", ({ more, lacks }) => {
    expect(why(known("web/a.tf", more))).toEqual(lacks === undefined ? [] : [unreadable("web/a.tf", lacks)]);
  });

  test("to find a hazard by its diff alone", () => {
    const patch = `@@ -1,4 +1 @@\n # a\n${lines("-", DATABASE)}`;
    expect(raised(known("web/a.tf", { patch, additions: 0, deletions: 3 }))).toEqual([
      `${REMOVED} web/a.tf:2`,
    ]);
  });
});

describe("what a rule asks for", () => {
  const unencrypted = known("web/db.tf", {
    status: "added",
    before: null,
    after: 'resource "aws_ebs_volume" "a" {\n  encrypted = false\n}\n',
  });
  const ID = "storage/created-unencrypted";
  const judged = (rules: ReadonlyMap<string, HazardRuleSetting>, changed: ChangedFile) =>
    raiseHazards({ ...snapshot(), files: [changed] }, { ...policy().hazards, rules }, true).map(
      ({ id, status }) => `${id} ${status.kind}`,
    );

  test.each<[string, [string, HazardRuleSetting][], string]>([
    ["a poor default on something new is shown", [], "shown"],
    ["the config may let it ask", [[ID, { asks: "block" }]], "asks"],
    ["a number of signatures asks for them", [[ID, { countersignatures: 2 }]], "asks"],
    ["the config may switch it off", [[ID, { off: "on purpose", origin: "a.yml:1" }]], "off"],
  ])("%s", (_, rules, standing) => {
    expect(judged(new Map(rules), unencrypted)).toEqual([`${ID} ${standing}`]);
  });

  test("the config may let a rule that asks be shown only", () => {
    const gone = known(WEB, { status: "removed", before: DATABASE, after: null });
    expect(judged(new Map([[REMOVED, { asks: "show" }]]), gone)).toEqual([`${REMOVED} shown`]);
  });
});

describe("a move counts at its old and its new place", () => {
  const moved = (previousPath: string, path: string, more: Partial<ChangedFile> = {}) =>
    known(path, { status: "renamed", previousPath, ...more });
  const edit = { patch: "@@ -1 +1 @@\n-# a\n+# b" };

  test.each<{ why: string; changed: ChangedFile; says: readonly string[] }>([
    {
      why: "what comes to where rules read it",
      changed: moved("examples/fw.tf", "web/fw.tf", { before: OPEN, after: OPEN }),
      says: ["opens `google_compute_firewall.ssh` to the whole internet (`0.0.0.0/0`)"],
    },
    {
      why: "what comes there, though no name tells what it holds",
      changed: moved("examples/setup", "web/setup", { before: "ufw disable\n", after: "ufw disable\n" }),
      says: ["runs `ufw disable`: the machine stands without its protection"],
    },
    {
      why: "a copy to elsewhere takes nothing away",
      changed: known("web/db.tf.txt", {
        status: "copied",
        previousPath: WEB,
        before: DATABASE,
        after: DATABASE,
      }),
      says: [],
    },
    {
      why: "fails closed when what is gone cannot be read",
      changed: moved(WEB, "web/db.txt", { unread: "binary" }),
      says: [unreadable(WEB, "it is no text")],
    },
    {
      why: "fails closed when only the edit of what is gone is known",
      changed: moved(WEB, "web/db.txt", edit),
      says: [unreadable(WEB, TOO_LARGE)],
    },
    {
      why: "fails closed when what comes cannot be read",
      changed: moved("examples/fw.tf", "web/fw.tf", { before: OPEN }),
      says: [unreadable("web/fw.tf", NO_DIFF)],
    },
    {
      why: "fails closed when neither can be read",
      changed: moved("examples/fw.tf", "web/fw.tf", { unread: "too-large" }),
      says: [unreadable("examples/fw.tf", TOO_LARGE), unreadable("web/fw.tf", TOO_LARGE)],
    },
    {
      why: "fails closed when what comes cannot be read, though no name tells what it holds",
      changed: moved("examples/fw.tf", "web/setup", { before: OPEN, unread: "too-large" }),
      says: [unreadable("web/setup", TOO_LARGE)],
    },
    {
      why: "fails closed when what comes is no text where its name says that it should be",
      changed: moved("examples/fw.tf", "web/fw.tf", { before: OPEN, unread: "binary" }),
      says: [unreadable("web/fw.tf", "it is no text")],
    },
    {
      why: "fails closed when only the edit of what comes is known",
      changed: moved("examples/fw.tf", "web/fw.tf", { before: OPEN, ...edit }),
      says: [unreadable("web/fw.tf", TOO_LARGE)],
    },
    {
      why: "but what a tool makes is read nowhere",
      changed: moved("examples/fw.tf", "web/fw.lock", { before: OPEN, unread: "too-large" }),
      says: [],
    },
    {
      why: "but what is no text is nothing to read there",
      changed: moved("examples/fw.tf", "web/setup", { before: OPEN, unread: "binary" }),
      says: [],
    },
    {
      why: "where no name tells what a file holds, only its new place is shown",
      changed: moved("web/data", "examples/data", { unread: "too-large" }),
      says: [unreadable("examples/data", TOO_LARGE)],
    },
    {
      why: "nor is it told to be lost where its edit is known",
      changed: moved("web/data", "examples/data", edit),
      says: [],
    },
  ])("$why", ({ changed, says }) => {
    expect(why(changed)).toEqual(says);
  });
});

describe("a hazard is shown", () => {
  const before = `# a\n${DATABASE}# b\n`;
  const after = "# new\n# new\n# a\n# b\n";
  const patch = `@@ -0,0 +1,2 @@\n+# new\n+# new\n@@ -2,3 +3,0 @@\n${lines("-", DATABASE)}`;
  const counts = { additions: 2, deletions: 3 };

  test.each<{ why: string; changed: ChangedFile; at: string }>([
    {
      why: "of a line that is gone at the next that still stands",
      changed: file(WEB, { before, after, patch, ...counts }),
      at: `${REMOVED} ${WEB}:2 shown at 4`,
    },
    {
      why: "where it stood, when the diff is not whole",
      changed: file(WEB, { before, after, patch: "@@ -0,0 +1,2 @@\n+# new", ...counts }),
      at: `${REMOVED} ${WEB}:2`,
    },
    {
      why: "at the last line, when that is further up",
      changed: file(WEB, { before: `# a\n# a\n# a\n${DATABASE}`, after: "# a\n" }),
      at: `${REMOVED} ${WEB}:4 shown at 2`,
    },
    {
      why: "where it stood in a file that is gone",
      changed: file(WEB, {
        status: "removed",
        contentId: null,
        before: `# a\n${DATABASE}`,
        patch: `@@ -1,4 +0,0 @@\n${lines("-", `# a\n${DATABASE}`)}`,
        additions: 0,
        deletions: 4,
      }),
      at: `${REMOVED} ${WEB}:2`,
    },
    {
      why: "of a line that came where it stands",
      changed: file("web/fw.tf", {
        before: "# a\n# b\n",
        after: `# a\n${OPEN}`,
        patch: `@@ -2 +2,3 @@\n-# b\n${lines("+", OPEN)}`,
        additions: 3,
        deletions: 1,
      }),
      at: "network/open-to-all web/fw.tf:3",
    },
  ])("$why", ({ changed, at }) => {
    expect(raised(changed)).toEqual([at]);
  });
});

test("actions of the repository's own account are nobody else's", () => {
  const workflow = (action: string) =>
    file(".github/workflows/ci.yml", {
      status: "added",
      before: null,
      after: `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ${action}\n`,
    });
  expect(raised(workflow("acme/deploy@v1"))).toEqual([]);
  expect(raised(workflow("other/deploy@v1"))).toEqual([
    "workflows/unpinned-action .github/workflows/ci.yml:7",
  ]);
});

test("a CODEOWNERS file that comes before the one in force is compared with it", () => {
  const file = known(".github/CODEOWNERS", { status: "added", before: null, after: "* @mallory\n" });
  const codeowners = { path: "CODEOWNERS", text: "* @sre\n" };
  const raised = raiseHazards({ ...snapshot(), files: [file], codeowners }, policy().hazards, true);
  expect(raised.map(({ id }) => id)).toContain("owners/rule-dropped");
});

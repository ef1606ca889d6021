import { afterAll, expect, test } from "@jest/globals";
import { findRange } from "../../../../src/cli/local-git/range.ts";
import { openRepository } from "../../../../src/cli/local-git/repository/repository.ts";
import { readLocalChange } from "../../../../src/cli/local-git/snapshot.ts";
import { resolvePolicy } from "../../../../src/policy/resolve.ts";
import type { ChangedFile } from "../../../../src/signoff/snapshot.ts";
import { createRepository, removeTemporaryDirectories, type Step } from "../../temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const LONG = "x".repeat((1 << 20) + 1);
const SUBMODULE = "c".repeat(40);

async function changed(
  before: Step["files"],
  step: Omit<Step, "branch" | "from">,
): Promise<readonly ChangedFile[]> {
  const { directory } = createRepository(
    { branch: "main", files: { "README.md": "hi\n", ...before } },
    { branch: "topic", from: "main", ...step },
  );
  const repository = await openRepository({ from: directory, directory: ".", naming: "--repo DIR" });
  const range = await findRange(repository, { base: undefined, head: "HEAD" });
  const { snapshot } = await readLocalChange(repository, range, {
    policySources: { organization: { status: "absent" }, repository: { status: "absent" } },
    resolve: resolvePolicy,
    now: "2026-11-23T00:00:00.000Z",
    onCommit: () => {},
  });
  return snapshot.files;
}

interface Row {
  readonly why: string;
  readonly before?: Step["files"];
  readonly step: Omit<Step, "branch" | "from">;
  readonly texts: object;
}

test.each<Row>([
  {
    why: "a changed file has both texts",
    before: { "a.tf": "one\n" },
    step: { files: { "a.tf": "two\n" } },
    texts: { before: "one\n", after: "two\n" },
  },
  {
    why: "a new file has the text after",
    step: { files: { "a.tf": "two" } },
    texts: { before: null, after: "two" },
  },
  {
    why: "a removed file has the text before",
    before: { "a.tf": "one\n" },
    step: { removed: ["a.tf"] },
    texts: { before: "one\n", after: null },
  },
  {
    why: "a moved file has both, of the path where it was and of the one where it is",
    before: { "old.tf": "one\ntwo\nthree\nfour\n" },
    step: { renamed: [["old.tf", "a.tf"]] },
    texts: { before: "one\ntwo\nthree\nfour\n", after: "one\ntwo\nthree\nfour\n" },
  },
  {
    why: "an empty file has an empty text",
    step: { files: { "a.tf": "" } },
    texts: { before: null, after: "" },
  },
  {
    why: "what is too large is not read",
    before: { "a.tf": "one\n" },
    step: { files: { "a.tf": LONG } },
    texts: { unread: "too-large" },
  },
  {
    why: "what is no text is not read",
    before: { "a.tf": "one\n" },
    step: { files: { "a.tf": "a\0b" } },
    texts: { unread: "binary" },
  },
  { why: "what no rule reads is not read", step: { files: { "a.png": "text" } }, texts: {} },
  {
    why: "a submodule has no text after",
    step: { files: { lib: { mode: "160000", id: SUBMODULE } } },
    texts: { before: null },
  },
])("$why", async ({ before, step, texts }) => {
  const [file] = await changed(before, step);
  const { before: was, after, unread } = file ?? {};
  const shown = { before: was, after, unread };
  expect(Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined))).toEqual(texts);
  expect(file).not.toHaveProperty("formerId");
});

test("the same content at two paths is read once for both", async () => {
  const files = await changed({}, { files: { "a.tf": "same\n", "b.tf": "same\n" } });
  expect(files.map(({ after }) => after)).toEqual(["same\n", "same\n"]);
});

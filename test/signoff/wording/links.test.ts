import { expect, test } from "@jest/globals";
import type { ReadAs } from "../../../src/production/links/read-as.ts";
import { readThroughLinks } from "../../../src/signoff/wording/links.ts";

const KNOWN: Readonly<Record<string, ReadAs>> = {
  "ci/a.yml": { kind: "linked", link: ".github/workflows", as: ".github/workflows/a.yml" },
  "ci/b.yml": { kind: "linked", link: ".github/workflows", as: ".github/workflows/b.yml" },
  ".github": { kind: "in-place" },
  "x.txt": { kind: "anywhere", link: "odd" },
  "y.txt": { kind: "anywhere", link: "odd" },
};

test.each([
  { why: "nothing of what is read by its own name", paths: ["plain.yml"], says: "" },
  {
    why: "the link through which a path is read",
    paths: ["ci/a.yml"],
    says: " “ci/a.yml” is read through the link “.github/workflows”.",
  },
  {
    why: "a link in the place of a folder",
    paths: [".github"],
    says: " Control files are looked for behind “.github”.",
  },
  {
    why: "one sentence for all files behind a link that leads nobody knows where",
    paths: ["x.txt", "plain.yml", "y.txt"],
    says: " It is not known where the link “odd” leads, so every file counts: replace it with a file.",
  },
  {
    why: "three things at most",
    paths: ["plain.yml", "ci/a.yml", ".github", "x.txt", "ci/b.yml"],
    says: [
      " “ci/a.yml” is read through the link “.github/workflows”.",
      " Control files are looked for behind “.github”.",
      " It is not known where the link “odd” leads, so every file counts: replace it with a file.",
    ].join(""),
  },
])("C16 what is said of paths that are read through links: $why", ({ paths, says }) => {
  expect(readThroughLinks(paths, (path) => KNOWN[path] ?? null)).toBe(says);
});

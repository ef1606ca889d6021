import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";

const ROOT = new URL("../../", import.meta.url);

/** Paths from the root, in code or in links. */
const PATH = /[`(]((?:src|test|docs|demo|bench|scripts)\/[\w./-]*|[\w-]+\.(?:yml|json|md))[`)]/g;

test("Every path that ARCHITECTURE.md names exists", () => {
  const page = readFileSync(new URL("ARCHITECTURE.md", ROOT), "utf8");
  const paths = [...page.matchAll(PATH)].flatMap(([, path]) => path ?? []);

  expect(paths.length).toBeGreaterThan(30);
  expect(paths.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
});

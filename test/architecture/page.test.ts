import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";

const ROOT = new URL("../../", import.meta.url);

/** Paths from the root, in code or in links, and names of sources, which are the workers'. */
const PATH = /[`(]((?:src|test|docs|demo|bench|scripts)\/[\w./-]*|[\w-]+\.(?:yml|json|md|ts))[`)]/g;
const WORKERS = "src/app/work/";

test("Every path that ARCHITECTURE.md names exists", () => {
  const page = readFileSync(new URL("ARCHITECTURE.md", ROOT), "utf8");
  const named = [...page.matchAll(PATH)].flatMap(([, path]) => path ?? []);
  const paths = named.map((path) => (/^[\w-]+\.ts$/.test(path) ? WORKERS + path : path));

  expect(paths.length).toBeGreaterThan(30);
  expect(paths.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
});

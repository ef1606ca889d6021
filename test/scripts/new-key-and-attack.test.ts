import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { create } from "../../scripts/new/create.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "new-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const read = (path: string) => readFileSync(join(root, path), "utf8");

describe("npm run new -- key", () => {
  test("makes an entry and a test of its rows", () => {
    expect(create(root, ["key", "max-lines"]).ok).toBe(true);

    expect(read("src/policy/keys/max-lines.ts")).toContain("export const maxLines = key({");
    expect(read("test/policy/keys/max-lines.test.ts")).toContain("toMatchObject({ maxLines: inForce })");
  });
});

describe("npm run new -- attack", () => {
  test("makes a row of that number", () => {
    expect(create(root, ["attack", "c20"]).ok).toBe(true);

    expect(read("test/attacks/c20.test.ts")).toContain('row("C20", ');
  });
});

test.each([
  ["key", "max-lines"],
  ["attack", "c20"],
])("npm run new -- %s overwrites nothing", (...args) => {
  create(root, args);
  expect(create(root, args).ok).toBe(false);
});

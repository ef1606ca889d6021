import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { gaps } from "../../scripts/gaps.ts";
import { create } from "../../scripts/new/create.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const REGISTER = "src/production/hazards/rule-sets.ts";
let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gaps-"));
  mkdirSync(join(root, "test"));
  mkdirSync(dirname(join(root, REGISTER)), { recursive: true });
  writeFileSync(join(root, REGISTER), readFileSync(join(PROJECT, REGISTER), "utf8"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

test.each([
  ["tool", "acme-agent", "src/provenance/catalogue/tools/acme-agent.ts:5: fill in the vendor"],
  [
    "hazard",
    "acme-queue",
    "src/production/hazards/rule-sets/acme-queue.ts:27: fill in the title in the reference",
  ],
  ["key", "max-lines", "src/policy/keys/max-lines.ts:10: fill in what the key does."],
  ["key", "max-lines", "test/policy/keys/max-lines.test.ts:10: fill in the rows"],
  ["attack", "c20", "test/attacks/c20.test.ts:8: fill in the title"],
])("what a new %s leaves open is listed", (kind, name, gap) => {
  create(root, [kind, name]);
  expect(gaps(root)).toContain(gap);
});

test("nothing is listed of a file that is filled in", () => {
  expect(gaps(root)).toEqual([]);
});

test("the project has no gap", () => {
  expect(gaps(PROJECT)).toEqual([]);
});

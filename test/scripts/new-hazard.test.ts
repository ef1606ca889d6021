import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { create } from "../../scripts/new/create.ts";

const REGISTER = "src/production/hazards/rule-sets.ts";
const FILE = "src/production/hazards/rule-sets/acme-queue.ts";
let root = "";
let register = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "new-"));
  register = readFileSync(fileURLToPath(new URL(`../../${REGISTER}`, import.meta.url)), "utf8");
  mkdirSync(dirname(join(root, REGISTER)), { recursive: true });
  writeFileSync(join(root, REGISTER), register);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const read = (path: string) => readFileSync(join(root, path), "utf8");

describe("npm run new -- hazard", () => {
  test("makes a rule set and registers it", () => {
    const { ok, lines } = create(root, ["hazard", "acme-queue"]);

    expect([ok, ...lines.slice(0, 2)]).toEqual([true, `Created ${FILE}`, `Entered it in ${REGISTER}`]);
    expect(read(FILE)).toContain("export const ACME_QUEUE: RuleSet = {");
    const lost = register.split("\n").filter((line) => !read(REGISTER).split("\n").includes(line));
    expect(lost).toEqual([]);
    const come = read(REGISTER)
      .split("\n")
      .filter((line) => !register.split("\n").includes(line));
    expect(come).toEqual(['import { ACME_QUEUE } from "./rule-sets/acme-queue.ts";', "  ACME_QUEUE,"]);
    expect(read(REGISTER).endsWith("  ACME_QUEUE,\n];\n")).toBe(true);
    const imported = [...read(REGISTER).matchAll(/"\.\/rule-sets\/.*"/g)].map(([file]) => file);
    expect(imported).toEqual(imported.toSorted());
  });

  test("overwrites nothing, and registers nothing twice", () => {
    create(root, ["hazard", "acme-queue"]);
    const before = [read(FILE), read(REGISTER)];

    expect(create(root, ["hazard", "acme-queue"])).toEqual({ ok: false, lines: [`${FILE} exists already.`] });
    expect([read(FILE), read(REGISTER)]).toEqual(before);
  });
});

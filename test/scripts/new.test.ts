import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { create } from "../../scripts/new/create.ts";
import { KINDS } from "../../scripts/new/kinds.ts";
import { toolIndex } from "../../scripts/tool-index.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "new-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const FILE = "src/provenance/catalogue/tools/acme-agent.ts";

describe("npm run new -- tool", () => {
  test("makes a file that the index of tools takes up", () => {
    const { ok, lines } = create(root, ["tool", "acme-agent"]);
    const text = readFileSync(join(root, FILE), "utf8");

    expect([ok, lines[0]]).toEqual([true, `Created ${FILE}`]);
    expect(text).toContain("export const acmeAgent = defineTool({");
    expect(text).toContain('tool: "Acme Agent"');
    expect(toolIndex(["acme-agent.ts"])).toContain('import { acmeAgent } from "./tools/acme-agent.ts";');
  });

  test("overwrites nothing", () => {
    create(root, ["tool", "acme-agent"]);
    const before = readFileSync(join(root, FILE), "utf8");

    expect(create(root, ["tool", "acme-agent"])).toEqual({ ok: false, lines: [`${FILE} exists already.`] });
    expect(readFileSync(join(root, FILE), "utf8")).toBe(before);
  });

  test.each(["", "Acme", "acme_agent", "../acme", "acme-", "-acme", "acme.ts", "acme agent"])(
    "refuses the name %j",
    (name) => {
      expect(create(root, ["tool", name])).toMatchObject({ ok: false });
    },
  );
});

test.each([[[]], [["robot", "acme"]], [["constructor", "acme"]]])(
  "npm run new -- %j lists the kinds",
  (args) => {
    const { ok, lines } = create(root, args);

    expect(ok).toBe(false);
    for (const kind of Object.keys(KINDS)) expect(lines.join("\n")).toContain(`npm run new -- ${kind} NAME`);
  },
);

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { configReference } from "../../../scripts/config-reference.ts";
import { loadPolicyFile } from "../../../src/policy/file/load.ts";
import { CONFIG_JSON_SCHEMA, type SchemaNode } from "../../../src/policy/keys/json-schema.ts";
import { CONFIG_PATH } from "../../../src/policy/source.ts";
import { CONTROL_FILES, CONTROL_FILES_AREA } from "../../../src/production/control-files.ts";
import { touchedAreas } from "../../../src/production/touched.ts";

const root = new URL("../../../", import.meta.url);
const read = (file: string) => readFile(new URL(file, root), "utf8");

const ajv = new Ajv2020({ strict: false });
const accepts = ajv.compile(CONFIG_JSON_SCHEMA);

test.each([
  { file: "schema.json", make: () => `${JSON.stringify(CONFIG_JSON_SCHEMA, null, 2)}\n` },
  { file: "docs/config.md", make: configReference },
])("$file is made from the schema and fresh", async ({ file, make }) => {
  expect(make()).toBe(await read(file));
});

test("the command finds every generated file fresh", async () => {
  const script = fileURLToPath(new URL("scripts/generate.ts", root));
  await promisify(execFile)(process.execPath, [script, "--check"]);
});

test("the path of the config is itself a control file", () => {
  expect(touchedAreas([CONTROL_FILES_AREA], [{ path: CONFIG_PATH }])).toEqual([
    { name: CONTROL_FILES, paths: [CONFIG_PATH] },
  ]);
});

describe("every key is documented", () => {
  const keys = allKeys("", CONFIG_JSON_SCHEMA);

  test.each(keys)(
    "$path has a meaning, a default and, if it is no mapping, examples that are valid",
    ({ node }) => {
      expect(node.description).toMatch(/\.$/);
      expect(node.default !== undefined || node.$comment !== undefined).toBe(true);
      if (node.type !== "object") expect(node.examples?.length).toBeGreaterThan(0);
      const valid = new Ajv2020({ strict: false }).compile(node);
      for (const example of node.examples ?? []) expect([example, valid(example)]).toEqual([example, true]);
      if (node.default !== undefined) expect(valid(node.default)).toBe(true);
    },
  );

  test("there are as many as we think", () => {
    expect(keys.length).toBeGreaterThan(30);
  });
});

test("every example of docs/config.md is a valid config", async () => {
  const page = await read("docs/config.md");
  const examples = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text]) => text ?? "");
  expect(examples.length).toBeGreaterThanOrEqual(3);
  for (const example of examples) {
    expect(loadPolicyFile(example, "docs/config.md").problems).toEqual([]);
    expect(accepts(parse(example))).toBe(true);
  }
});

test("the example of every key in docs/config.md has every key", async () => {
  const [, text = ""] = /^Every key:\n\n```yaml\n([\s\S]*?)^```/m.exec(await read("docs/config.md")) ?? [];
  const example: unknown = parse(text);
  const paths = allKeys("", CONFIG_JSON_SCHEMA).map(({ path }) => path);
  expect(paths.filter((path) => !has(example, path.split(".")))).toEqual([]);
});

describe("editors and Countersign agree", () => {
  const signal = (row: object) => ({ detect: { signals: [{ tool: "In-house", ...row }] } });
  const area = (rule: object) => ({ production: [{ name: "a", paths: ["a"], ...rule }] });

  test.each<readonly [boolean, unknown]>([
    [true, {}],
    [true, { version: 1 }],
    [false, { version: 2 }],
    [false, { version: "1" }],
    [true, { mode: "observe" }],
    [false, { mode: "off" }],
    [false, { mode: null }],
    [false, { modes: "observe" }],
    [false, []],
    [false, "observe"],
    [true, { branches: ["main"] }],
    [false, { branches: [] }],
    [false, { branches: "main" }],
    [false, { branches: [""] }],
    [true, { detect: { agents: ["a"], "not-ai": ["a[bot]"], undeclared: "ai" } }],
    [false, { detect: { agents: ["@a"] } }],
    [false, { detect: { undeclared: "unknown" } }],
    [true, { labels: { ai: false, waiting: "x".repeat(50) } }],
    [false, { labels: { ai: true } }],
    [false, { labels: { ai: "" } }],
    [false, { labels: { ai: "x".repeat(51) } }],
    [true, { review: { block: true } }],
    [false, { review: { block: "yes" } }],
    [true, { comment: true }],
    [false, { comment: "once" }],
    [true, { review: { suggestions: "ignored" } }],
    [false, { review: { suggestions: true } }],
    [true, { "built-in": false }],
    [true, { "built-in": [] }],
    [true, { "built-in": ["ci"] }],
    [false, { "built-in": ["cd"] }],
    [true, area({ countersignatures: 10, from: ["@a"], senior: ["@a/b"], keep: "never" })],
    [false, area({ countersignatures: 0 })],
    [false, area({ countersignatures: 11 })],
    [false, area({ countersignatures: 1.5 })],
    [false, area({ from: [] })],
    [false, area({ from: "everyone" })],
    [false, area({ paths: [] })],
    [false, area({ paths: ["x".repeat(501)] })],
    [false, area({ name: "A b" })],
    [false, area({ "applies-to": "bots" })],
    [false, { production: [{ name: "a" }] }],
    [false, { production: [{ paths: ["a"] }] }],
    [true, { production: [{ name: "ci" }] }],
    [true, { production: [{ name: "control-files", from: "owners" }] }],
    [false, { production: [{ name: "control-files", from: ["@a"] }] }],
    [true, { production: [{ name: "control-files", mode: "enforce" }] }],
    [false, { production: [{ name: "control-files", mode: "observe" }] }],
    [true, area({ mode: "observe" })],
    [false, area({ mode: "off" })],
    [false, { production: Array.from({ length: 51 }, (_, index) => ({ name: `a${index}`, paths: ["a"] })) }],
    [true, signal({ trailer: "X-Model" })],
    [true, signal({ trailer: "X-Model", value: "a" })],
    [false, signal({ trailer: "X Model" })],
    [false, signal({ label: "a", value: "a" })],
    [false, signal({})],
    [false, signal({ label: "a", branch: "a" })],
    [false, signal({ email: "agent" })],
    [true, signal({ account: { id: 1, login: "a" } })],
    [true, signal({ account: { login: "a[bot]" } })],
    [false, signal({ account: { login: "a" } })],
    [false, signal({ account: { id: 1 } })],
    [false, signal({ account: { id: 0, login: "a" } })],
    [true, { unowned: [] }],
    [false, { unowned: "@a" }],
  ])("%s: %j", (valid, config) => {
    const { problems } = loadPolicyFile(JSON.stringify(config), CONFIG_PATH);
    expect({ countersign: problems.length === 0, editor: accepts(config) }).toEqual({
      countersign: valid,
      editor: valid,
    });
  });
});

/** Whether something stands at a path; in a list, in any of its entries. */
function has(value: unknown, [key, ...below]: readonly string[]): boolean {
  if (key === undefined) return true;
  if (Array.isArray(value)) return value.some((entry) => has(entry, [key, ...below]));
  if (typeof value !== "object" || value === null) return false;
  const found = new Map<string, unknown>(Object.entries(value));
  return found.has(key) && has(found.get(key), below);
}

function allKeys(
  path: string,
  node: SchemaNode,
): readonly { readonly path: string; readonly node: SchemaNode }[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, below]) => {
    if (typeof below === "boolean") return [];
    const here = path === "" ? key : `${path}.${key}`;
    const items = typeof below.items === "object" && !Array.isArray(below.items) ? below.items : {};
    return [{ path: here, node: below }, ...allKeys(here, below), ...allKeys(here, items)];
  });
}

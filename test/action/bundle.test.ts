import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parseSync } from "oxc-parser";
import { parse } from "yaml";
import { z } from "zod";
import { type Bundled, bundleAction } from "../../scripts/package/bundle-action.ts";
import { read } from "../repository/files.ts";

/*
 * What the runner starts: `gate.test.ts` plays it. Here is what it holds.
 */

const MOST_MEGABYTES = 5;

let folder: string;
let bundled: Bundled;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "countersign-bundle-"));
  bundled = await bundleAction(fileURLToPath(new URL("../../", import.meta.url)), join(folder, "made"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("it is one file that imports nothing but Node, with the licenses of what is in it", () => {
  expect(readdirSync(join(folder, "made")).toSorted()).toEqual(["LICENSES.txt", "index.mjs"]);
  const { module } = parseSync("index.mjs", readFileSync(join(folder, "made", "index.mjs"), "utf8"));
  const imported = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  expect(imported.filter((name) => !name.startsWith("node:") && !BUILT_IN.includes(name))).toEqual([]);
  expect(bundled.bytes / 1024 / 1024).toBeLessThan(MOST_MEGABYTES);

  const licenses = readFileSync(join(folder, "made", "LICENSES.txt"), "utf8");
  for (const name of ["@octokit/core", "zod", "yaml"])
    expect(licenses).toMatch(new RegExp(`^${name} \\d`, "m"));
  expect(bundled.packages.length).toBeGreaterThan(5);
});

/** Modules of Node that an older package imports by their short names. */
const BUILT_IN = ["buffer", "process"];

test("the server is not in it", () => {
  for (const name of ["probot", "pg", "pino", "hono", "prom-client"])
    expect(bundled.packages).not.toContain(`node_modules/${name}`);
});

const input = z.strictObject({ description: z.string().min(1), default: z.string() });

/** GitHub's syntax for the file of a JavaScript action, as far as it is used ("Metadata syntax reference"). */
const metadata = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  author: z.string(),
  inputs: z.record(z.string().regex(/^[a-z][a-z-]*$/), input),
  outputs: z.record(z.string().regex(/^[a-z][a-z-]*$/), z.strictObject({ description: z.string().min(1) })),
  runs: z.strictObject({ using: z.literal("node24"), main: z.literal("dist-action/index.mjs") }),
});

test("action.yml is as GitHub reads it, and its inputs are those that are read", () => {
  const { inputs, outputs } = metadata.parse(parse(read("action.yml")));
  const sources = ["inputs", "report"].map((name) => read(`src/action/${name}.ts`));
  for (const name of Object.keys(inputs)) expect(sources[0]).toContain(`environment, "${name}"`);
  expect(sources[0]?.match(/environment, "[a-z-]+"/g)?.length).toBe(Object.keys(inputs).length);
  expect(Object.keys(outputs)).toEqual(["conclusion"]);
});

test("the package that npm gets is made without it", () => {
  expect(read(".gitignore").split("\n")).toContain("dist-action/");
});

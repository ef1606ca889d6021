import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { readCodeowners } from "../../src/ownership/codeowners.ts";
import { loadPolicyFile } from "../../src/policy/file/load.ts";
import { CONFIG_PATH } from "../../src/policy/source.ts";
import { touchedAreas } from "../../src/production/touched.ts";
import { FILES, ROOT, read } from "./files.ts";
import { workflow } from "./workflow-schema.ts";

const YAML_FILES = FILES.filter((path) => /\.ya?ml$/.test(path));
const WORKFLOWS = YAML_FILES.filter((path) => path.startsWith(".github/workflows/"));
const FORMS = YAML_FILES.filter(
  (path) => path.startsWith(".github/ISSUE_TEMPLATE/") && !path.endsWith("/config.yml"),
);
const CODEOWNERS = readCodeowners(read(".github/CODEOWNERS"));

test.each(YAML_FILES)("%s is valid YAML", (path) => {
  const documents = parseAllDocuments(read(path));
  expect(documents).not.toEqual([]);
  for (const { errors, warnings } of [documents].flat()) expect([...errors, ...warnings]).toEqual([]);
});

describe("the gate's own config", () => {
  const { config, problems } = loadPolicyFile(read(CONFIG_PATH), CONFIG_PATH);

  test("is valid", () => {
    expect(problems).toEqual([]);
  });

  const patterns = (config?.production ?? []).flatMap(({ paths = [] }) => paths);

  test.each(patterns)("covers files by %s", (pattern) => {
    const touched = touchedAreas(
      [{ name: "covered", paths: [pattern] }],
      FILES.map((path) => ({ path })),
    );
    expect(touched).not.toEqual([]);
  });
});

describe("CODEOWNERS", () => {
  test("has no errors", () => {
    expect(CODEOWNERS.errors).toEqual([]);
  });

  test("gives every file an owner, and no line is without effect", () => {
    const decisive = new Set(
      FILES.map((path) => {
        const owned = CODEOWNERS.of(path);
        return owned.kind === "owned" ? owned.pattern : `nobody owns ${path}`;
      }),
    );
    const written = CODEOWNERS.rules.map(({ pattern }) => pattern);
    expect([...decisive].toSorted()).toEqual(written.toSorted());
  });
});

/** What each job may do besides reading the repository. */
const RIGHTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "release.yml: package": { "id-token": "write" },
  "release.yml: image": { packages: "write", "id-token": "write" },
  "release.yml: action": { contents: "write" },
  "release.yml: release": { contents: "write" },
};

describe.each(WORKFLOWS)("%s", (path) => {
  const { on, jobs } = workflow.parse(parse(read(path)));
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const scripts = steps.flatMap((step) => ("run" in step ? [step.run] : []));

  test("has the rights that each job needs, and no other", () => {
    for (const [name, { permissions }] of Object.entries(jobs)) {
      const rights = RIGHTS[`${basename(path)}: ${name}`] ?? {};
      expect({ name, permissions }).toEqual({ name, permissions: { contents: "read", ...rights } });
    }
  });

  test("gives a right to write to no job that a pull request starts", () => {
    if (on.pull_request === undefined) return expect(on.push).toEqual({ tags: ["v*"] });
    for (const { permissions } of Object.values(jobs)) expect(permissions).toEqual({ contents: "read" });
  });

  test("runs jobs after jobs that there are, and something of others' only by its hash", () => {
    for (const { needs } of Object.values(jobs))
      for (const need of [needs ?? []].flat()) expect(Object.keys(jobs)).toContain(need);
    expect(steps.some((step) => "uses" in step)).toBe(true);
  });

  test("puts nothing into a script that others choose: scripts hold no expressions", () => {
    for (const script of scripts) expect(script).not.toContain("${{");
  });

  test.each(scripts)("runs what a shell can read: %s", (script) => {
    expect(spawnSync("bash", ["-n", "-c", script], { encoding: "utf8" })).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  test("names npm scripts and files that exist", () => {
    const named = scripts
      .flatMap((script) => [...script.matchAll(/\bnpm run ([\w:-]+)/g)])
      .map(([, name]) => name);
    for (const name of named) expect(Object.keys(JSON.parse(read("package.json")).scripts)).toContain(name);
    const files = scripts
      .flatMap((script) => [...script.matchAll(/\bnode (\S+\.ts)/g)])
      .map(([, file]) => file);
    for (const file of files) expect(FILES).toContain(file);
  });

  test("uses expressions that GitHub knows", () => {
    const known = /^(?:github\.(?:ref|token|event_name)(?: == 'pull_request')?)$/;
    for (const [, expression = ""] of read(path).matchAll(/\$\{\{ (.*?) \}\}/g))
      expect(expression).toMatch(known);
  });
});

test("a workflow runs what continuous integration runs, which is executable", () => {
  const jobs = WORKFLOWS.flatMap((path) => Object.values(workflow.parse(parse(read(path))).jobs));
  const run = jobs.flatMap(({ steps }) => steps.flatMap((step) => ("run" in step ? [step.run] : [])));
  expect(run.filter((script) => script === ".ci/run")).toHaveLength(WORKFLOWS.length);
  expect(statSync(new URL(".ci/run", ROOT)).mode & 0o111).not.toBe(0);
});

test("a release is published by nobody before everything was checked", () => {
  const { jobs } = workflow.parse(parse(read(".github/workflows/release.yml")));
  expect(Object.entries(jobs).map(([name, { needs }]) => [name, needs])).toEqual([
    ["check", undefined],
    ["package", "check"],
    ["image", "check"],
    ["action", "check"],
    ["release", ["package", "image", "action"]],
  ]);
});

const text = z.string().min(1);
const validations = z.strictObject({ required: z.boolean() }).optional();
const id = z.string().regex(/^[\w-]+$/);

/** GitHub's syntax for issue forms, as far as it is used here. */
const form = z.strictObject({
  name: text,
  description: text,
  labels: z.array(text),
  body: z
    .array(
      z.discriminatedUnion("type", [
        z.strictObject({ type: z.literal("markdown"), attributes: z.strictObject({ value: text }) }),
        z.strictObject({
          type: z.enum(["input", "textarea"]),
          id,
          attributes: z.strictObject({
            label: text,
            description: text.optional(),
            placeholder: text.optional(),
            render: text.optional(),
          }),
          validations,
        }),
      ]),
    )
    .min(1),
});

test.each(FORMS)("%s is an issue form with distinct fields", (path) => {
  const { body } = form.parse(parse(read(path)));
  const ids = body.flatMap((field) => (field.type === "markdown" ? [] : [field.id]));
  expect(new Set(ids).size).toBe(ids.length);
});

test("the forms have distinct names, and nobody can open an empty issue", () => {
  const names = FORMS.map((path) => form.parse(parse(read(path))).name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(1);
  expect(parse(read(".github/ISSUE_TEMPLATE/config.yml"))).toMatchObject({ blank_issues_enabled: false });
});

import { statSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { readCodeowners } from "../../src/ownership/codeowners.ts";
import { loadPolicyFile } from "../../src/policy/file/load.ts";
import { CONFIG_PATH } from "../../src/policy/source.ts";
import { touchedAreas } from "../../src/production/touched.ts";
import { FILES, ROOT, read } from "./files.ts";

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

const workflow = z.object({
  permissions: z.strictObject({}),
  jobs: z.record(
    z.string(),
    z.object({
      permissions: z.record(z.string(), z.string()),
      steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })),
    }),
  ),
});

describe.each(WORKFLOWS)("%s", (path) => {
  const { jobs } = workflow.parse(parse(read(path)));
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test("uses actions by the hash of a commit only", () => {
    for (const { uses } of steps)
      if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    expect(steps.some(({ uses }) => uses !== undefined)).toBe(true);
  });

  test("only reads the repository", () => {
    for (const { permissions } of Object.values(jobs)) expect(permissions).toEqual({ contents: "read" });
  });
});

test("a workflow runs what continuous integration runs, which is executable", () => {
  const run = WORKFLOWS.flatMap((path) => Object.values(workflow.parse(parse(read(path))).jobs)).flatMap(
    ({ steps }) => steps.map((step) => step.run),
  );
  expect(run).toContain(".ci/run");
  expect(statSync(new URL(".ci/run", ROOT)).mode & 0o111).not.toBe(0);
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

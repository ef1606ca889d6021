import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { occasionOf } from "../../src/action/occasion.ts";
import { PERMISSIONS } from "../action/workflow.ts";
import { read } from "./files.ts";

const text = read("docs/action.md");
const blocks = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, code = ""]) => code);
const [judging = "", reviewing = ""] = blocks;

/** GitHub's workflow syntax as far as the page uses it, closed ("Workflow syntax for GitHub Actions"). */
const events = z.strictObject({ types: z.array(z.string()), workflows: z.array(z.string()).optional() });
const job = z.strictObject({
  "runs-on": z.literal("ubuntu-latest"),
  "timeout-minutes": z.int(),
  permissions: z.record(z.string(), z.enum(["read", "write"])).optional(),
  steps: z.array(z.strictObject({ uses: z.string().optional(), run: z.string().optional() })),
});
const workflow = z.strictObject({
  name: z.string(),
  "run-name": z.string().optional(),
  on: z.record(z.string(), z.union([events, z.array(z.strictObject({ cron: z.string() })), z.null()])),
  permissions: z.strictObject({}),
  concurrency: z
    .strictObject({ group: z.string(), "cancel-in-progress": z.literal(false), queue: z.literal("max") })
    .optional(),
  jobs: z.record(z.string(), job),
});

describe("the workflow that judges", () => {
  const { on, jobs } = workflow.parse(parse(judging));

  test("runs for all events that are taken, and for no other", () => {
    expect(() => occasionOf("none of GitHub's", {})).toThrow(`Use ${Object.keys(on).join(", ")}`);
  });

  test("has the permissions that the tests run with, runs no script and checks nothing out", () => {
    const [{ permissions = {}, steps } = { steps: [] }] = Object.values(jobs);
    const written = Object.entries(permissions).map(([name, level]) => [name.replaceAll("-", "_"), level]);
    expect(Object.fromEntries(written)).toEqual(PERMISSIONS);
    expect(steps).toEqual([{ uses: expect.stringMatching(/^countersign\/countersign@[0-9a-f]{40}$/) }]);
  });

  test("hears of every run of the other one", () => {
    expect(on.workflow_run).toMatchObject({ workflows: [workflow.parse(parse(reviewing)).name] });
  });
});

describe("the workflow that runs for reviews", () => {
  const { on, jobs, "run-name": name = "" } = workflow.parse(parse(reviewing));

  test("has no rights, and runs nothing of anybody's", () => {
    expect(Object.keys(on)).toEqual(["pull_request_review"]);
    expect(Object.values(jobs).map(({ steps }) => steps)).toEqual([[{ run: "true" }]]);
  });

  test("is called what the number is read from", () => {
    const title = name.replace(/\$\{\{ github\.event\.pull_request\.number \}\}/, "7");
    const payload = { workflow_run: { event: "pull_request_review", display_title: title } };
    expect(occasionOf("workflow_run", payload)).toMatchObject({ kind: "pull", number: 7 });
  });
});

test("the page begins with what it cannot hold", () => {
  expect(text.match(/^## .*$/gm)?.[0]).toBe("## What it cannot hold");
});

test("it lists the inputs that there are", () => {
  const inputs = Object.keys(parse(read("action.yml")).inputs);
  const [, table = ""] = /^\| input \|.*?\n\|[-|]+\n(.*?)\n\n/ms.exec(text) ?? [];
  const listed = table.split("\n").flatMap((row) => row.split("|")[1]?.match(/[a-z-]+/g) ?? []);
  expect(listed.toSorted()).toEqual(inputs.toSorted());
});

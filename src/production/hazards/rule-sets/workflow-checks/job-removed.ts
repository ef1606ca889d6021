import type { ChangedPart } from "../../reading/part.ts";
import { at, placesIn, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { looksLikeCheck } from "../pipelines/checks.ts";

function soundsLikeCheck(name: string, job: Tree | undefined): boolean {
  return /(?<!la|con|at|pro|grea|fas)test|lint|check|scan|audit|security|codeql|verify|validate|e2e|type/i.test(
    `${name} ${textOf(at(job, "name"))}`,
  );
}

/** Words that are as often about something else; the name of a job has to say more. */
const VAGUE = /\b(?:check|verif|valid|audit)\w*/gi;

/** What the steps of a job run that checks something, without its versions. */
function checkedBy(tree: Tree | undefined): readonly string[] {
  return placesIn(tree ?? NOTHING)
    .filter(({ key, path }) => /^(?:run|uses)$/.test(key) && path.includes("steps"))
    .flatMap(({ value }) => textOf(value).split("\n"))
    .filter((text) => looksLikeCheck(text.replaceAll(VAGUE, "")))
    .map((text) => text.trim().replace(/@[\w.-]+$/, ""));
}

const NOTHING: Tree = { kind: "map", line: 1, entries: [] };

function checks(job: Tree | undefined): boolean {
  return checkedBy(job).length > 0;
}

/** Whether other jobs run more often now what a job checked. */
function isTakenUp(job: Tree, { before, after }: ChangedPart): boolean {
  const count = (all: readonly string[], one: string) => all.filter((each) => each === one).length;
  const [was, is] = [checkedBy(before), checkedBy(after)];
  return checkedBy(job).every((one) => count(is, one) >= count(was, one));
}

export const JOB_REMOVED: Rule = {
  id: "checks/job-removed",
  kind: "destructive",
  asks: "block",
  when: "a job that tests or checks goes from a workflow that stays",
  parts: {
    of: ["workflow"],
    *find({ type, name, file, before, after }, { changed: parts }) {
      if (type !== "job" || before === undefined || after !== undefined) return;
      const isCheck = (part: string, job: Tree | undefined) => soundsLikeCheck(part, job) || checks(job);
      const whole = parts.find((part) => part.type === "file" && part.file === file);
      const jobs = parts.filter((part) => part.type === "job" && part.file === file);
      const come = jobs.filter((part) => part.before === undefined && isCheck(part.name, part.after));
      const gone = jobs.filter((part) => part.after === undefined && isCheck(part.name, part.before));
      // Each takes the place of one.
      const isRenamed = come.length >= gone.length;
      if (whole?.after === undefined || !isCheck(name, before) || isRenamed) return;
      if (!soundsLikeCheck(name, before) && isTakenUp(before, whole)) return;
      yield {
        what: shown(name),
        file,
        line: before.line,
        side: "before",
        why: `removes the job ${shown(name)}: what it checked is no longer checked`,
      };
    },
  },
  reports: [
    [
      "removes the job `analyze`: what it checked is no longer checked",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  analyze:\n    steps: [{uses: github/codeql-action/analyze@v3}]\n  build:\n    steps: [{run: make}]\n",
        "on: push\njobs:\n  build:\n    steps: [{run: make}]\n",
      ),
    ],
    [
      "removes the job `test`: what it checked is no longer checked",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    runs-on: a\n  build:\n    runs-on: a\n",
        "on: push\njobs:\n  build:\n    runs-on: a\n",
      ),
    ],
    [
      "removes the job `test`: what it checked is no longer checked",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    runs-on: a\n",
        "on: push\njobs:\n  deploy:\n    runs-on: a\n",
      ),
    ],
  ],
  ignores: [
    [
      "it only looks at who asked",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  start:\n    steps: [{run: node check_membership.js}]\n  build:\n    steps: [{run: make}]\n",
        "on: push\njobs:\n  build:\n    steps: [{run: make}]\n",
      ),
    ],
    [
      "another job takes up what it checked",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  a:\n    steps: [{run: npm test}]\n  b:\n    steps: [{run: make}]\n",
        "on: push\njobs:\n  b:\n    steps: [{run: make}, {run: npm test}]\n",
      ),
    ],
    [
      "it only sounds like a test",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  pull_latest_tag:\n    runs-on: a\n  build:\n    runs-on: a\n",
        "on: push\njobs:\n  build:\n    runs-on: a\n",
      ),
    ],
    [
      "it gets another name",
      changed(
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  test:\n    runs-on: a\n",
        "on: push\njobs:\n  unit-tests:\n    runs-on: a\n",
      ),
    ],
  ],
};

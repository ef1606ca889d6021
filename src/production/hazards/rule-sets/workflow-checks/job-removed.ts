import { at, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

function soundsLikeCheck(name: string, job: Tree | undefined): boolean {
  return /(?<!la|con|at|pro|grea|fas)test|lint|check|scan|audit|security|codeql|verify|validate|e2e|type/i.test(
    `${name} ${textOf(at(job, "name"))}`,
  );
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
      const whole = parts.find((part) => part.type === "file" && part.file === file);
      const jobs = parts.filter((part) => part.type === "job" && part.file === file);
      const come = jobs.filter((part) => part.before === undefined && soundsLikeCheck(part.name, part.after));
      const gone = jobs.filter((part) => part.after === undefined && soundsLikeCheck(part.name, part.before));
      // Each takes the place of one.
      const isRenamed = come.length >= gone.length;
      if (whole?.after === undefined || !soundsLikeCheck(name, before) || isRenamed) return;
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

import type { Finding } from "../../hazard.ts";
import { WORKFLOW_FILE } from "../../reading/yaml-parts.ts";
import { added, type Rule, removed } from "../../rule.ts";
import { shown } from "../../words.ts";
import { checksIn } from "./checks.ts";
import { CI, GITLAB } from "./examples.ts";

export const PIPELINE_REMOVED: Rule = {
  id: "checks/pipeline-removed",
  kind: "destructive",
  asks: "block",
  when: "a pipeline of GitLab, CircleCI, Jenkins, Azure or Buildkite that checks something is deleted",
  *files(files): Generator<Finding> {
    const gone = files.filter(({ path, status }) => status === "removed" && !WORKFLOW_FILE.test(path));
    let come = files
      .filter(({ status }) => status === "added")
      .flatMap((file) => checksIn(file, "after")).length;
    for (const file of gone) {
      const lost = checksIn(file, "before").length;
      if (lost === 0 || /\.pre-commit/.test(file.path)) continue;
      come -= lost;
      if (come >= 0) continue;
      const why = `deletes the pipeline ${shown(file.path)}: what it checked is no longer checked`;
      yield { what: shown(file.path), file: file.path, line: 1, side: "before", why };
    }
  },
  reports: [
    [
      "deletes the pipeline `.gitlab-ci.yml`: what it checked is no longer checked",
      removed(GITLAB, "test:\n  script: [make test]\n"),
    ],
    [
      "deletes the pipeline `.gitlab-ci.yml`: what it checked is no longer checked",
      removed(GITLAB, "test:\n  script: [make test]\n"),
      added(".circleci/config.yml", "jobs: {a: {steps: [{run: echo}]}}\n"),
    ],
  ],
  ignores: [
    [
      "another one checks as much",
      removed(GITLAB, "test:\n  script: [make test]\n"),
      added(CI, "on: push\njobs: {a: {steps: [{run: make test}]}}\n"),
    ],
    ["it checks nothing", removed(GITLAB, "pages:\n  script: [make pages]\n")],
  ],
};

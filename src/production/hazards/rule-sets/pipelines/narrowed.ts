import type { Finding } from "../../hazard.ts";
import { sidesOf } from "../../reading/sides.ts";
import { at, textOf } from "../../reading/tree.ts";
import { WORKFLOW_FILE } from "../../reading/yaml-parts.ts";
import type { Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { checksIn, JENKINSFILE, looksLikeCheck } from "./checks.ts";
import { goneIn } from "./gone-paths.ts";
import { EVENT_EXAMPLES, ofEvents } from "./narrowed/events.ts";
import { inJenkinsfile } from "./narrowed/jenkinsfile.ts";
import { JOB_EXAMPLES, ofJobs } from "./narrowed/jobs.ts";

export const NARROWED: Rule = {
  id: "checks/narrowed",
  kind: "destructive",
  asks: "block",
  when: "what checks something runs on fewer changes: by branches, paths, types, rules or a condition",
  *file(file, files): Generator<Finding> {
    if (JENKINSFILE.test(file.path)) {
      yield* inJenkinsfile(file);
      return;
    }
    const { before, after } = sidesOf(file);
    if (before === undefined || after === undefined) return;
    const isAbout =
      checksIn(file, "before").length > 0 || looksLikeCheck(`${file.path} ${textOf(at(before, "name"))}`);
    if (!isAbout) return;
    const all = [
      ...(WORKFLOW_FILE.test(file.path) ? ofEvents({ before, after }, goneIn(files)) : []),
      ...ofJobs(file, { before, after }),
    ];
    for (const { where, key, line } of all) {
      const what = shown(where === "" ? file.path : where);
      const why = `lets ${what} check fewer changes, by ${shown(key)}`;
      yield { what, file: file.path, line, side: "after", why };
    }
  },
  reports: [...EVENT_EXAMPLES.reports, ...JOB_EXAMPLES.reports],
  ignores: [...EVENT_EXAMPLES.ignores, ...JOB_EXAMPLES.ignores],
};

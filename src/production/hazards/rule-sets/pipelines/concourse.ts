import type { Finding } from "../../hazard.ts";
import { sidesOf } from "../../reading/sides.ts";
import { at, itemsOf, placesIn, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

/** Pipelines of Concourse have no name of their own. */
export const CONCOURSE_FILE =
  /(?:^|\/)(?:ci|concourse|pipelines?)\/(?:[^/]{1,100}\/){0,3}[^/]{1,100}\.ya?ml$|(?:^|\/)pipeline[^/]*\.ya?ml$/;

interface Get {
  readonly line: number;
  /** Jobs that the version has to have passed. */
  readonly passed: ReadonlySet<string>;
}

/** By job and resource. */
function getsIn(tree: Tree | undefined): ReadonlyMap<string, Get> {
  const found = new Map<string, Get>();
  for (const job of itemsOf(at(tree, "jobs")))
    for (const { key, value, within, line } of placesIn(at(job, "plan") ?? NOTHING)) {
      if (key !== "get" || within.kind !== "map") continue;
      const passed = new Set(itemsOf(at(within, "passed")).map(textOf));
      found.set(`${textOf(at(job, "name"))} ${textOf(value)}`, { line, passed });
    }
  return found;
}

const NOTHING: Tree = { kind: "list", line: 1, items: [] };

const pipeline = (lines: string) =>
  `jobs:\n  - name: test\n    plan:\n      - get: repo\n  - name: deploy\n    plan:\n      - get: repo\n${lines}`;

export const PASSED_DROPPED: Rule = {
  id: "checks/passed-dropped",
  kind: "destructive",
  asks: "block",
  when: "a job of Concourse takes what has not passed the jobs that it had to pass",
  *file(file): Generator<Finding> {
    if (!CONCOURSE_FILE.test(file.path)) return;
    const { before, after } = sidesOf(file);
    if (before === undefined || after === undefined) return;
    const was = getsIn(before);
    const jobs = new Set(itemsOf(at(after, "jobs")).map((job) => textOf(at(job, "name"))));
    for (const [name, { line, passed }] of getsIn(after)) {
      const lost = [...(was.get(name)?.passed ?? [])].filter((job) => !passed.has(job) && jobs.has(job));
      if (lost.length === 0) continue;
      const why = `lets ${shown(name)} go on without having passed ${shown(lost.join(", "))}`;
      yield { what: shown(name), file: file.path, line, side: "after", why };
    }
  },
  reports: [
    [
      "lets `deploy repo` go on without having passed `test`",
      changed("ci/pipeline.yml", pipeline("        passed: [test]\n"), pipeline("        trigger: true\n")),
    ],
  ],
  ignores: [
    [
      "it has to pass more",
      changed("ci/pipeline.yml", pipeline("        trigger: true\n"), pipeline("        passed: [test]\n")),
    ],
  ],
};

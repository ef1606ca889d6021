import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { sidesOf } from "../../reading/sides.ts";
import { at, entriesOf, oneOrMore, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { CI } from "./examples.ts";

const DEPLOYS = /deploy|release|publish|promote|rollout|prod|ship|apply|push/i;

function jobsOf(tree: Tree | undefined): Tree | undefined {
  return at(tree, "jobs")?.kind === "map" ? at(tree, "jobs") : tree;
}

/** A job that only deploys something else, and asks nobody: where it goes, nothing is left to wait for. */
function isNoGate(name: string, job: Tree | undefined): boolean {
  return (
    DEPLOYS.test(name) &&
    !/approv|gate|review|hold|wait|confirm|test|check|scan|lint|verif|valid|audit|plan/i.test(name) &&
    job !== undefined &&
    ["environment", "type", "when"].every((key) => at(job, key) === undefined)
  );
}

/** The jobs that have to end first, and those for which they wait. */
function waitsFor(names: readonly string[], jobs: Tree | undefined, key: string): ReadonlySet<string> {
  const found = new Set(names);
  for (const name of found)
    for (const each of oneOrMore(at(jobs, name, key))) found.add(textOf(each) || textOf(at(each, "job")));
  return found;
}

/** The jobs of a workflow, of GitLab or of CircleCI that stay, with what they wait for. */
function* waitsOf(file: FileChange): Generator<{ name: string; before: Tree; after: Tree }> {
  const { before, after } = sidesOf(file);
  for (const { key, value } of entriesOf(jobsOf(after))) {
    const was = at(jobsOf(before), key);
    if (was?.kind === "map" && value.kind === "map") yield { name: key, before: was, after: value };
  }
}

export const NEEDS_DROPPED: Rule = {
  id: "checks/needs-dropped",
  kind: "destructive",
  asks: "block",
  when: "a job that deploys or releases no longer waits for another one",
  *file(file): Generator<Finding> {
    const [formerJobs, jobs] = [jobsOf(sidesOf(file).before), jobsOf(sidesOf(file).after)];
    for (const { name, before, after } of waitsOf(file)) {
      if (!DEPLOYS.test(`${name} ${textOf(at(after, "name"))}`)) continue;
      for (const key of ["needs", "dependsOn", "requires"]) {
        const names = (tree: Tree) =>
          oneOrMore(at(tree, key)).map((each) => textOf(each) || textOf(at(each, "job")));
        const waits = waitsFor(names(after), jobs, key);
        const gone = names(before).filter((each) => each !== "" && !waits.has(each));
        // One that is gone may have another name now.
        const isRenamed = names(after).length >= names(before).length;
        const isGone = (each: string) => at(jobs, each) === undefined;
        const lost = gone.filter(
          (each) => !isGone(each) || (!isRenamed && !isNoGate(each, at(formerJobs, each))),
        );
        if (lost.length === 0) continue;
        const why = `lets ${shown(name)} run without waiting for ${shown(lost.join(", "))}`;
        yield {
          what: shown(name),
          file: file.path,
          line: (at(after, key) ?? after).line,
          side: "after",
          why,
        };
      }
    }
  },
  reports: [
    [
      "lets `deploy` run without waiting for `test`",
      changed(
        CI,
        "on: push\njobs:\n  test: {}\n  deploy:\n    needs: [test]\n    runs-on: a\n",
        "on: push\njobs:\n  test: {}\n  deploy:\n    runs-on: a\n",
      ),
    ],
    [
      "lets `deploy` run without waiting for `test`",
      changed(
        CI,
        "on: push\njobs:\n  test: {}\n  a: {}\n  deploy:\n    needs: [test]\n",
        "on: push\njobs:\n  test: {}\n  a: {}\n  deploy:\n    needs: [a]\n",
      ),
    ],
    [
      "lets `deploy` run without waiting for `release-approval`",
      changed(
        CI,
        "on: push\njobs:\n  release-approval: {}\n  deploy:\n    needs: [release-approval]\n",
        "on: push\njobs:\n  deploy:\n    runs-on: a\n",
      ),
    ],
    [
      "lets `deploy` run without waiting for `deploy-first`",
      changed(
        CI,
        "on: push\njobs:\n  deploy-first: {environment: production}\n  deploy:\n    needs: [deploy-first]\n",
        "on: push\njobs:\n  deploy:\n    runs-on: a\n",
      ),
    ],
  ],
  ignores: [
    [
      "what was deployed before it is deployed no more",
      changed(
        CI,
        "on: push\njobs:\n  deploy-api: {}\n  deploy-web: {}\n  deploy:\n    needs: [deploy-api, deploy-web]\n",
        "on: push\njobs:\n  deploy-api: {}\n  deploy:\n    needs: [deploy-api]\n",
      ),
    ],
    [
      "it waits for one that waits for it",
      changed(
        CI,
        "on: push\njobs:\n  test: {}\n  a:\n    needs: test\n  deploy:\n    needs: [test, a]\n",
        "on: push\njobs:\n  test: {}\n  a:\n    needs: test\n  deploy:\n    needs: a\n",
      ),
    ],
    [
      "it waits for another",
      changed(
        CI,
        "on: push\njobs:\n  deploy:\n    needs: [test]\n",
        "on: push\njobs:\n  deploy:\n    needs: [tests]\n",
      ),
    ],
  ],
};

/** What an expression that is the whole of a value says. */
function workedOut(value: string): string | undefined {
  const text = value.trim();
  return text.startsWith("${{") && text.endsWith("}}") ? text.slice(3, -2).trim() : undefined;
}

/** Whether an environment that is worked out is another one only where it was none. */
function isStillAsked(was: string, is: string): boolean {
  const [old, now] = [workedOut(was), workedOut(is)];
  return old !== undefined && now !== undefined && /^[\w.-]+$/.test(old) && now.startsWith(`${old} || `);
}

export const ENVIRONMENT_DROPPED: Rule = {
  id: "workflows/environment-dropped",
  kind: "widening",
  asks: "block",
  when: "a job no longer deploys to an environment, whose reviewers and secrets guarded it",
  *file(file): Generator<Finding> {
    for (const { name, before, after } of waitsOf(file)) {
      const [was, is] = [at(before, "environment"), at(after, "environment")];
      const [which, now] = [was, is].map((each) => textOf(each) || textOf(at(each, "name")));
      if (was === undefined || which === undefined || which === "" || which === now) continue;
      if (isStillAsked(which, now ?? "")) continue;
      const why = `takes the environment ${shown(which)} from ${shown(name)}: its reviewers are no longer asked`;
      yield { what: shown(name), file: file.path, line: was.line, side: "before", why };
    }
  },
  reports: [
    [
      `takes the environment \`\${{ inputs.env }}\` from \`deploy\`: its reviewers are no longer asked`,
      changed(
        CI,
        `on: push\njobs:\n  deploy:\n    environment: \${{ inputs.env }}\n`,
        `on: push\njobs:\n  deploy:\n    environment: \${{ 'dev' || inputs.env }}\n`,
      ),
    ],
    [
      "takes the environment `production` from `deploy`: its reviewers are no longer asked",
      changed(
        CI,
        "on: push\njobs:\n  deploy:\n    environment: production\n    runs-on: a\n",
        "on: push\njobs:\n  deploy:\n    runs-on: a\n",
      ),
    ],
    [
      "takes the environment `production` from `deploy`: its reviewers are no longer asked",
      changed(
        CI,
        "on: push\njobs:\n  deploy:\n    environment: production\n",
        "on: push\njobs:\n  deploy:\n    environment: {name: dev}\n",
      ),
    ],
  ],
  ignores: [
    [
      "it is the same where one is given",
      changed(
        CI,
        `on: push\njobs:\n  deploy:\n    environment: \${{ inputs.env }}\n`,
        `on: push\njobs:\n  deploy:\n    environment: \${{ inputs.env || 'dev' }}\n`,
      ),
    ],
    [
      "the same environment in another form",
      changed(
        CI,
        "on: push\njobs:\n  deploy:\n    environment: production\n",
        "on: push\njobs:\n  deploy:\n    environment: {name: production}\n",
      ),
    ],
  ],
};

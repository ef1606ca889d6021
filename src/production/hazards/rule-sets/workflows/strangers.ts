import { type Trait, traitRule } from "../../builders.ts";
import { at, entriesOf, oneOrMore, placesIn, type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { expression, FILE, OF, step, workflow } from "./samples.ts";

function triggers(tree: Tree | undefined): readonly string[] {
  const on = at(tree, "on") ?? at(tree, "true");
  return on?.kind === "map" ? on.entries.map(({ key }) => key) : oneOrMore(on).map(textOf);
}

const HEAD =
  /github\.event\.pull_request\.(?:head|merge_commit)|github\.head_ref|github\.event\.workflow_run\.head|refs\/pull\//;

const TRUSTED = new Set(["pull_request_target", "workflow_run", "issue_comment"]);

export const HEAD_CHECKOUT: Rule = traitRule({
  id: "workflows/head-with-secrets",
  kind: "widening",
  asks: "block",
  when: "a workflow that runs with secrets (`pull_request_target`, `workflow_run`, `issue_comment`) checks out the pull request's code",
  of: OF,
  traits: (tree, { type, name }) => {
    const trigger = type === "file" ? triggers(tree).find((each) => TRUSTED.has(each)) : undefined;
    if (trigger === undefined) return [];
    return [...placesIn(tree)]
      .filter(
        ({ key, value, within }) => key === "ref" && HEAD.test(textOf(value)) && entriesOf(within).length > 0,
      )
      .map(({ line }) => ({
        key: "head",
        line,
        what: shown(name),
        why: `lets anybody who opens a pull request run code with this repository's secrets (\`${trigger}\` with a checkout of the head)`,
      }));
  },
  reports: [
    [
      "lets anybody who opens a pull request run code with this repository's secrets (`pull_request_target` with a checkout of the head)",
      added(
        FILE,
        `on: pull_request_target\njobs:\n  build:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${expression("github.event.pull_request.head.sha")}\n`,
      ),
    ],
  ],
  ignores: [
    [
      "without secrets",
      added(
        FILE,
        `on: pull_request\njobs:\n  build:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${expression("github.event.pull_request.head.sha")}\n`,
      ),
    ],
  ],
});

export const TARGET: Rule = traitRule({
  id: "workflows/pull-request-target",
  kind: "widening",
  asks: "block",
  when: "a workflow begins to run with secrets on pull requests of strangers",
  of: OF,
  traits: (tree, { type, name }) =>
    type === "file" && triggers(tree).includes("pull_request_target")
      ? [
          {
            key: "target",
            line: (at(tree, "on") ?? tree).line,
            what: shown(name),
            why: `runs ${shown(name)} with this repository's secrets on pull requests of anybody (\`pull_request_target\`)`,
          },
        ]
      : [],
  reports: [
    [
      `runs \`${FILE}\` with this repository's secrets on pull requests of anybody (\`pull_request_target\`)`,
      changed(FILE, workflow(""), workflow("").replace("on: push", "on: [push, pull_request_target]")),
    ],
  ],
  ignores: [
    [
      "`pull_request` has no secrets",
      changed(FILE, workflow(""), workflow("").replace("on: push", "on: [push, pull_request]")),
    ],
  ],
});

const STRANGERS =
  /\$\{\{[^}]*\bgithub\.(?:event\.(?:issue|pull_request|comment|review|review_comment|discussion|head_commit|commits|pages|workflow_run)\b[\w.*[\]]*\.(?:title|body|message|name|email|label|ref|head_branch|page_name)|head_ref)\b[^}]*\}\}/;

export const INJECTION: Rule = traitRule({
  id: "workflows/stranger-text-in-script",
  kind: "widening",
  asks: "block",
  when: "text that a stranger writes (a title, a branch name) is put into a script",
  of: OF,
  traits: (tree, { type }) =>
    type !== "file"
      ? []
      : [...placesIn(tree)].flatMap(({ key, value, line }): readonly Trait[] => {
          const found = key === "run" || key === "script" ? STRANGERS.exec(textOf(value))?.[0] : undefined;
          if (found === undefined) return [];
          return [
            {
              key: found,
              line,
              what: shown(found),
              why: `puts ${shown(found)} into a script: whoever writes that text runs code here`,
            },
          ];
        }),
  reports: [
    [
      `puts \`${expression("github.event.issue.title")}\` into a script: whoever writes that text runs code here`,
      added(FILE, workflow(step(`run: echo "${expression("github.event.issue.title")}"`))),
    ],
  ],
  ignores: [
    [
      "by the environment",
      added(
        FILE,
        workflow(
          `${step('run: echo "$T"')}        env:\n          T: ${expression("github.event.issue.title")}\n`,
        ),
      ),
    ],
  ],
});

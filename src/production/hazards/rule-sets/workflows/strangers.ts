import { type Trait, traitRule } from "../../builders.ts";
import { at, isTrue, oneOrMore, placesIn, type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { expression, FILE, OF, step, workflow } from "./samples.ts";

function triggers(tree: Tree | undefined): readonly string[] {
  const on = at(tree, "on") ?? at(tree, "true");
  return on?.kind === "map" ? on.entries.map(({ key }) => key) : oneOrMore(on).map(textOf);
}

const HEAD =
  /github\.event\.pull_request\.(?:head|merge_commit)|github\.head_ref|github\.event\.workflow_run\.head|refs\/pull\//;

/** A command that brings the code of a pull request. */
const FETCHES_HEAD =
  /\bgh\s+pr\s+checkout\b|\bgit\s+(?:fetch|pull)\b.*(?:refs\/)?pull\/|\bgit\s+(?:checkout|fetch|pull|switch)\b.*(?:github\.event\.pull_request\.head|github\.head_ref)/;

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
        ({ key, value }) =>
          (key === "ref" && HEAD.test(textOf(value))) ||
          (key === "run" && FETCHES_HEAD.test(textOf(value))) ||
          (key === "allow-unsafe-pr-checkout" && isTrue(value)),
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

/** What anybody can write, by whatever notation: with dots, in brackets, within a function, or with all of the event. */
const STRANGERS = new RegExp(
  [
    "\\$\\{\\{(?:[^}]|\\}(?!\\})){0,300}?(?:",
    "\\bgithub(?:\\.event|\\[['\"]event['\"]\\])(?:\\.|\\[['\"])(?:issue|pull_request|comment|review|review_comment|discussion|head_commit|commits|pages|workflow_run)\\b[\\w.*[\\]'\"]{0,80}?(?:\\.|\\[['\"])(?:title|body|message|name|email|label|ref|head_branch|page_name|display_title)\\b",
    "|\\bgithub(?:\\.|\\[['\"])head_ref\\b",
    "|\\btoJSON\\(\\s*github(?:\\.event(?:\\.(?:issue|pull_request|comment|review|discussion|head_commit|workflow_run))?)?\\s*\\)",
    ")[^}]{0,300}?\\}\\}",
  ].join(""),
  "i",
);

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
    [
      `puts \`${expression("github.event.issue['title']")}\` into a script: whoever writes that text runs code here`,
      added(FILE, workflow(step(`run: echo "${expression("github.event.issue['title']")}"`))),
    ],
    [
      `puts \`${expression("toJSON(github.event)")}\` into a script: whoever writes that text runs code here`,
      added(FILE, workflow(step(`run: echo '${expression("toJSON(github.event)")}'`))),
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

/** Values that callers of the workflow, other jobs or earlier steps choose. */
const CHOSEN =
  /\$\{\{[^}]{0,200}?\b(?:inputs\.[\w-]+|github\.event\.(?:inputs|client_payload)\.[\w.-]+|steps\.[\w-]+\.outputs\.[\w-]+|needs\.[\w-]+\.outputs\.[\w-]+|github\.(?:ref_name|actor|triggering_actor|ref)\b)[^}]{0,200}?\}\}/;

export const VALUE_IN_SCRIPT: Rule = traitRule({
  id: "workflows/value-in-script",
  kind: "widening",
  asks: "show",
  when: "a value that others choose (an input, an output, a branch) is put into a script",
  of: OF,
  traits: (tree, { type }) =>
    type !== "file"
      ? []
      : [...placesIn(tree)].flatMap(({ key, value, line }): readonly Trait[] => {
          const text = textOf(value);
          const found = key === "run" || key === "script" ? CHOSEN.exec(text)?.[0] : undefined;
          if (found === undefined || STRANGERS.test(text)) return [];
          const why = `puts ${shown(found)} into a script: whoever chooses that value can run code here`;
          return [{ key: found, line, what: shown(found), why }];
        }),
  reports: [
    [
      `puts \`${expression("inputs.tag")}\` into a script: whoever chooses that value can run code here`,
      added(FILE, workflow(step(`run: echo "${expression("inputs.tag")}"`))),
    ],
  ],
  ignores: [
    [
      "by the environment",
      added(
        FILE,
        workflow(`${step('run: echo "$T"')}        env:\n          T: ${expression("inputs.tag")}\n`),
      ),
    ],
  ],
});

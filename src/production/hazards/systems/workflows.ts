import { type Trait, traitRule } from "../builders.ts";
import {
  at,
  entriesOf,
  oneOrMore,
  placesIn,
  type Scalar,
  scalarsIn,
  type Tree,
  textOf,
} from "../reading/tree.ts";
import { WORKFLOW_FILE } from "../reading/yaml-parts.ts";
import { added, changed, type Rule, type System } from "../rule.ts";
import { shown } from "../words.ts";

const OF = ["workflow"] as const;
const FILE = ".github/workflows/ci.yml";
const workflow = (job: string, head = "") =>
  `name: CI\non: push\n${head}jobs:\n  build:\n    runs-on: ubuntu-latest\n${job}`;
const expression = (inner: string) => `$\{{ ${inner} }}`;
const step = (lines: string) => `    steps:\n      - ${lines}\n`;

const WRITE_ALL: Rule = traitRule({
  id: "workflows/write-all",
  kind: "widening",
  when: "a workflow or a job gets every right of the token (`permissions: write-all`)",
  of: OF,
  traits: (tree, { name }) => {
    const permissions = at(tree, "permissions");
    if (textOf(permissions) !== "write-all" || permissions === undefined) return [];
    return [
      {
        key: "all",
        line: permissions.line,
        what: shown(name),
        why: `gives ${shown(name)} every right of the repository's token`,
      },
    ];
  },
  lines: [
    {
      side: "after",
      pattern: /^\s*permissions:\s*write-all/,
      why: () => "gives it every right of the repository's token",
    },
  ],
  speaks: [
    [
      `gives \`${FILE}\` every right of the repository's token`,
      changed(FILE, workflow(""), workflow("", "permissions: write-all\n")),
    ],
  ],
  silent: [["reading only", changed(FILE, workflow(""), workflow("", "permissions: read-all\n"))]],
});

const PERMISSION: Rule = traitRule({
  id: "workflows/permission-gained",
  kind: "widening",
  when: "a workflow or a job gets the right to write something",
  of: OF,
  traits: (tree, { name }) =>
    entriesOf(at(tree, "permissions"))
      .filter(({ value }) => textOf(value) === "write")
      .map(({ key, line }) => ({
        key,
        line,
        what: shown(name),
        why: `lets ${shown(name)} write ${shown(key)} by the repository's token`,
      })),
  speaks: [
    [
      `lets \`${FILE}\` write \`contents\` by the repository's token`,
      changed(
        FILE,
        workflow("", "permissions:\n  contents: read\n"),
        workflow("", "permissions:\n  contents: write\n"),
      ),
    ],
    [
      "lets `build` write `packages` by the repository's token",
      added(FILE, workflow("    permissions:\n      packages: write\n")),
    ],
  ],
  silent: [
    [
      "it may write less",
      changed(
        FILE,
        workflow("", "permissions:\n  contents: write\n"),
        workflow("", "permissions:\n  contents: read\n"),
      ),
    ],
  ],
});

const PERMISSIONS_DROPPED: Rule = {
  id: "workflows/permissions-dropped",
  kind: "widening",
  when: "the limits of a workflow's token go, so that it has the default rights",
  parts: {
    of: OF,
    *find({ type, name, file, before, after }) {
      const limits = at(before, "permissions");
      if (
        type !== "file" ||
        limits === undefined ||
        after === undefined ||
        at(after, "permissions") !== undefined
      )
        return;
      if (entriesOf(at(after, "jobs")).every(({ value }) => at(value, "permissions") !== undefined)) return;
      const why = `drops the limits of the token of ${shown(name)}: it has the repository's default rights`;
      yield { what: shown(name), file, line: limits.line, side: "before", why };
    },
  },
  speaks: [
    [
      `drops the limits of the token of \`${FILE}\`: it has the repository's default rights`,
      changed(FILE, workflow("", "permissions:\n  contents: read\n"), workflow("")),
    ],
  ],
  silent: [
    [
      "every job says its own",
      changed(
        FILE,
        workflow("", "permissions:\n  contents: read\n"),
        workflow("    permissions:\n      contents: read\n"),
      ),
    ],
  ],
};

function triggers(tree: Tree | undefined): readonly string[] {
  const on = at(tree, "on") ?? at(tree, "true");
  return on?.kind === "map" ? on.entries.map(({ key }) => key) : oneOrMore(on).map(textOf);
}

const HEAD =
  /github\.event\.pull_request\.(?:head|merge_commit)|github\.head_ref|github\.event\.workflow_run\.head|refs\/pull\//;
const TRUSTED = new Set(["pull_request_target", "workflow_run", "issue_comment"]);

const HEAD_CHECKOUT: Rule = traitRule({
  id: "workflows/head-with-secrets",
  kind: "widening",
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
  speaks: [
    [
      "lets anybody who opens a pull request run code with this repository's secrets (`pull_request_target` with a checkout of the head)",
      added(
        FILE,
        `on: pull_request_target\njobs:\n  build:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${expression("github.event.pull_request.head.sha")}\n`,
      ),
    ],
  ],
  silent: [
    [
      "without secrets",
      added(
        FILE,
        `on: pull_request\njobs:\n  build:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${expression("github.event.pull_request.head.sha")}\n`,
      ),
    ],
  ],
});

const TARGET: Rule = traitRule({
  id: "workflows/pull-request-target",
  kind: "widening",
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
  speaks: [
    [
      `runs \`${FILE}\` with this repository's secrets on pull requests of anybody (\`pull_request_target\`)`,
      changed(FILE, workflow(""), workflow("").replace("on: push", "on: [push, pull_request_target]")),
    ],
  ],
  silent: [
    [
      "`pull_request` has no secrets",
      changed(FILE, workflow(""), workflow("").replace("on: push", "on: [push, pull_request]")),
    ],
  ],
});

const SECRET = /(?<![\w.-])secrets\.(\w+)|(?<![\w.-])secrets\[['"](\w+)['"]\]/g;

function secretsOf(tree: Tree): readonly { readonly name: string; readonly line: number }[] {
  return [...scalarsIn(tree)].flatMap((scalar) =>
    [...textOf(scalar).matchAll(SECRET)]
      .map(([, dotted, indexed]) => ({ name: dotted ?? indexed ?? "", line: scalar.line }))
      .filter(({ name }) => name !== "GITHUB_TOKEN"),
  );
}

const SECRETS: Rule = {
  id: "workflows/secret-gained",
  kind: "widening",
  when: "a job gets a secret that it did not have, or all of them (`secrets: inherit`)",
  parts: {
    of: OF,
    *find({ type, name, file, before, after }) {
      if (type !== "job" || after === undefined) return;
      const had = new Set(before === undefined ? [] : secretsOf(before).map((each) => each.name));
      const found = secretsOf(after).filter((each) => !had.has(each.name));
      const names = [...new Set(found.map((each) => each.name))];
      const [first] = found;
      if (first !== undefined) {
        const why = `gives the job ${shown(name)} the secret${names.length === 1 ? "" : "s"} ${shown(names.join(", "))}`;
        yield { what: shown(name), file, line: first.line, side: "after", why };
      }
      const all = at(after, "secrets");
      if (all !== undefined && textOf(all) === "inherit" && textOf(at(before, "secrets")) !== "inherit") {
        const why = `gives the workflow that ${shown(name)} calls every secret of the repository`;
        yield { what: shown(name), file, line: all.line, side: "after", why };
      }
    },
  },
  speaks: [
    [
      "gives the job `build` the secret `NPM_TOKEN`",
      changed(
        FILE,
        workflow(step("run: npm publish")),
        workflow(`    env:\n      T: ${expression("secrets.NPM_TOKEN")}\n${step("run: npm publish")}`),
      ),
    ],
    [
      "gives the workflow that `build` calls every secret of the repository",
      changed(FILE, workflow(""), workflow("    secrets: inherit\n")),
    ],
  ],
  silent: [
    [
      "it had it before",
      changed(
        FILE,
        workflow(step(`run: a ${expression("secrets.NPM_TOKEN")}`)),
        workflow(step(`run: b ${expression("secrets.NPM_TOKEN")}`)),
      ),
    ],
    ["the job's own token", added(FILE, workflow(step(`run: a ${expression("secrets.GITHUB_TOKEN")}`)))],
  ],
};

const FIRST_PARTY = /^(?:actions|github)\//;

function unpinned(scalar: Scalar, owner: string | undefined): string | undefined {
  const [action = "", ref = ""] = textOf(scalar).split("@");
  if (/^(?:\.{1,2}\/|docker:\/\/)/.test(action) || FIRST_PARTY.test(action) || !action.includes("/"))
    return undefined;
  if (owner !== undefined && action.toLowerCase().startsWith(`${owner.toLowerCase()}/`)) return undefined;
  return /^[0-9a-f]{40}$/i.test(ref) ? undefined : action;
}

const UNPINNED: Rule = traitRule({
  id: "workflows/unpinned-action",
  kind: "widening",
  when: "an action of somebody else comes in by a tag or branch, which they can move",
  of: OF,
  traits: (tree, { type }, { owner }) =>
    type !== "file"
      ? []
      : [...placesIn(tree)].flatMap(({ key, value, line }): readonly Trait[] => {
          const action = key === "uses" && value.kind === "scalar" ? unpinned(value, owner) : undefined;
          if (action === undefined) return [];
          const why = `runs ${shown(textOf(value))}, which its owners can change at any time: pin it to a commit`;
          return [{ key: action, line, what: shown(action), why }];
        }),
  speaks: [
    [
      "runs `some/action@v1`, which its owners can change at any time: pin it to a commit",
      changed(FILE, workflow(""), workflow(step("uses: some/action@v1"))),
    ],
  ],
  silent: [
    [
      "pinned to a commit",
      added(FILE, workflow(step("uses: some/action@0123456789abcdef0123456789abcdef01234567"))),
    ],
    ["GitHub's own", added(FILE, workflow(step("uses: actions/checkout@v4")))],
    [
      "another tag of what was there",
      changed(FILE, workflow(step("uses: some/action@v1")), workflow(step("uses: some/action@v2"))),
    ],
  ],
});

const SELF_HOSTED: Rule = traitRule({
  id: "workflows/self-hosted",
  kind: "widening",
  when: "a job begins to run on a machine of your own",
  of: OF,
  traits: (tree, { type, name }) =>
    type !== "job"
      ? []
      : [...scalarsIn(at(tree, "runs-on"))]
          .filter((scalar) => textOf(scalar) === "self-hosted")
          .map(({ line }) => ({
            key: "own",
            line,
            what: shown(name),
            why: `runs the job ${shown(name)} on a machine of your own: what it runs can stay there`,
          })),
  speaks: [
    [
      "runs the job `build` on a machine of your own: what it runs can stay there",
      changed(FILE, workflow(""), workflow("").replace("ubuntu-latest", "[self-hosted, linux]")),
    ],
  ],
  silent: [
    [
      "another machine of GitHub's",
      changed(FILE, workflow(""), workflow("").replace("ubuntu-latest", "ubuntu-24.04")),
    ],
  ],
});

const STRANGERS =
  /\$\{\{[^}]*\bgithub\.(?:event\.(?:issue|pull_request|comment|review|review_comment|discussion|head_commit|commits|pages|workflow_run)\b[\w.*[\]]*\.(?:title|body|message|name|email|label|ref|head_branch|page_name)|head_ref)\b[^}]*\}\}/;

const INJECTION: Rule = traitRule({
  id: "workflows/stranger-text-in-script",
  kind: "widening",
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
  speaks: [
    [
      `puts \`${expression("github.event.issue.title")}\` into a script: whoever writes that text runs code here`,
      added(FILE, workflow(step(`run: echo "${expression("github.event.issue.title")}"`))),
    ],
  ],
  silent: [
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

export const WORKFLOWS: System = {
  name: "workflows",
  title: "GitHub workflows",
  reads: ({ path }) => WORKFLOW_FILE.test(path),
  rules: [
    WRITE_ALL,
    PERMISSION,
    PERMISSIONS_DROPPED,
    HEAD_CHECKOUT,
    TARGET,
    SECRETS,
    UNPINNED,
    SELF_HOSTED,
    INJECTION,
  ],
};

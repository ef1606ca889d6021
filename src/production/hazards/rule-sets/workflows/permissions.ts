import { traitRule } from "../../builders.ts";
import { changedBy } from "../../reading/lookup.ts";
import type { ChangedPart } from "../../reading/part.ts";
import { formerly, type Parts } from "../../reading/parts.ts";
import { at, entriesOf, textOf } from "../../reading/tree.ts";
import { added, changed, type Example, type Rule, removed } from "../../rule.ts";
import { shown } from "../../words.ts";
import { isLimitedByCaller } from "./called.ts";
import { FILE, OF, workflow } from "./samples.ts";

export const WRITE_ALL: Rule = traitRule({
  id: "workflows/write-all",
  kind: "widening",
  asks: "block",
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
  reports: [
    [
      `gives \`${FILE}\` every right of the repository's token`,
      changed(FILE, workflow(""), workflow("", "permissions: write-all\n")),
    ],
  ],
  ignores: [["reading only", changed(FILE, workflow(""), workflow("", "permissions: read-all\n"))]],
});

const filesOf = changedBy(({ type, file }) => (type === "file" ? file : undefined));

/** Whether it had every right before, by its own words or, where a job said nothing, by those of its workflow. */
function hadAllRights(part: ChangedPart, all: Parts): boolean {
  const former = formerly(part, all);
  const own = at(former, "permissions");
  if (own !== undefined || former === undefined || part.type !== "job") return textOf(own) === "write-all";
  return filesOf(all, part.file).some(({ before }) => textOf(at(before, "permissions")) === "write-all");
}

export const PERMISSION: Rule = traitRule({
  id: "workflows/permission-gained",
  kind: "widening",
  asks: "block",
  when: "a workflow or a job gets the right to write something",
  of: OF,
  traits: (tree, part, all) =>
    entriesOf(at(tree, "permissions"))
      .filter(({ value }) => textOf(value) === "write")
      .filter(() => tree !== part.after || !(isLimitedByCaller(part, all) || hadAllRights(part, all)))
      .map(({ key, line }) => ({
        key,
        line,
        what: shown(part.name),
        why: `lets ${shown(part.name)} write ${shown(key)} by the repository's token`,
      })),
  reports: [
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
    [
      "lets `other` write `packages` by the repository's token",
      changed(
        FILE,
        workflow("    permissions: {}\n", "permissions: write-all\n"),
        `${workflow("    permissions: {}\n")}  other:\n    permissions:\n      packages: write\n    steps: [{run: a}]\n`,
      ),
    ],
    ...[
      workflow("    permissions:\n      packages: write\n    if: github.ref == 'a'\n"),
      workflow("    permissions:\n      packages: write\n    needs: test\n"),
      workflow("    permissions:\n      packages: write\n    steps: [{run: a}]\n"),
    ].map(
      (before): Example => [
        "lets `release` write `packages` by the repository's token",
        changed(
          FILE,
          before,
          workflow("    permissions:\n      packages: write\n").replace("build:", "release:"),
        ),
      ],
    ),
    ...[
      changed(
        ".github/workflows/b.yml",
        "on: push\njobs:\n  a:\n    permissions: {contents: read}\n    steps: [{run: a}]\n",
        "on: push\njobs:\n  a:\n    uses: ./.github/workflows/ci.yml\n",
      ),
      removed(".github/workflows/b.yml", "on: workflow_call\npermissions: {contents: read}\njobs: {a: {}}\n"),
    ].map(
      (other): Example => [
        `lets \`${FILE}\` write \`contents\` by the repository's token`,
        added(FILE, "on: workflow_call\npermissions:\n  contents: write\njobs: {a: {}}\n"),
        other,
      ],
    ),
    [
      `lets \`${FILE}\` write \`contents\` by the repository's token`,
      changed(
        FILE,
        "on: workflow_call\njobs: {a: {}}\n",
        "on: workflow_call\npermissions:\n  contents: write\njobs: {a: {}}\n",
      ),
    ],
    [
      `lets \`${FILE}\` write \`contents\` by the repository's token`,
      added(FILE, "on: [workflow_call, push]\npermissions:\n  contents: write\njobs: {a: {}}\n"),
    ],
  ],
  ignores: [
    [
      "a workflow that is only called has no more rights than who calls it",
      added(FILE, "on: workflow_call\npermissions:\n  id-token: write\njobs: {a: {}}\n"),
    ],
    [
      "the job gets another name",
      changed(
        FILE,
        workflow("    permissions:\n      packages: write\n"),
        workflow("    permissions:\n      packages: write\n").replace("build:", "release:"),
      ),
    ],
    [
      "it could write everything",
      changed(
        FILE,
        workflow("", "permissions: write-all\n"),
        workflow("", "permissions:\n  contents: write\n"),
      ),
    ],
    [
      "its workflow could write everything",
      changed(
        FILE,
        workflow("", "permissions: write-all\n"),
        workflow("    permissions:\n      contents: write\n", "permissions: {}\n"),
      ),
    ],
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

export const PERMISSIONS_DROPPED: Rule = {
  id: "workflows/permissions-dropped",
  kind: "widening",
  asks: "block",
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
  reports: [
    [
      `drops the limits of the token of \`${FILE}\`: it has the repository's default rights`,
      changed(FILE, workflow("", "permissions:\n  contents: read\n"), workflow("")),
    ],
  ],
  ignores: [
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

export const NO_LIMITS: Rule = {
  id: "workflows/created-without-limits",
  kind: "widening",
  asks: "show",
  when: "a new workflow says nothing of the rights of its token, so that it has the default ones",
  parts: {
    of: OF,
    *find({ type, name, file, before, after }) {
      if (type !== "file" || before !== undefined || after === undefined) return;
      const jobs = entriesOf(at(after, "jobs"));
      if (at(after, "permissions") !== undefined || jobs.length === 0) return;
      if (jobs.every(({ value }) => at(value, "permissions") !== undefined)) return;
      const why = `creates ${shown(name)} without limits for its token: it has the repository's default rights`;
      yield { what: shown(name), file, line: after.line, side: "after", why };
    },
  },
  reports: [
    [
      `creates \`${FILE}\` without limits for its token: it has the repository's default rights`,
      added(FILE, workflow("")),
    ],
  ],
  ignores: [["it says them", added(FILE, workflow("", "permissions: {}\n"))]],
};

import { settingRule } from "../builders.ts";
import type { Finding } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
import {
  at,
  entriesOf,
  fingerprint,
  isFalse,
  isTrue,
  itemsOf,
  literalOf,
  type Tree,
  textOf,
} from "../reading/tree.ts";
import { parseYaml } from "../reading/yaml.ts";
import { changed, type Rule, removed, type System } from "../rule.ts";
import { shown } from "../words.ts";

interface OwnersLine {
  readonly pattern: string;
  readonly owners: readonly string[];
  readonly line: number;
}

/** The rules of a CODEOWNERS file as far as it takes to compare them; who owns what is the ownership part's to say. */
function ownersIn(text: string | null | undefined): readonly OwnersLine[] {
  return (text ?? "").split("\n").flatMap((raw, index) => {
    const [pattern = "", ...words] = raw.replaceAll("\\ ", "\u0000").trim().split(/\s+/);
    if (pattern === "" || pattern.startsWith("#")) return [];
    const comment = words.findIndex((word) => word.startsWith("#"));
    const owners = comment === -1 ? words : words.slice(0, comment);
    return [{ pattern: pattern.replaceAll("\u0000", " "), owners, line: index + 1 }];
  });
}

const byPattern = (rules: readonly OwnersLine[]) => new Map(rules.map((rule) => [rule.pattern, rule]));

const RULE_DROPPED: Rule = {
  id: "owners/rule-dropped",
  kind: "widening",
  when: "a rule of CODEOWNERS goes, or its owners do, so that others or nobody own the paths",
  *file(file) {
    if (file.after === null) {
      const why = `deletes ${shown(file.path)}: nobody owns anything by it any more`;
      yield { what: shown(file.path), file: file.path, line: 1, side: "before", why };
      return;
    }
    const now = byPattern(ownersIn(file.after));
    for (const { pattern, owners, line } of ownersIn(file.before)) {
      if (owners.length === 0) continue;
      const is = now.get(pattern);
      if (is !== undefined && is.owners.length > 0) continue;
      const who = shown(owners.join(" "));
      yield is === undefined
        ? {
            what: shown(pattern),
            file: file.path,
            line,
            side: "before",
            why: `takes ${shown(pattern)} from ${who}: an earlier rule or nobody owns it`,
          }
        : {
            what: shown(pattern),
            file: file.path,
            line: is.line,
            side: "after",
            why: `leaves ${shown(pattern)} without an owner; it was ${who}`,
          };
    }
  },
  speaks: [
    [
      "takes `/infra/` from `@acme/sre`: an earlier rule or nobody owns it",
      changed(".github/CODEOWNERS", "* @acme/all\n/infra/ @acme/sre\n", "* @acme/all\n"),
    ],
    [
      "leaves `/infra/` without an owner; it was `@acme/sre`",
      changed("CODEOWNERS", "/infra/ @acme/sre\n", "/infra/\n"),
    ],
    ["deletes `CODEOWNERS`: nobody owns anything by it any more", removed("CODEOWNERS", "* @acme/all\n")],
  ],
  silent: [
    ["rules change their order", changed("CODEOWNERS", "/a/ @x\n/b/ @y\n", "/b/ @y\n/a/ @x\n")],
    ["a comment goes", changed("CODEOWNERS", "# /infra/ @acme/sre\n* @x\n", "* @x\n")],
  ],
};

const OWNER_ADDED: Rule = {
  id: "owners/owner-added",
  kind: "widening",
  when: "somebody new owns paths that had owners: each owner may sign alone",
  *file(file) {
    if (file.after === null) return;
    const was = byPattern(ownersIn(file.before));
    for (const { pattern, owners, line } of ownersIn(file.after)) {
      const before = was.get(pattern);
      if (before === undefined || before.owners.length === 0) continue;
      const fresh = owners.filter((owner) => !before.owners.includes(owner));
      if (fresh.length === 0) continue;
      const why = `lets ${shown(fresh.join(" "))} sign for ${shown(pattern)}`;
      yield {
        what: shown(pattern),
        file: file.path,
        line,
        side: "after",
        why,
        before: before.owners.join(" "),
        after: owners.join(" "),
      };
    }
  },
  speaks: [
    [
      "lets `@mallory` sign for `/infra/`",
      changed("CODEOWNERS", "/infra/ @acme/sre\n", "/infra/ @acme/sre @mallory\n"),
    ],
  ],
  silent: [["paths that nobody owned", changed("CODEOWNERS", "* @x\n", "* @x\n/infra/ @acme/sre\n")]],
};

const UNOWNED_CARVED: Rule = {
  id: "owners/carved-out",
  kind: "widening",
  when: "a new rule of CODEOWNERS without an owner takes paths out of the rules above it",
  *file(file) {
    const was = byPattern(ownersIn(file.before));
    const rules = ownersIn(file.after);
    for (const { pattern, owners, line } of rules) {
      if (
        owners.length > 0 ||
        was.has(pattern) ||
        !rules.some((rule) => rule.line < line && rule.owners.length > 0)
      )
        continue;
      yield {
        what: shown(pattern),
        file: file.path,
        line,
        side: "after",
        why: `takes ${shown(pattern)} out of the rules above it: nobody owns it`,
      };
    }
  },
  speaks: [
    [
      "takes `/infra/dev/` out of the rules above it: nobody owns it",
      changed("CODEOWNERS", "/infra/ @acme/sre\n", "/infra/ @acme/sre\n/infra/dev/\n"),
    ],
  ],
  silent: [
    [
      "it has an owner",
      changed("CODEOWNERS", "/infra/ @acme/sre\n", "/infra/ @acme/sre\n/infra/dev/ @acme/dev\n"),
    ],
  ],
};

export const OWNERS: System = {
  name: "owners",
  title: "CODEOWNERS",
  reads: ({ path, previousPath }) =>
    [path, previousPath].some((each) => /^(?:\.github\/|docs\/|\.gitlab\/)?CODEOWNERS$/.test(each)),
  rules: [RULE_DROPPED, OWNER_ADDED, UNOWNED_CARVED],
};

/** From lenient to strict, by the path of the key. */
const SCALES: Readonly<Record<string, readonly string[]>> = {
  mode: ["observe", "enforce"],
  "detect.undeclared": ["human", "ai"],
  "review.block": ["false", "true"],
  "applies-to": ["ai", "everyone"],
  keep: ["untouched", "never"],
};

interface Weakening {
  readonly line: number;
  readonly side: "before" | "after";
  readonly what: string;
}

function* weakenings(before: Tree, after: Tree): Generator<Weakening> {
  for (const path of ["mode", "detect.undeclared", "review.block"])
    yield* scaled(path, at(before, ...path.split(".")), at(after, ...path.split(".")));
  yield* lost("detect.agents", before, after);
  yield* lost("detect.signals", before, after);
  yield* lost("branches", before, after);
  yield* won("detect.not-ai", before, after);
  yield* won("unowned", before, after);
  const builtIn = at(after, "built-in");
  if (
    builtIn !== undefined &&
    !isTrue(builtIn) &&
    fingerprint(builtIn) !== fingerprint(at(before, "built-in"))
  )
    yield { line: builtIn.line, side: "after", what: "narrows `built-in`" };
  const areas = itemsOf(at(after, "production"));
  for (const area of itemsOf(at(before, "production"))) {
    const name = textOf(at(area, "name"));
    const now = areas.find((each) => textOf(at(each, "name")) === name);
    if (now === undefined) yield { line: area.line, side: "before", what: `removes the area ${shown(name)}` };
    else yield* areaWeakenings(area, now, name);
  }
  for (const key of ["destructive", "widening"])
    yield* areaWeakenings(at(before, "hazards", key), at(after, "hazards", key), `hazards.${key}`);
  const off = entriesOf(at(after, "hazards", "rules")).filter(
    ({ key, value }) =>
      at(value, "off") !== undefined && at(before, "hazards", "rules", key, "off") === undefined,
  );
  for (const { key, line } of off) yield { line, side: "after", what: `switches the rule ${shown(key)} off` };
}

function* areaWeakenings(
  before: Tree | undefined,
  after: Tree | undefined,
  name: string,
): Generator<Weakening> {
  for (const key of ["applies-to", "keep"]) yield* scaled(key, at(before, key), at(after, key));
  const [was, is] = [at(before, "countersignatures"), at(after, "countersignatures")];
  if (Number(textOf(was) || 1) > Number(textOf(is) || 1))
    yield {
      line: (is ?? was)?.line ?? 1,
      side: is === undefined ? "before" : "after",
      what: `asks for fewer countersignatures in ${shown(name)}`,
    };
  yield* lost("paths", before, after);
  const senior = at(before, "senior");
  if (itemsOf(senior).length > 0 && itemsOf(at(after, "senior")).length === 0)
    yield { line: senior?.line ?? 1, side: "before", what: `asks for no senior in ${shown(name)}` };
  yield* won("senior", senior === undefined ? undefined : before, after);
  const from = at(after, "from");
  if (before !== undefined && from !== undefined && fingerprint(from) !== fingerprint(at(before, "from")))
    yield { line: from.line, side: "after", what: `changes who may sign in ${shown(name)}` };
}

function* scaled(path: string, before: Tree | undefined, after: Tree | undefined): Generator<Weakening> {
  const scale = SCALES[path] ?? [];
  const lenient = path === "mode" ? 1 : 0;
  const place = (tree: Tree | undefined) => (tree === undefined ? lenient : scale.indexOf(textOf(tree)));
  if (place(after) >= place(before)) return;
  yield {
    line: (after ?? before)?.line ?? 1,
    side: after === undefined ? "before" : "after",
    what: `weakens \`${path}\``,
  };
}

function* lost(path: string, before: Tree | undefined, after: Tree | undefined): Generator<Weakening> {
  const keys = path.split(".");
  const now = new Set(itemsOf(at(after, ...keys)).map(fingerprint));
  for (const item of itemsOf(at(before, ...keys)))
    if (!now.has(fingerprint(item)))
      yield {
        line: item.line,
        side: "before",
        what: `takes ${shown(textOf(item) || path)} from \`${path}\``,
      };
}

function* won(path: string, before: Tree | undefined, after: Tree | undefined): Generator<Weakening> {
  if (before === undefined) return;
  const keys = path.split(".");
  const was = new Set(itemsOf(at(before, ...keys)).map(fingerprint));
  for (const item of itemsOf(at(after, ...keys)))
    if (!was.has(fingerprint(item)))
      yield { line: item.line, side: "after", what: `adds ${shown(textOf(item) || path)} to \`${path}\`` };
}

const EMPTY: Tree = { kind: "map", line: 1, entries: [] };

function* configFindings(file: FileChange): Generator<Finding> {
  const common = { what: shown(file.path), file: file.path };
  if (file.after === null) {
    yield {
      ...common,
      line: 1,
      side: "before",
      why: "deletes Countersign's own rules: only the built-in ones are left",
    };
    return;
  }
  const [before, after] = [file.before, file.after].map((text) =>
    typeof text === "string" ? (parseYaml(text) ?? EMPTY) : EMPTY,
  );
  if (before === undefined || after === undefined) return;
  for (const { line, side, what } of weakenings(before, after))
    yield { ...common, line, side, why: `weakens Countersign's own rules: it ${what}` };
}

const CONFIG_WEAKENED: Rule = {
  id: "countersign/config-weakened",
  kind: "widening",
  when: "Countersign's own config asks for less than before, or is deleted",
  file: configFindings,
  speaks: [
    [
      "weakens Countersign's own rules: it weakens `mode`",
      changed(".github/countersign.yml", "mode: enforce\n", "mode: observe\n"),
    ],
    [
      "weakens Countersign's own rules: it asks for fewer countersignatures in `billing`",
      changed(
        ".github/countersign.yml",
        "production:\n  - name: billing\n    paths: [/billing/]\n    countersignatures: 2\n",
        "production:\n  - name: billing\n    paths: [/billing/]\n",
      ),
    ],
    [
      "deletes Countersign's own rules: only the built-in ones are left",
      removed(".github/countersign.yml", "mode: enforce\n"),
    ],
    [
      "weakens Countersign's own rules: it switches the rule `sql/drop-table` off",
      changed(
        ".github/countersign.yml",
        "mode: enforce\n",
        "mode: enforce\nhazards:\n  rules:\n    sql/drop-table: { off: noisy }\n",
      ),
    ],
  ],
  silent: [
    [
      "it asks for more",
      changed(
        ".github/countersign.yml",
        "mode: observe\n",
        "mode: enforce\nproduction:\n  - name: billing\n    paths: [/billing/]\n    countersignatures: 2\n",
      ),
    ],
  ],
};

export const CONFIG: System = {
  name: "countersign",
  title: "Countersign's own config",
  reads: ({ path, previousPath }) => [path, previousPath].includes(".github/countersign.yml"),
  rules: [CONFIG_WEAKENED],
};

const COUNTS = new Set(["required_approving_review_count", "approvals_required"]);
const STRICT = [
  "enforce_admins",
  "require_code_owner_reviews",
  "require_code_owner_review",
  "dismiss_stale_reviews",
  "dismiss_stale_reviews_on_push",
  "require_last_push_approval",
  "required_linear_history",
  "strict",
  "required_signatures",
  "require_signed_commits",
  "secret_scanning",
  "vulnerability_alerts",
];
const LENIENT = [
  "allow_force_pushes",
  "allows_force_pushes",
  "allow_deletions",
  "allows_deletions",
  "allow_auto_merge",
];

const BRANCH_RULES: Rule = settingRule({
  id: "branch-rules/weakened",
  kind: "widening",
  when: "branch rules kept as code (`.github/settings.yml`, Terraform) ask for less",
  of: ["settings", "terraform"],
  types: /^(?:file|github_branch_protection\w*|github_repository\w*|gitlab_\w+)$/,
  names: [...COUNTS, ...STRICT, ...LENIENT],
  became: ({ name, before, after }, part) => {
    if (part.before === undefined) return false;
    if (COUNTS.has(name))
      return (
        Number(literalOf(before) ?? 0) >
        Number(after === undefined ? 0 : (literalOf(after) ?? Number.POSITIVE_INFINITY))
      );
    return LENIENT.includes(name) ? isTrue(after) : isTrue(before) && (after === undefined || isFalse(after));
  },
  why: () => "changes can reach the branch with less",
  speaks: [
    [
      "sets `required_approving_review_count` of `.github/settings.yml` to `0`: changes can reach the branch with less",
      changed(
        ".github/settings.yml",
        "branches:\n  - name: main\n    protection:\n      required_pull_request_reviews:\n        required_approving_review_count: 2\n",
        "branches:\n  - name: main\n    protection:\n      required_pull_request_reviews:\n        required_approving_review_count: 0\n",
      ),
    ],
    [
      "sets `allows_force_pushes` of `github_branch_protection.main` to `true`: changes can reach the branch with less",
      changed(
        "github.tf",
        'resource "github_branch_protection" "main" {\n  allows_force_pushes = false\n}\n',
        'resource "github_branch_protection" "main" {\n  allows_force_pushes = true\n}\n',
      ),
    ],
  ],
  silent: [
    [
      "it asks for more",
      changed(
        "github.tf",
        'resource "github_branch_protection" "main" {\n  enforce_admins = false\n}\n',
        'resource "github_branch_protection" "main" {\n  enforce_admins = true\n}\n',
      ),
    ],
  ],
});

export const BRANCHES: System = {
  name: "branch-rules",
  title: "Branch rules kept as code",
  reads: ({ path }) => /^\.github\/settings\.ya?ml$|\.(?:tf|tofu)$/.test(path),
  rules: [BRANCH_RULES],
};

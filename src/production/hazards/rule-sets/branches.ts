import { settingRule } from "../builders.ts";
import type { Finding } from "../hazard.ts";
import { gained } from "../reading/compare.ts";
import type { ChangedPart } from "../reading/part.ts";
import {
  at,
  fingerprint,
  isTrue,
  literalOf,
  oneOrMore,
  placesIn,
  type Tree,
  textOf,
} from "../reading/tree.ts";
import { REPOSITORY_SETTINGS } from "../reading/yaml-parts.ts";
import { changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

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
];

const LENIENT = [
  "allow_force_pushes",
  "allows_force_pushes",
  "allow_deletions",
  "allows_deletions",
  "allow_auto_merge",
];

/** Nothing and `null` ask for none; what an expression asks for is not known. */
function countOf(tree: Tree | undefined): number {
  return tree?.kind === "scalar" && !tree.literal ? Number.POSITIVE_INFINITY : Number(literalOf(tree) ?? 0);
}

const BRANCH_SETTING: Rule = settingRule({
  id: "branch-rules/weakened",
  kind: "widening",
  asks: "block",
  when: "branch rules kept as code (`.github/settings.yml`, Terraform) ask for less",
  of: ["settings", "terraform"],
  types: /^(?:file|github_branch_protection\w*|github_repository\w*|gitlab_\w+)$/,
  names: [...COUNTS, ...STRICT, ...LENIENT],
  became: ({ name, before, after }, part) => {
    if (part.before === undefined) return false;
    if (COUNTS.has(name)) return Number(literalOf(before) ?? 0) > countOf(after);
    return LENIENT.includes(name) ? isTrue(after) : isTrue(before) && !isTrue(after);
  },
  why: () => "changes can reach the branch with less",
  reports: [
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
  ignores: [
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

/** Lists of what has to pass before a change goes in, and of who need not care. */
const REQUIRED =
  /^(?:contexts|checks|required_checks|required_status_checks|required_check|rules|required_deployment_environments|required_reviewers|restrict_pushes|push_restrictions|required_deployments)$/;
const BYPASS =
  /^(?:bypass_actors|bypass_pull_request_allowances|bypass_pull_request_actor_ids|pull_request_bypassers|force_push_bypassers|force_push_allowances|push_allowances|bypassers|dismissal_restrictions|dismissal_users|exempt\w*|allowed_to_push|push_access_levels|unprotect_access_level)$/;
const STRENGTH = ["disabled", "evaluate", "active"];

function itemsAt(
  tree: Tree | undefined,
  keys: RegExp,
): readonly { key: string; text: string; line: number; path: string }[] {
  if (tree === undefined) return [];
  return [...placesIn(tree)]
    .filter(
      ({ key, value }) => keys.test(key) && (value.kind !== "map" || at(value, "actor_id") !== undefined),
    )
    .flatMap(({ key, value, path, line }) =>
      oneOrMore(value)
        .filter((item) => item.kind !== "scalar" || textOf(item) !== "")
        .map((item) => {
          const text =
            textOf(item) ||
            textOf(at(item, "context") ?? at(item, "type") ?? at(item, "actor_id") ?? at(item, "name"));
          return {
            key: `${key} ${fingerprint(item)}`,
            text: text || key,
            line: item.line || line,
            path: path.join("."),
          };
        }),
    );
}

function* listsWeakened(part: ChangedPart): Generator<Finding> {
  const { name, file, before, after } = part;
  const common = { what: shown(name), file };
  const [was, is] = [itemsAt(before, REQUIRED), itemsAt(after, REQUIRED)];
  for (const { text, path, line } of gained(is, was))
    yield {
      ...common,
      line,
      side: "before",
      why: `no longer requires ${shown(text)} by ${shown(name)} (${shown(path)})`,
    };
  for (const { text, path, line } of gained(itemsAt(before, BYPASS), itemsAt(after, BYPASS)))
    yield {
      ...common,
      line,
      side: "after",
      why: `lets ${shown(text)} past the rules of ${shown(name)} (${shown(path)})`,
    };
  yield* reachesLess(part);
  yield* enforcedLess(part);
}

/** Branches and repositories that the rules are about, and those that they leave out. */
function namesAt(tree: Tree | undefined, word: string) {
  return (tree === undefined ? [] : [...placesIn(tree)])
    .filter(({ key, path }) => key === word && /^(?:ref|repository)_name$/.test(path.at(-2) ?? ""))
    .flatMap(({ value, path }) =>
      oneOrMore(value).map((item) => ({
        key: `${path.join(".")} ${textOf(item)}`,
        text: textOf(item),
        line: item.line,
      })),
    );
}

function* reachesLess({ name, file, before, after }: ChangedPart): Generator<Finding> {
  const common = { what: shown(name), file };
  for (const { text, line } of gained(namesAt(before, "exclude"), namesAt(after, "exclude")))
    yield { ...common, line, side: "after", why: `leaves ${shown(text)} out of the rules of ${shown(name)}` };
  const [was, is] = [namesAt(before, "include"), namesAt(after, "include")];
  const lost = gained(is, was);
  // One more in its place may be the same by another name.
  if (is.some(({ text }) => text === "~ALL") || gained(was, is).length >= lost.length) return;
  for (const { text, line } of lost)
    yield { ...common, line, side: "before", why: `takes ${shown(text)} out of the rules of ${shown(name)}` };
}

/** Each set of rules by its name, where it has one. */
function enforcementIn(tree: Tree | undefined) {
  return (tree === undefined ? [] : [...placesIn(tree)])
    .filter(({ key }) => key === "enforcement")
    .map(({ path, value, line, within }) => {
      const place = `${path.join(".")} ${textOf(at(within, "name"))}`;
      return {
        key: `${place} ${textOf(value)}`,
        place,
        line,
        strength: STRENGTH.indexOf(textOf(value)),
        value,
      };
    });
}

function* enforcedLess({ name, file, before, after }: ChangedPart): Generator<Finding> {
  const [was, is] = [enforcementIn(before), enforcementIn(after)];
  const lost = gained(is, was);
  for (const { place, strength, value, line } of gained(was, is)) {
    if (!lost.some((each) => each.place === place && each.strength > strength)) continue;
    const why = `sets \`enforcement\` of ${shown(name)} to ${shown(textOf(value))}: its rules hold no longer`;
    yield { what: shown(name), file, line, side: "after", why };
  }
}

const settings = (rules: string) => `branches:\n  - name: main\n    protection:\n${rules}`;

const ruleset = (include: readonly string[], exclude: readonly string[]) =>
  JSON.stringify({ name: "main", enforcement: "active", conditions: { ref_name: { include, exclude } } });

const BRANCH_RULES: Rule = {
  ...BRANCH_SETTING,
  when: "branch rules kept as code (`.github/settings.yml`, Terraform) ask for less: a setting, a required check, who may pass them, or whether they hold at all",
  parts: {
    of: ["settings", "terraform"],
    *find(part, all) {
      yield* BRANCH_SETTING.parts?.find(part, all) ?? [];
      if (
        !/^(?:file|github_branch_protection\w*|github_\w*ruleset|gitlab_branch_protection|gitlab_project_\w+)$/.test(
          part.type,
        )
      )
        return;
      if (part.before === undefined) return;
      if (part.after !== undefined) yield* listsWeakened(part);
      else if (/ruleset|branch_protection/.test(part.type) && all.addedParts.sameName(part) === undefined)
        yield {
          what: shown(part.name),
          file: part.file,
          line: part.before.line,
          side: "before",
          why: `removes ${shown(part.name)}: the branch is not protected by it any more`,
        };
    },
  },
  reports: [
    ...BRANCH_SETTING.reports,
    [
      "no longer requires `countersign` by `.github/settings.yml` (`branches.protection.required_status_checks.contexts`)",
      changed(
        ".github/settings.yml",
        settings("      required_status_checks:\n        contexts: [countersign, test]\n"),
        settings("      required_status_checks:\n        contexts: [test]\n"),
      ),
    ],
    [
      "no longer requires `countersign` by `.github/settings.yml` (`branches.protection.required_status_checks.contexts`)",
      changed(
        ".github/settings.yml",
        settings("      required_status_checks:\n        contexts: [countersign]\n"),
        settings("      required_status_checks:\n        contexts: [lint]\n"),
      ),
    ],
    [
      "sets `enforce_admins` of `.github/settings.yml`: changes can reach the branch with less",
      changed(
        ".github/settings.yml",
        settings("      enforce_admins: true\n"),
        settings("      enforce_admins: null\n"),
      ),
    ],
    [
      "sets `enforcement` of `.github/settings.yml` to `disabled`: its rules hold no longer",
      changed(
        ".github/settings.yml",
        "rulesets:\n  - name: main\n    enforcement: active\n  - name: old\n    enforcement: disabled\n",
        "rulesets:\n  - name: main\n    enforcement: disabled\n  - name: old\n    enforcement: disabled\n",
      ),
    ],
    [
      "lets `5` past the rules of `.github/settings.yml` (`rulesets.bypass_actors`)",
      changed(
        ".github/settings.yml",
        "rulesets:\n  - name: main\n    bypass_actors: []\n",
        "rulesets:\n  - name: main\n    bypass_actors:\n      - actor_id: 5\n        bypass_mode: always\n",
      ),
    ],
    [
      "sets `enforcement` of `.github/rulesets/main.json` to `disabled`: its rules hold no longer",
      changed(
        ".github/rulesets/main.json",
        '{"name": "main", "enforcement": "active"}\n',
        '{"name": "main", "enforcement": "disabled"}\n',
      ),
    ],
    [
      "leaves `refs/heads/main` out of the rules of `.github/rulesets/main.json`",
      changed(
        ".github/rulesets/main.json",
        ruleset(["~DEFAULT_BRANCH"], []),
        ruleset(["~DEFAULT_BRANCH"], ["refs/heads/main"]),
      ),
    ],
    [
      "takes `refs/heads/release/*` out of the rules of `.github/rulesets/main.json`",
      changed(
        ".github/rulesets/main.json",
        ruleset(["~DEFAULT_BRANCH", "refs/heads/release/*"], []),
        ruleset(["~DEFAULT_BRANCH"], []),
      ),
    ],
    [
      "sets `enforcement` of `.github/settings.yml` to `evaluate`: its rules hold no longer",
      changed(
        ".github/settings.yml",
        "rulesets:\n  - name: main\n    enforcement: active\n",
        "rulesets:\n  - name: main\n    enforcement: evaluate\n",
      ),
    ],
  ],
  ignores: [
    ...BRANCH_SETTING.ignores,
    [
      "more branches",
      changed(
        ".github/rulesets/main.json",
        ruleset(["refs/heads/main"], ["refs/heads/x"]),
        ruleset(["~ALL"], []),
      ),
    ],
    [
      "the same branch by another name",
      changed(
        ".github/rulesets/main.json",
        ruleset(["refs/heads/main"], []),
        ruleset(["~DEFAULT_BRANCH"], []),
      ),
    ],
    [
      "one more check is required",
      changed(
        ".github/settings.yml",
        settings("      required_status_checks:\n        contexts: [test]\n"),
        settings("      required_status_checks:\n        contexts: [test, lint]\n"),
      ),
    ],
  ],
};

export const BRANCHES: RuleSet = {
  name: "branch-rules",
  title: "Branch rules kept as code",
  reads: ({ path }) => REPOSITORY_SETTINGS.test(path) || /\.(?:tf|tofu)$/.test(path),
  rules: [BRANCH_RULES],
};

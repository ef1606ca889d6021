import { DEFAULT_BRANCH } from "../policy/branch.ts";

/** The one ruleset that is ours to write. */
export const RULESET_NAME = "countersign";

/** A ruleset as GitHub's REST API writes it; what we do not know of it stays as it is. */
export interface RulesetDocument {
  readonly name: string;
  readonly target: string;
  readonly enforcement: string;
  readonly bypass_actors: readonly unknown[];
  readonly conditions: { readonly ref_name: RefNames };
  readonly rules: readonly RuleDocument[];
}

interface RefNames {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

interface RuleDocument {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

export interface Wanted {
  /** The check to require, and the App that has to report it. */
  readonly check: { readonly context: string; readonly integration_id: number };
  /** Names and patterns as GitHub reads them. */
  readonly include: readonly string[];
}

const BLANK: RulesetDocument = {
  name: RULESET_NAME,
  target: "branch",
  enforcement: "active",
  bypass_actors: [],
  conditions: { ref_name: { include: [], exclude: [] } },
  rules: [],
};

/** The ruleset as it has to be: what it asks for besides stays, what weakens it goes. */
export function soundRuleset(before: RulesetDocument | null, { check, include }: Wanted): RulesetDocument {
  const { rules, conditions, ...others } = before ?? BLANK;
  const names = new Set([...conditions.ref_name.include, ...include]);
  const missing = [PULL_REQUEST, ...UNCHANGING].filter(
    ({ type }) => !rules.some((rule) => rule.type === type),
  );
  return {
    ...others,
    enforcement: "active",
    bypass_actors: [],
    conditions: { ...conditions, ref_name: { include: [...names], exclude: [] } },
    rules: [...withCheck(rules, check), ...missing],
  };
}

/** Every change comes by a pull request. GitHub's own approvals are not ours to ask for. */
const PULL_REQUEST: RuleDocument = {
  type: "pull_request",
  parameters: {
    required_approving_review_count: 0,
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_review_thread_resolution: false,
  },
};

const UNCHANGING: readonly RuleDocument[] = [{ type: "non_fast_forward" }, { type: "deletion" }];

const CHECKS = "required_status_checks";
/** By this, branches can be made without the checks. Where a rule does not have it, it is not added. */
const EXCEPT_NEW = "do_not_enforce_on_create";

function withCheck(rules: readonly RuleDocument[], check: Wanted["check"]): readonly RuleDocument[] {
  const first = rules.findIndex(({ type }) => type === CHECKS);
  if (first === -1)
    return [
      ...rules,
      { type: CHECKS, parameters: { strict_required_status_checks_policy: false, [CHECKS]: [check] } },
    ];
  return rules.map((rule, index) => {
    if (rule.type !== CHECKS) return rule;
    const others = checksOf(rule).filter(({ context }) => context !== check.context);
    const parameters = { ...rule.parameters, [CHECKS]: index === first ? [...others, check] : others };
    return {
      ...rule,
      parameters: { ...parameters, ...(EXCEPT_NEW in parameters && { [EXCEPT_NEW]: false }) },
    };
  });
}

interface CheckDocument {
  readonly context: string;
}

function checksOf({ parameters = {} }: RuleDocument): readonly CheckDocument[] {
  const listed = parameters[CHECKS];
  return Array.isArray(listed) ? listed.filter(isCheck) : [];
}

function isCheck(value: unknown): value is CheckDocument {
  return typeof value === "object" && value !== null && "context" in value;
}

/**
 * A branch pattern of the config as GitHub writes it; `null` where the two may mean different branches. In both, `*`
 * stops at a slash; GitHub's `**` reaches further only as a folder, and at the end the config's may also be nothing.
 */
export function refNamesOf(pattern: string): readonly string[] | null {
  if (pattern === DEFAULT_BRANCH) return [pattern];
  const parts = pattern.split("/");
  if (!/^[\w.*/-]+$/.test(pattern)) return null;
  if (parts.some((part) => part !== "**" && part.includes("**"))) return null;
  if (parts.at(-1) !== "**") return [`refs/heads/${pattern}`];
  const above = parts.slice(0, -1).join("/");
  return [...(above === "" ? [] : [`refs/heads/${above}`]), `refs/heads/${pattern}/*`];
}

/** Whether GitHub kept all that was written; it may add what it writes by default. */
export function keeps(kept: unknown, written: unknown): boolean {
  if (Array.isArray(written))
    return (
      Array.isArray(kept) &&
      kept.length === written.length &&
      written.every((item) => kept.some((each) => keeps(each, item)))
    );
  if (typeof written !== "object" || written === null) return kept === written;
  if (typeof kept !== "object" || kept === null) return false;
  const has = new Map<string, unknown>(Object.entries(kept));
  return Object.entries(written).every(([key, value]) => keeps(has.get(key), value));
}

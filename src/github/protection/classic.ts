import { z } from "zod";
import type { Protection } from "../../doctor/facts.ts";
import { type Known, known, mapKnown, unknown } from "../../doctor/known.ts";
import { parsed } from "../client/client.ts";
import { graphql } from "../client/graphql.ts";
import { type Asker, ask, find, seen } from "./ask.ts";
import { administration, reading } from "./rights.ts";

const requiredChecks = z.object({
  checks: z.array(z.object({ context: z.string(), app_id: z.int().nullish() })).default([]),
  contexts: z.array(z.string()).default([]),
});

type RequiredChecks = z.infer<typeof requiredChecks>;

const branchAnswer = z.object({
  commit: z.object({ sha: z.string() }),
  protection: z
    .object({ enabled: z.boolean().optional(), required_status_checks: requiredChecks.optional() })
    .optional(),
});

const enabled = z.object({ enabled: z.boolean() });

const protectionAnswer = z.object({
  required_status_checks: requiredChecks.optional(),
  enforce_admins: enabled.optional(),
  required_pull_request_reviews: z.object({ required_approving_review_count: z.int().optional() }).optional(),
  allow_force_pushes: enabled.optional(),
  allow_deletions: enabled.optional(),
});

export type BranchSummary = z.infer<typeof branchAnswer>;

/** `null` for a branch that does not exist. */
export function findBranch(asker: Asker, branch: string): Promise<Known<BranchSummary | null>> {
  return find(asker, {
    route: "GET /repos/{owner}/{repo}/branches/{branch}",
    parameters: { branch },
    answer: branchAnswer,
    right: reading(asker),
  });
}

/**
 * Classic branch protection; none for a branch that has none. Everybody who can read sees the checks it requires,
 * administrators alone the rest.
 */
export async function readClassic(
  asker: Asker,
  branch: string,
  { protection }: BranchSummary,
): Promise<Known<readonly Protection[]>> {
  if (protection === undefined) return unknown(administration(asker));
  if (protection.enabled === false) return known([]);
  const where = `branch protection of ${branch}`;
  const whole = await ask(asker, {
    route: "GET /repos/{owner}/{repo}/branches/{branch}/protection",
    parameters: { branch },
    answer: protectionAnswer,
    right: administration(asker),
  });
  if ("unknown" in whole) {
    const hidden = whole;
    const checks = checksOf(protection.required_status_checks);
    return known([{ where, checks, ...hiddenParts(hidden) }]);
  }
  const blocksForcePushes =
    whole.known.allow_force_pushes?.enabled === false
      ? mapKnown(await readForcePushers(asker, branch), (count) => count === 0)
      : known(false);
  return known([{ where, blocksForcePushes, ...parts(whole.known) }]);
}

/** REST does not tell of people who may force-push although others may not. */
const FORCE_PUSHERS = `
query CountersignForcePushers($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) { branchProtectionRule { bypassForcePushAllowances(first: 1) { totalCount } } }
  }
}`;

const forcePushersAnswer = z.object({
  repository: z.object({
    ref: z
      .object({
        branchProtectionRule: z
          .object({ bypassForcePushAllowances: z.object({ totalCount: z.int() }) })
          .nullable(),
      })
      .nullable(),
  }),
});

async function readForcePushers(asker: Asker, branch: string): Promise<Known<number>> {
  const right = administration(asker);
  const { client, owner, repo: name } = asker;
  const answer = await seen(right, async () => {
    const variables = { owner, name, ref: `refs/heads/${branch}` };
    const data = await graphql(client, { document: FORCE_PUSHERS, variables });
    return parsed(forcePushersAnswer, data, `branch protection of ${branch}`);
  });
  if ("unknown" in answer) return answer;
  // The branch is protected; where GraphQL shows no rule, it shows nobody who is excepted from it either.
  const rule = answer.known.repository.ref?.branchProtectionRule;
  return rule == null ? unknown(right) : known(rule.bypassForcePushAllowances.totalCount);
}

function hiddenParts(hidden: { readonly unknown: string }): Omit<Protection, "where" | "checks"> {
  return {
    blocksForcePushes: hidden,
    blocksDeletions: hidden,
    approvals: hidden,
    bypass: { actors: hidden, asker: null },
  };
}

function parts(answer: z.infer<typeof protectionAnswer>): Omit<Protection, "where" | "blocksForcePushes"> {
  const reviews = answer.required_pull_request_reviews;
  return {
    checks: checksOf(answer.required_status_checks),
    blocksDeletions: known(answer.allow_deletions?.enabled === false),
    approvals: known(reviews === undefined ? 0 : (reviews.required_approving_review_count ?? 1)),
    bypass: {
      actors: known(answer.enforce_admins?.enabled === true ? [] : [ADMINISTRATORS]),
      asker: null,
    },
  };
}

/** Administrators, and roles that may bypass branch protections, unless it says that nobody may. */
const ADMINISTRATORS = { who: "administrators", mode: "always", administrator: true } as const;

/** A name in `contexts` alone is one that anybody may report. */
function checksOf(answer: RequiredChecks | undefined): Protection["checks"] {
  const { checks = [], contexts = [] } = answer ?? {};
  const named = new Set(checks.map(({ context }) => context));
  return [
    ...checks.map(({ context, app_id }) => ({ context, appId: pinnedTo(app_id) })),
    ...contexts.filter((context) => !named.has(context)).map((context) => ({ context, appId: null })),
  ].map((check) => ({ ...check, heldWhenMade: true }));
}

/** GitHub writes "any source" as nothing or as -1. */
function pinnedTo(appId: number | null | undefined): number | null {
  return appId == null || appId < 0 ? null : appId;
}

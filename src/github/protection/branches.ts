import { z } from "zod";
import type { Branch } from "../../doctor/facts.ts";
import { type Known, known, mapKnown } from "../../doctor/known.ts";
import { DEFAULT_BRANCH } from "../../policy/branch.ts";
import { checkedPatterns, governs } from "../../policy/governs.ts";
import type { Policy } from "../../policy/policy.ts";
import { CHECK_NAME, patternCheckNames } from "../client/check-name.ts";
import { protectionsOf, type ReadRulesets, readRules } from "./applied-rules.ts";
import { type Asker, askList, find, OTHER_PLAN } from "./ask.ts";
import { type BranchSummary, findBranch, readClassic } from "./classic.ts";
import { exampleOfBoth, examplesOf } from "./example-branches.ts";
import { reading } from "./rights.ts";

/** Our own limits: pages of branches that are looked through, and governed branches that are looked at. */
const PAGES = 5;
const BRANCHES = 30;

/** Each takes up to four requests, and GitHub allows a hundred at once. */
const AT_ONCE = 10;

export interface BranchesRequest {
  readonly defaultBranch: string;
  /** `null` for one that cannot be read, which governs every branch: the default one stands for all. */
  readonly policy: Pick<Policy, "branches" | "checks"> | null;
}

/** The branches that the policy governs, each with the rules that GitHub holds it to. */
export async function readBranches(
  asker: Asker,
  request: BranchesRequest,
): Promise<Known<readonly Branch[]>> {
  const names = await governedNames(asker, request);
  if ("unknown" in names) return names;
  const rulesets: ReadRulesets = new Map();
  const branches: Branch[] = [];
  let left = names.known;
  while (left.length > 0) {
    const all = branches.length + left.length;
    if (all > BRANCHES)
      return { unknown: `a config that governs at most ${BRANCHES} branches, of the ${all} there are,` };
    const some = left.slice(0, AT_ONCE);
    branches.push(...(await Promise.all(some.map((name) => readBranch(asker, request, { name, rulesets })))));
    left = left.slice(AT_ONCE);
    if (left.length === 0) left = await namesLeftOut(request, branches, rulesets);
  }
  return known(branches);
}

interface Name {
  readonly branch: string;
  readonly exampleOf: string | null;
}

/** Governed branches that may still be made and that a ruleset leaves out: no rule for others tells of them. */
async function namesLeftOut(
  { policy, defaultBranch }: BranchesRequest,
  branches: readonly Branch[],
  rulesets: ReadRulesets,
): Promise<readonly Name[]> {
  if (policy === null) return [];
  const looked = new Set(branches.map(({ name }) => name));
  const excluded = new Set((await Promise.all(rulesets.values())).flatMap((ruleset) => ruleset.excluded));
  const examples = [...excluded].flatMap((pattern) =>
    wildIn(policy.branches).flatMap((own): readonly Name[] => {
      const branch = exampleOfBoth(own, pattern);
      return branch === null ? [] : [{ branch, exampleOf: pattern }];
    }),
  );
  const left = examples.filter(
    ({ branch: ref }) => !looked.has(ref) && governs(policy, { ref, defaultBranch }),
  );
  return [...new Map(left.map((name) => [name.branch, name])).values()];
}

function wildIn(patterns: readonly string[]): readonly string[] {
  return patterns.filter((pattern) => pattern.includes("*"));
}

async function governedNames(
  asker: Asker,
  { defaultBranch, policy }: BranchesRequest,
): Promise<Known<readonly Name[]>> {
  const patterns = policy?.branches ?? [DEFAULT_BRANCH];
  const plain = patterns
    .filter((pattern) => !pattern.includes("*"))
    .map((pattern) => (pattern === DEFAULT_BRANCH ? defaultBranch : pattern));
  const wild = wildIn(patterns);
  const listed = wild.length === 0 ? known([]) : await listBranches(asker);
  return mapKnown(listed, (branches) => {
    const governed = branches.filter((ref) => governs(policy, { ref, defaultBranch }));
    const existing = [...new Set([...plain, ...governed])].map((branch) => ({ branch, exampleOf: null }));
    const examples = wild.flatMap((pattern) =>
      examplesOf(pattern)
        .filter((ref) => governs(policy, { ref, defaultBranch }) && !branches.includes(ref))
        .map((branch) => ({ branch, exampleOf: pattern })),
    );
    return [...existing, ...examples];
  });
}

function listBranches(asker: Asker): Promise<Known<readonly string[]>> {
  return askList(
    asker,
    {
      route: "GET /repos/{owner}/{repo}/branches",
      answer: z.array(z.object({ name: z.string() }).transform(({ name }) => name)),
      right: reading(asker),
    },
    PAGES,
  );
}

interface Reading {
  readonly name: Name;
  readonly rulesets: ReadRulesets;
}

async function readBranch(
  asker: Asker,
  request: BranchesRequest,
  { name, rulesets }: Reading,
): Promise<Branch> {
  const { branch } = name;
  const [rules, summary] = await Promise.all([
    readRules(asker, branch),
    name.exampleOf === null ? findBranch(asker, branch) : known(null),
  ]);
  const [bySet, { classic, codeownersErrors }] = await Promise.all([
    "known" in rules ? protectionsOf(asker, rules.known, rulesets) : rules,
    "known" in summary
      ? readOwn(asker, branch, summary.known)
      : { classic: summary, codeownersErrors: summary },
  ]);
  // Where the plan has no rules, none apply: that is known.
  const isOutOfPlan = "unknown" in rules && rules.unknown === OTHER_PLAN;
  const isThere = "unknown" in summary || summary.known !== null;
  return {
    name: branch,
    exampleOf: isThere ? null : (name.exampleOf ?? branch),
    checkNames: checkNamesOf(branch, request),
    enforceable: isOutOfPlan ? known(false) : mapKnown(rules, () => true),
    protections: isOutOfPlan ? known([]) : both(bySet, classic),
    queue: isOutOfPlan
      ? known(false)
      : mapKnown(rules, (all) => all.some(({ type }) => type === "merge_queue")),
    codeownersErrors,
  };
}

/** What belongs to one branch alone; a branch that may still be made has none of it. */
async function readOwn(asker: Asker, branch: string, summary: BranchSummary | null) {
  if (summary === null) return { classic: known([]), codeownersErrors: known(0) };
  const [classic, codeownersErrors] = await Promise.all([
    readClassic(asker, branch, summary),
    countCodeownersErrors(asker, summary.commit.sha),
  ]);
  return { classic, codeownersErrors };
}

function both<Item>(one: Known<readonly Item[]>, other: Known<readonly Item[]>): Known<readonly Item[]> {
  if ("unknown" in one) return one;
  return mapKnown(other, (items) => [...one.known, ...items]);
}

function checkNamesOf(ref: string, { policy, defaultBranch }: BranchesRequest): readonly string[] {
  if (policy === null) return [CHECK_NAME];
  const names = patternCheckNames(policy.branches);
  const own = checkedPatterns(policy, { ref, defaultBranch }).flatMap((pattern) => names.get(pattern) ?? []);
  return [CHECK_NAME, ...own];
}

const errorsAnswer = z.object({ errors: z.array(z.object({ kind: z.string() })) });

/** The errors that GitHub lists in CODEOWNERS at a commit; `null` where there is no such file. */
async function countCodeownersErrors(asker: Asker, sha: string): Promise<Known<number | null>> {
  const answer = await find(asker, {
    route: "GET /repos/{owner}/{repo}/codeowners/errors",
    parameters: { ref: sha },
    answer: errorsAnswer,
    right: reading(asker),
  });
  return mapKnown(answer, (found) => found?.errors.length ?? null);
}

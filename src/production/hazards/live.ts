import { isMigration } from "./rule-sets/migrations/folder.ts";

const NOT_LIVE =
  /(?:^|\/)(?:fixtures?|__fixtures__|testdata|test-?data|test-fixtures|__tests__|__mocks__|mocks|__snapshots__|tests?|specs?|e2e|(?:[\w-]+-)?(?:e2e|integration|unit|smoke)-tests?|examples?|samples?|docs?|documentation|node_modules|vendor|third_party|\.?archived?|deprecated)\//i;
/** Only languages have tests of such names: what is deployed may be called after a test. */
const TEST_FILE =
  /(?:[._-](?:test|spec)\.(?:[cm]?[jt]sx?|rb|py|go|exs?|php|java|kts?|scala|cs|rs|swift|dart|c|cc|cpp|m|vue|bats)|(?:^|\/)test_[^/]*\.py|\.tftest\.hcl)$/i;
const PROSE = /\.(?:md|mdx|rst|adoc|txt|ipynb|snap|lock|svg)$/i;
const INFRASTRUCTURE = /\.(?:tf|tofu|tfvars|hcl|ya?ml|json|template|bicep|tfstate)$/i;
/** Folders of infrastructure: what stands below them runs, and "test" or "archive" there is a place that runs. */
const TREE =
  /(?:^|\/)(?:infra(?:structure)?|terraform|tofu|terragrunt|live|stacks?|environments?|envs?|clusters?|overlays|accounts|deployments?|deploy|k8s|kubernetes|kube|manifests|gitops|flux|argocd|argo|apps|helmfile|cloudformation|cfn|iac|ops|platform|aws|gcp|azure|prod(?:uction)?|staging|ansible|inventor(?:y|ies)|helm|charts|pulumi|cdk|puppet|salt|playbooks|crossplane)\//i;
/** Words that never name a place: what stands below them is there to be tested against or copied. */
const NEVER_A_PLACE =
  /(?:^|\/)(?:fixtures?|__fixtures__|testdata|test-?data|test-fixtures|__tests__|__mocks__|mocks|__snapshots__|examples?|node_modules|vendor|third_party|modules\/[^/]+\/(?:tests?|examples?))\//i;

/** Programs that make or change what is there, whatever the folder around them is called. */
const PROGRAM = /\.(?:tf|tofu|tfvars|tfstate|bicep)$/i;
/** Folders that such a program, or a migration, may run from all the same: a product can be called so. */
const MAY_RUN = /(?:^|\/)(?:docs?|documentation|samples?|specs?|e2e|\.?archived?|deprecated)\//gi;

/**
 * False for tests, fixtures, examples and prose, which nothing runs. Below a folder of infrastructure, a place may be
 * called "test", "docs" or "archive".
 */
export function isLive(path: string): boolean {
  const isRun = PROGRAM.test(path) || isMigration(path);
  if (PROSE.test(path) || (TEST_FILE.test(path) && !isMigration(path))) return false;
  if (!NOT_LIVE.test(isRun ? path.replaceAll(MAY_RUN, "/") : path)) return true;
  return INFRASTRUCTURE.test(path) && !NEVER_A_PLACE.test(path) && isBelowTree(path);
}

/** Whether the folder that sounds like a test stands below one of infrastructure, and not the other way round. */
function isBelowTree(path: string): boolean {
  const [tree, place] = [TREE.exec(path), NOT_LIVE.exec(path)];
  return tree !== null && place !== null && tree.index < place.index + 1;
}

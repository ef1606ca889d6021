const NOT_LIVE =
  /(?:^|\/)(?:fixtures?|__fixtures__|testdata|test-?data|test-fixtures|__tests__|__mocks__|mocks|__snapshots__|tests?|specs?|e2e|examples?|samples?|docs?|documentation|node_modules|vendor|third_party|\.?archived?|deprecated)\//i;
const TEST_FILE = /(?:[._-](?:test|spec)\.[a-z]+|(?:^|\/)test_[^/]*\.py|_test\.[a-z]+|\.tftest\.hcl)$/i;
const PROSE = /\.(?:md|mdx|rst|adoc|txt|ipynb|snap|lock|svg)$/i;
const INFRASTRUCTURE = /\.(?:tf|tofu|tfvars|hcl|ya?ml|json|template|bicep|tfstate)$/i;
/** Folders of infrastructure: what stands below them runs, and "test" or "archive" there is a place that runs. */
const TREE =
  /(?:^|\/)(?:infra(?:structure)?|terraform|tofu|terragrunt|live|stacks?|environments?|envs?|clusters?|overlays|accounts|deployments?|deploy|k8s|kubernetes|kube|manifests|gitops|flux|argocd|argo|apps|helmfile|cloudformation|cfn|iac|ops|platform|aws|gcp|azure|prod(?:uction)?|staging)\//i;
/** Words that never name a place: what stands below them is there to be tested against or copied. */
const NEVER_A_PLACE =
  /(?:^|\/)(?:fixtures?|__fixtures__|testdata|test-?data|test-fixtures|__tests__|__mocks__|mocks|__snapshots__|examples?|node_modules|vendor|third_party|modules\/[^/]+\/(?:tests?|examples?))\//i;

/**
 * False for tests, fixtures, examples and prose, which nothing runs. Below a folder of infrastructure, a place may be
 * called "test", "docs" or "archive".
 */
export function isLive(path: string): boolean {
  if (PROSE.test(path) || TEST_FILE.test(path)) return false;
  if (!NOT_LIVE.test(path)) return true;
  return INFRASTRUCTURE.test(path) && !NEVER_A_PLACE.test(path) && isBelowTree(path);
}

/** Whether the folder that sounds like a test stands below one of infrastructure, and not the other way round. */
function isBelowTree(path: string): boolean {
  const [tree, place] = [TREE.exec(path), NOT_LIVE.exec(path)];
  return tree !== null && place !== null && tree.index < place.index + 1;
}

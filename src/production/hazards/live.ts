const NOT_LIVE =
  /(?:^|\/)(?:fixtures?|__fixtures__|testdata|test-?data|test-fixtures|__tests__|__mocks__|mocks|__snapshots__|tests?|specs?|e2e|examples?|samples?|docs?|documentation|node_modules|vendor|third_party|\.?archived?|deprecated)\//i;
const TEST_FILE = /(?:[._-](?:test|spec)\.[a-z]+|(?:^|\/)test_[^/]*\.py|_test\.[a-z]+|\.tftest\.hcl)$/i;
const PROSE = /\.(?:md|mdx|rst|adoc|txt|ipynb|snap|lock|svg)$/i;
const ENVIRONMENT =
  /(?<=(?:^|\/)(?:environments?|envs?|clusters?|overlays|accounts|deployments)\/)(?:tests?|e2e|samples?)(?=\/)/gi;

/** False for tests, fixtures, examples and prose, which nothing runs. An environment may be called "test". */
export function isLive(path: string): boolean {
  if (PROSE.test(path) || TEST_FILE.test(path)) return false;
  return !NOT_LIVE.test(path.replaceAll(ENVIRONMENT, "environment"));
}

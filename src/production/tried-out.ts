/** What says how one program runs, for itself: of the programs of tests and examples there are most. */
const SETTINGS =
  /(?:^|\/)(?:wrangler\.(?:jsonc?|toml)|(?:docker-)?compose[^/]*\.ya?ml|(?:vercel|railway)\.json|(?:netlify|fly|railway)\.toml|render\.yaml|Procfile)$/;

/** Folders of what is there to be tested with, or to be copied by others. */
const PLACE =
  /(?:^|\/)(?:tests?|__tests__|(?:e2e|integration)-tests?|[\w-]+-(?:e2e|integration)-tests|e2e|fixtures?|__fixtures__|testdata|examples?|playground)\//;

/** Folders of what runs: below them, "test" is a place where it does. */
const RUNS =
  /(?:^|\/)(?:infra(?:structure)?|terraform|stacks?|environments?|envs?|clusters?|overlays|accounts|deployments?|deploy|k8s|kubernetes|gitops|apps|services|ops|platform|prod(?:uction)?|staging|live)\//;

/**
 * Whether a file only starts what tests and examples need. A folder of tests below one of what is deployed is none, and
 * neither is one above it.
 */
export function isTriedOut(path: string): boolean {
  return SETTINGS.test(path) && PLACE.test(path) && !RUNS.test(path);
}

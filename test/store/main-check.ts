import type { PublishedCheck } from "../../src/store/passes.ts";
import type { RepositoryRef } from "../../src/store/repository.ts";
import type { Store } from "../../src/store/store.ts";

/** What was published as the check of all pull requests of a commit. */
export async function mainCheck(
  store: Store,
  repository: RepositoryRef,
  headSha: string,
): Promise<PublishedCheck | null> {
  const checks = await store.publishedChecks(repository, headSha);
  return checks.find(({ name }) => name === "countersign") ?? null;
}

import type { RepositoryRef } from "../../store/repository.ts";
import { repositoryKey } from "../client/cache-keys.ts";
import type { Caches } from "./caches.ts";
import { rulesOf } from "./people/owners-in-question.ts";
import type { BranchRulesRead } from "./rules/branch-rules.ts";

interface Place {
  readonly repository: RepositoryRef;
  readonly caches: Caches;
  readonly now: Date;
}

/** Has the first evaluation of a repository ask at once for the teams that its rules name: see `planPrefetch`. */
export function foreseeRules(
  { repository, caches, now }: Place,
  { sources, codeowners }: Pick<BranchRulesRead, "sources" | "codeowners">,
): void {
  const key = repositoryKey(repository);
  if (caches.rules.get(key, now) !== undefined) return;
  caches.rules.set(key, rulesOf(codeowners, caches.policies(sources).policy ?? null), now);
}

import type { Conclusion } from "../../signoff/verdict.ts";
import type { RepositoryRef } from "../../store/store.ts";
import type { HeadPorts } from "./head-work.ts";

/** GitHub lets a merge through on these. */
export const PASSING_CONCLUSIONS: ReadonlySet<Conclusion> = new Set(["success", "neutral"]);

/** Stands for a text that no verdict has, so that the next verdict is written whatever it is. */
const WITHDRAWN = "withdrawn";

/** Takes back the published pass of a head commit that may no longer hold; a head without one stays as it is. */
export async function withdrawPass(
  { store, github }: Pick<HeadPorts, "store" | "github">,
  { repository, headSha }: { readonly repository: RepositoryRef; readonly headSha: string },
  reason: string,
): Promise<void> {
  const published = await store.publishedCheck(repository, headSha);
  if (published === null || !PASSING_CONCLUSIONS.has(published.conclusion)) return;
  await github.withdraw(repository, published.checkRunId, reason);
  const withdrawn = { ...published, conclusion: "action_required", digest: WITHDRAWN } as const;
  await store.recordPublishedCheck(repository, headSha, withdrawn);
}

import type { Invalidation, RepositoryRef } from "../../store/store.ts";
import type { HeadPorts } from "./head-work.ts";
import { PASSING_CONCLUSIONS, withdrawPass } from "./withdraw-pass.ts";

interface InvalidatedHead {
  readonly repository: RepositoryRef;
  readonly headSha: string;
}

type Ports = Pick<HeadPorts, "store" | "github">;

/** Whether a pass stands on the head commit that the doubt is about. */
export async function isInvalidated(
  { store }: Pick<Ports, "store">,
  { repository, headSha }: InvalidatedHead,
  invalidation: Invalidation | undefined,
): Promise<boolean> {
  if (!invalidation) return false;
  const published = await store.publishedCheck(repository, headSha);
  if (published === null || !PASSING_CONCLUSIONS.has(published.conclusion)) return false;
  return invalidation.of === "all" || published.signed !== false;
}

/** Takes a pass back before it is known whether it still holds: nobody merges on it while that is found out. */
export async function withdrawFirst(
  ports: Ports,
  head: InvalidatedHead,
  invalidation: Invalidation | undefined,
): Promise<void> {
  if (!(await isInvalidated(ports, head, invalidation))) return;
  const reason =
    "Something changed that this pass may have rested on. The pull request is being checked again.";
  await withdrawPass(ports, head, reason);
}

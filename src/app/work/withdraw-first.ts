import type { Doubt, RepositoryRef } from "../../store/store.ts";
import type { HeadPorts } from "./head-work.ts";
import { PASSING, withdrawPass } from "./withdraw-pass.ts";

interface DoubtedHead {
  readonly repository: RepositoryRef;
  readonly headSha: string;
}

type Ports = Pick<HeadPorts, "store" | "github">;

/** Whether a pass stands on the head commit that the doubt is about. */
export async function isDoubted(
  { store }: Pick<Ports, "store">,
  { repository, headSha }: DoubtedHead,
  doubt: Doubt | undefined,
): Promise<boolean> {
  if (!doubt) return false;
  const published = await store.publishedCheck(repository, headSha);
  if (published === null || !PASSING.has(published.conclusion)) return false;
  return doubt.of === "all" || published.signed !== false;
}

/** Takes a pass back before it is known whether it still holds: nobody merges on it while that is found out. */
export async function withdrawFirst(
  ports: Ports,
  head: DoubtedHead,
  doubt: Doubt | undefined,
): Promise<void> {
  if (!(await isDoubted(ports, head, doubt))) return;
  const reason =
    "Something changed that this pass may have rested on. The pull request is being checked again.";
  await withdrawPass(ports, head, reason);
}

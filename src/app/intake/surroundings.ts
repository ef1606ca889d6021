import type { News } from "../../store/jobs.ts";
import type { Hint } from "./hint.ts";

/** What somebody loses a right by, maybe: which one is not told, nor what they keep. */
const LOSES: ReadonlySet<string> = new Set([
  "member.edited",
  "member.removed",
  "membership.removed",
  "organization.member_removed",
]);

/** What changes around pull requests, by which what is read later has to be weighed. */
export function surroundingsIn(event: string, hint: Hint): Pick<News, "rewritten" | "rightsLost"> {
  const { push, installation, repository, member, membership } = hint;
  const account = (member ?? membership?.user)?.id;
  const isLoss = LOSES.has(`${event}.${hint.action ?? ""}`);
  return {
    ...(event === "push" && push?.forced && push.after !== null && { rewritten: [push.branch] }),
    ...(isLoss &&
      installation &&
      account !== undefined && {
        rightsLost: [
          {
            installationId: installation.id,
            ...(repository && { repositoryId: repository.repositoryId }),
            account,
          },
        ],
      }),
  };
}

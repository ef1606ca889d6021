import { type Account, fullName, isTeam, type Pull, type Team } from "../world/model.ts";
import { permissionIn } from "../world/permissions.ts";
import { Refused } from "../world/refused.ts";

/** GitHub takes no more at once (seen 2026-09). */
const MAX_REVIEWERS = 15;

/** Refuses as a whole what holds one who cannot review. `undefined` is a name that leads to nobody. */
export function reviewersOf(
  pull: Pull,
  asked: readonly (Account | Team | undefined)[],
): readonly (Account | Team)[] {
  if (asked.length > MAX_REVIEWERS) throw new Refused(422, "Could not add requesters to pull request.");
  return asked.map((who) => {
    if (who === pull.author) throw new Refused(422, "Review cannot be requested from pull request author.");
    if (who === undefined || (!isTeam(who) && permissionIn(pull.repo, who) === "none"))
      throw new Refused(
        422,
        "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a " +
          `collaborator of the ${fullName(pull.repo)} repository.`,
      );
    return who;
  });
}

import type { Override, OwnerSet } from "../verdict.ts";
import { letThrough } from "../wording/override-words.ts";
import { mention, ownerNames, shortSha } from "../wording/words.ts";
import { escapeMarkdown } from "./escape.ts";

/** The texts of the issue that asks owners to accept what got in without them. */

interface Asked {
  readonly reason: "override" | "bypass";
  readonly commitSha: string;
  /** Markdown that is safe to show. */
  readonly says: string;
  readonly passedOver: readonly { readonly area: string; readonly owners: OwnerSet["owners"] }[];
}

/** The first line of the issue, by which the App finds it again. GitHub hides it. */
export function followUpMarker({ commitSha }: Pick<Asked, "commitSha">): string {
  return `<!-- countersign follow-up ${commitSha} -->`;
}

export function followUpTitle({ reason, commitSha }: Asked): string {
  const how = reason === "override" ? "an override let in" : "got in past the check";
  return `To be accepted afterwards: what ${how} as ${shortSha(commitSha)}`;
}

export function followUpBody(asked: Asked): string {
  const sha = asked.commitSha.slice(0, 12);
  return [
    followUpMarker(asked),
    asked.says,
    "",
    "**Who has to accept it.** One of the owners of each area, with write access, who neither took part in the change nor let it through nor merged it:",
    "",
    // They are to be notified, so no mark keeps their names from being mentions.
    ...asked.passedOver.map(({ area, owners }) => `- ${escapeMarkdown(area)}: ${ownerNames(owners)}`),
    "",
    "**How.** By a comment here that is this line, with a reason:",
    "",
    `    /countersign accept ${sha} REASON`,
    "",
    "An approving review on the merged pull request serves too. If it cannot be accepted, revert it, and accept the revert. To close this issue by hand accepts nothing.",
  ].join("\n");
}

/** What an override's follow-up tells of it. */
export function overrideStory(
  override: Override,
  { pull, headSha }: { readonly pull: number; readonly headSha: string },
): string {
  return `Pull request #${pull} at ${shortSha(headSha)}: ${escapeMarkdown(letThrough(override))}`;
}

export function acceptedText(who: readonly { readonly login: string }[]): string {
  return `Accepted by ${who.map((each) => escapeMarkdown(mention(each))).join(" and ")}. It is in the ledger.`;
}

export const REOPENED =
  "Closing this accepts nothing, so it is open again. Closed once more it stays closed here; it stays open in the ledger until an owner accepts it.";

export function reminderText({ commitSha, passedOver }: Asked): string {
  const owners = passedOver.map(({ owners }) => ownerNames(owners));
  return `${[...new Set(owners)].join(", ")}: nobody has accepted this yet. \`/countersign accept ${commitSha.slice(0, 12)} REASON\``;
}

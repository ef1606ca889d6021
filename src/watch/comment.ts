import { escapeMarkdown } from "../signoff/report/escape.ts";
import type { ChangeOutcome } from "./outcome.ts";

/** The label of pull requests that were merged past the check. */
export const BYPASSED_LABEL = "countersign-bypassed";

/** The first line of the comment on them. GitHub hides it; the app finds its comment by it. */
export const BYPASSED_MARK = "<!-- countersign bypass -->";

interface Bypassed {
  readonly outcome: ChangeOutcome;
  readonly branch: string;
  readonly headSha: string;
  /** The login of whoever merged it; `null` where nobody is named. */
  readonly by: string | null;
  /** ISO 8601. */
  readonly at: string;
  /** The page that says what follows from it. */
  readonly page: string;
}

const WHY: Readonly<Partial<Record<ChangeOutcome, string>>> = {
  red: "its check did not pass",
  "no-check": "no verdict had let it through",
};

/** What a pull request is told that was merged past the check. Names are code, so that it notifies nobody. */
export function bypassComment({ outcome, branch, headSha, by, at, page }: Bypassed): string {
  const who = by === null ? "Somebody" : `\`${by}\``;
  const when = `${at.slice(0, 16).replace("T", " ")} UTC`;
  const merged = `${who} merged \`${headSha.slice(0, 7)}\` into ${escapeMarkdown(branch)} on ${when}`;
  return [
    BYPASSED_MARK,
    "**Merged past Countersign**",
    "",
    `${merged}, although ${WHY[outcome] ?? "nothing let it through"}. This is recorded.`,
    "",
    `An owner of what it changes should look at it now; the check on \`${headSha.slice(0, 7)}\` says what was missing. [What this means](${page})`,
  ].join("\n");
}

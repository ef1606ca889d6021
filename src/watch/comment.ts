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

/** What happened, in one sentence. Names are code, so that it notifies nobody. */
export function bypassStory({ outcome, branch, headSha, by, at }: Omit<Bypassed, "page">): string {
  const who = by === null ? "Somebody" : `\`${by}\``;
  const did = outcome === "no-pull-request" ? "brought" : "merged";
  const when = `${at.slice(0, 16).replace("T", " ")} UTC`;
  const why = outcome === "red" ? "its check did not pass" : "no verdict had let it through";
  return `${who} ${did} ${shortOf(headSha)} into ${escapeMarkdown(branch)} on ${when}, although ${why}.`;
}

function shortOf(sha: string): string {
  return `\`${sha.slice(0, 7)}\``;
}

/** What a pull request is told that was merged past the check. */
export function bypassComment({ page, ...bypassed }: Bypassed): string {
  const { outcome, headSha } = bypassed;
  const help = outcome === "red" ? `; the check on ${shortOf(headSha)} says what was missing` : "";
  return [
    BYPASSED_MARK,
    "**Merged past Countersign**",
    "",
    `${bypassStory(bypassed)} This is recorded.`,
    "",
    `An owner of what it changes should look at it now${help}. [What this means](${page})`,
  ].join("\n");
}

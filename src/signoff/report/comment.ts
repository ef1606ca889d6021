import { COMMENT_BYTES } from "../limits.ts";
import type { Conclusion, Verdict } from "../verdict.ts";
import { escapeMarkdown } from "./escape.ts";
import type { Explanation } from "./explain.ts";
import { truncateLines } from "./truncate.ts";

/** The app's single comment on a pull request, if the policy wants one. */
export interface StickyComment {
  /** Markdown. */
  readonly text: string;
  /** Whether to create the comment if there is none: only while somebody has something to do. */
  readonly begin: boolean;
}

/** The first line of the comment. GitHub hides it; the app finds its comment by it. */
export const COMMENT_MARK = "<!-- countersign -->";

const ACT: ReadonlySet<Conclusion> = new Set(["action_required", "failure"]);

/** The check's summary, which begins with the title. Names are code, so that edits notify nobody. */
export function commentOf(verdict: Verdict, { title, summary }: Explanation): StickyComment | null {
  if (!verdict.comment) return null;
  const begin = ACT.has(verdict.conclusion);
  const lines = begin ? summary.split("\n") : [`**${escapeMarkdown(title)}**`];
  return {
    text: truncateLines([COMMENT_MARK, ...lines], COMMENT_BYTES),
    begin,
  };
}

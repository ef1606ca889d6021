import { COMMENT_BYTES } from "../limits.ts";
import type { Conclusion, Verdict } from "../verdict.ts";
import { escapeMarkdown } from "./escape.ts";
import type { Explanation } from "./explain.ts";
import { truncateLines } from "./truncate.ts";

/** The app's one comment on a pull request, where the policy asks for it. */
export interface StickyComment {
  /** Markdown. */
  readonly text: string;
  /** Whether to begin one where there is none yet: only while somebody has something to do. */
  readonly begin: boolean;
}

/** Begins the comment, unseen, so that the app finds it again among others that it may have written. */
export const COMMENT_MARK = "<!-- countersign -->";

const ACT: ReadonlySet<Conclusion> = new Set(["action_required", "failure"]);

/** What the check says, but for who wrote what; names in it are code, so that nobody is notified again and again. */
export function commentOf(verdict: Verdict, { title, summary }: Explanation): StickyComment | null {
  if (!verdict.comment) return null;
  const begin = ACT.has(verdict.conclusion);
  const lines = begin ? ["", ...summary.split("\n")] : [];
  return {
    text: truncateLines([COMMENT_MARK, `**${escapeMarkdown(title)}**`, ...lines], COMMENT_BYTES),
    begin,
  };
}

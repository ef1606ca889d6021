import type { CommandOutcome } from "../verdict.ts";
import { IS_CLOSED, nothingCame } from "../wording/override-words.ts";
import { mention } from "../wording/words.ts";
import { escapeMarkdown, link } from "./escape.ts";

/** What a command is answered with, in Markdown, for who wrote it alone; `null` for nothing. `docs` is where they are. */
export function answerOf({ by, answer, help }: CommandOutcome, docs: string): string | null {
  const more = `${link("What commands there are", `${docs}/override.md#commands`)}.`;
  if (help === true) return `${mention(by)} ${COMMANDS}\n\n${more}`;
  return answer === undefined ? null : `${mention(by)} ${escapeMarkdown(answer)} ${more}`;
}

/** The same for a command on a pull request that is closed. */
export function answerOnClosed(by: CommandOutcome["by"], docs: string): string | null {
  return answerOf({ commentId: 0, by, at: "", answer: nothingCame(IS_CLOSED) }, docs);
}

const COMMANDS = `Each is a line of its own, in plain text, in a comment that is not edited:

- \`/countersign override SHA REASON\` lets this head through without the missing countersignatures, once somebody else repeats the line. \`SHA\` is at least the first 12 characters of its id.
- \`/countersign withdraw\` ends an override.
- \`/countersign freeze AREA until DATE REASON\` stops changes to an area you may sign for, until the end of that day in UTC. \`all\` is an area.
- \`/countersign unfreeze AREA\` lifts a freeze.
- \`/countersign help\` shows this list.`;

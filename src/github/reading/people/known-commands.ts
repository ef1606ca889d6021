import { commandIn } from "../../../provenance/requests/commands.ts";

/** Characters of comments of which the answers are kept. */
const KEPT = 4_000_000;

const known = new Map<string, readonly string[]>();
let kept = 0;

/** The tools that a comment starts. It is read whenever its pull request is judged, and long ones take long to read. */
export function knownCommands(comment: string): readonly string[] {
  const started = known.get(comment) ?? commandIn(comment);
  if (known.delete(comment)) kept -= comment.length;
  known.set(comment, started);
  kept += comment.length;
  for (const oldest of known.keys()) {
    if (kept <= KEPT) break;
    known.delete(oldest);
    kept -= oldest.length;
  }
  return started;
}

import { createHash } from "node:crypto";
import { commandIn } from "../../../provenance/requests/commands.ts";

/** Comments of which the answers are kept, each by the digest of its text: strangers may write as many as they like. */
const KEPT = 20_000;

const known = new Map<string, readonly string[]>();

/** The tools that a comment starts. It is read whenever its pull request is judged, and long ones take long to read. */
export function knownCommands(comment: string): readonly string[] {
  const key = createHash("sha256").update(comment).digest("base64");
  const started = known.get(key) ?? commandIn(comment);
  known.delete(key);
  known.set(key, started);
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(oldest);
  }
  return started;
}

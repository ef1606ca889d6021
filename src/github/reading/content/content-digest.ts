import { createHash } from "node:crypto";
import type { ChangedFile } from "../../../signoff/snapshot.ts";
import { mapWithPauses } from "../../client/pauses.ts";

/**
 * The same for every head that changes the same files in the same way. The diff of a file together with its content
 * at the head says what it was before. `null` where nothing is changed: that is nobody's work, and many begin so.
 */
export async function contentDigest(files: readonly ChangedFile[]): Promise<string | null> {
  if (files.length === 0) return null;
  const lines = await mapWithPauses(
    files,
    ({ path, previousPath = "", status, contentId, mode = "", patch = "" }) =>
      JSON.stringify([path, previousPath, status, contentId, mode, patch]),
  );
  const hash = createHash("sha256");
  const [first = "", ...others] = lines.toSorted();
  hash.update(first);
  await mapWithPauses(others, (line) => hash.update("\n").update(line));
  return hash.digest("hex");
}

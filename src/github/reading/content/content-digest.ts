import { createHash } from "node:crypto";
import type { ChangedFile } from "../../../signoff/snapshot.ts";

/**
 * The same for every head that changes the same files in the same way. The diff of a file together with its content
 * at the head says what it was before.
 */
export function contentDigest(files: readonly ChangedFile[]): string {
  const lines = files.map(({ path, previousPath = "", status, contentId, mode = "", patch = "" }) =>
    JSON.stringify([path, previousPath, status, contentId, mode, patch]),
  );
  return createHash("sha256").update(lines.toSorted().join("\n")).digest("hex");
}

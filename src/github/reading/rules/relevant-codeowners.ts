import { setImmediate } from "node:timers/promises";
import { relevantLines } from "../../../ownership/relevant.ts";
import type { Slices } from "../../../paths/slices.ts";
import type { ChangedFile, SourceFile } from "../../../signoff/snapshot.ts";
import { GitHubProblem } from "../../client/errors.ts";

/** Nobody else waits longer than this, and a slice more, for a large or hostile file to be read. */
const STRETCH_MS = 10;

/**
 * CODEOWNERS with the lines alone that decide these files, both ends of each rename: it says of them the same, and
 * judging it costs next to nothing.
 * @throws {GitHubProblem} when matching costs more than is allowed
 */
export async function relevantCodeowners(
  codeowners: SourceFile | null,
  files: readonly ChangedFile[],
): Promise<SourceFile | null> {
  if (codeowners === null) return null;
  const { path, text } = codeowners;
  const paths = files.flatMap((file) => [file.path, ...(file.previousPath ? [file.previousPath] : [])]);
  const relevant = await inSlices(relevantLines(text, paths));
  if (relevant.ok) return { path, text: relevant.text };
  throw new GitHubProblem({
    code: "codeowners/too-costly",
    file: path,
    message: `The owners of the changed files cannot be determined from ${path}.`,
    remedy: relevant.message,
  });
}

async function inSlices<Result>(slices: Slices<Result>): Promise<Result> {
  for (let pause = performance.now() + STRETCH_MS; ; ) {
    const slice = slices.next();
    if (slice.done) return slice.value;
    if (performance.now() < pause) continue;
    await setImmediate();
    pause = performance.now() + STRETCH_MS;
  }
}

import type { Unread } from "../../../production/hazards/hazard.ts";
import { relevanceOf } from "../../../production/hazards/relevant.ts";
import type { ChangedFile } from "../../../signoff/snapshot.ts";
import type { Git } from "../process/git.ts";
import { decodeBytes } from "./bytes.ts";
import type { GitChange } from "./changes.ts";
import { readObjects, readSizes } from "./read.ts";

/** The largest content that is read, and the most that all of one change may hold; in bytes. */
const LIMITS = { file: 1 << 20, all: 64 << 20 } as const;

/** Where git looks for a zero byte to tell that a content is no text. */
const BINARY_PROBE = 8_000;

/** The files with their texts before and after, as far as rules read them; else with the reason why not. */
export async function withContents(git: Git, files: readonly GitChange[]): Promise<readonly ChangedFile[]> {
  const wanted = files.filter((file) => relevanceOf(file) !== "no");
  const ids = new Set(wanted.flatMap(({ formerId, contentId }) => [formerId, contentId]));
  const texts = await readTexts(
    git,
    [...ids].filter((id) => id !== null),
  );
  const isWanted = new Set(wanted);
  return files.map((change) => {
    const { formerId, ...file } = change;
    if (!isWanted.has(change)) return file;
    const before = formerId === null ? null : texts.get(formerId);
    const after = file.contentId === null ? null : texts.get(file.contentId);
    const unread = [before, after].find((text) => typeof text === "object" && text !== null);
    if (typeof unread === "object" && unread !== null) return { ...file, unread: unread.unread };
    return withTexts(file, { before, after });
  });
}

interface Sides {
  readonly before: Text | null | undefined;
  readonly after: Text | null | undefined;
}

/** What is no content, as a submodule's commit, stays unknown. */
function withTexts(file: ChangedFile, { before, after }: Sides): ChangedFile {
  return {
    ...file,
    ...((typeof before === "string" || before === null) && { before }),
    ...((typeof after === "string" || after === null) && { after }),
  };
}

type Text = string | { readonly unread: Unread };

async function readTexts(git: Git, ids: readonly string[]): Promise<ReadonlyMap<string, Text>> {
  const texts = new Map<string, Text>();
  const small: string[] = [];
  let all = 0;
  for (const [id, { type, size }] of await readSizes(git, ids)) {
    if (type !== "blob") continue;
    all += size;
    if (size > LIMITS.file || all > LIMITS.all) texts.set(id, { unread: "too-large" });
    else small.push(id);
  }
  await readObjects(git, small, ({ id, bytes }) => {
    texts.set(id, bytes.subarray(0, BINARY_PROBE).includes(0) ? { unread: "binary" } : decodeBytes(bytes));
  });
  return texts;
}

import type { Unread } from "../../production/hazards/hazard.ts";
import { relevanceOf } from "../../production/hazards/relevant.ts";
import type { ChangedFile } from "../../signoff/snapshot.ts";
import { Failure } from "../failure.ts";
import { decodeBytes } from "./bytes.ts";
import type { GitChange } from "./changes.ts";
import type { Git } from "./git.ts";

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
  for (const row of (await feed(git, ["cat-file", "--batch-check"], ids)).toString("utf8").split("\n")) {
    const [id = "", type, size = "0"] = row.split(" ");
    if (type !== "blob") continue;
    all += Number(size);
    if (Number(size) > LIMITS.file || all > LIMITS.all) texts.set(id, { unread: "too-large" });
    else small.push(id);
  }
  const output = await feed(git, ["cat-file", "--batch"], small);
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [id = "", type, size = ""] = output.toString("utf8", at, end).split(" ");
    if (type !== "blob") throw new Failure(`git cat-file does not give ${id}; run it again`);
    const bytes = output.subarray(end + 1, end + 1 + Number(size));
    texts.set(id, bytes.subarray(0, BINARY_PROBE).includes(0) ? { unread: "binary" } : decodeBytes(bytes));
    at = end + 2 + Number(size);
  }
  return texts;
}

async function feed(git: Git, args: readonly string[], ids: readonly string[]): Promise<Buffer> {
  if (ids.length === 0) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  for await (const chunk of git.chunks(args, `${ids.join("\n")}\n`)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

import { isUtf8 } from "node:buffer";
import { controlNames } from "../../../production/links/control-names.ts";
import { followLinks } from "../../../production/links/follow.ts";
import type { Link } from "../../../production/links/link.ts";
import type { ChangedFile } from "../../../signoff/snapshot.ts";
import type { Git } from "../process/git.ts";
import { readObjects, readSizes } from "./read.ts";

/** The longest content that is read as that of a link; longer ones are followed by no system. */
const LONGEST = 4_096;

interface LinkEntry {
  readonly path: string;
  readonly blob: string;
}

interface LinkedChange {
  /** The commit that the change goes into. */
  readonly base: string;
  readonly files: readonly ChangedFile[];
  /** The patterns of control files. */
  readonly patterns: readonly string[];
}

/** The links through which control files are read, and those behind them: of the base, and those that the head brings. */
export async function readLinks(git: Git, { base, files, patterns }: LinkedChange): Promise<readonly Link[]> {
  const entries = [...headEntries(files), ...(await linksIn(git, base))];
  const targets = await readTargets(git, [...new Set(entries.map(({ blob }) => blob))]);
  const links = new Map(
    entries.map(({ path, blob }) => [`${blob} ${path}`, { path, target: targets.get(blob) ?? null }]),
  );
  const all = [...links.values()];
  const used = new Set<unknown>(followLinks(all, controlNames(patterns)).used);
  return all.filter((link) => used.has(link));
}

const LINK = "120000";

function headEntries(files: readonly ChangedFile[]): readonly LinkEntry[] {
  return files.flatMap(({ path, mode, contentId: blob }) =>
    mode === LINK && blob !== null ? [{ path, blob }] : [],
  );
}

async function linksIn(git: Git, commit: string): Promise<readonly LinkEntry[]> {
  const links: LinkEntry[] = [];
  for await (const field of git.fields(["ls-tree", "-r", "-z", "--full-tree", commit])) {
    const [, mode = "", blob = "", path = ""] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(field) ?? [];
    if (mode === LINK) links.push({ path, blob });
  }
  return links;
}

/** Where links lead; what is no path is left out. */
async function readTargets(git: Git, blobs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  const sizes = await readSizes(git, blobs);
  const short = blobs.filter((id) => (sizes.get(id)?.size ?? LONGEST) < LONGEST);
  await readObjects(git, short, ({ id, bytes }) => {
    if (isUtf8(bytes) && !bytes.includes(0)) targets.set(id, bytes.toString("utf8"));
  });
  return targets;
}

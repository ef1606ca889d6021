import type { Git } from "../process/git.ts";
import { decodeBytes } from "./bytes.ts";
import { readObjects } from "./read.ts";

/** The ids of a commit's notes, in the order of the notebooks. */
export type NoteIds = (sha: string) => readonly string[];

/** What the notebooks hold, by the commits that their refs name: notes lie at the ids of what they are about. */
export async function listNotes(git: Git, notebooks: readonly string[]): Promise<NoteIds> {
  if (notebooks.length === 0) return () => [];
  const listed = await Promise.all(notebooks.map((commit) => listNotebook(git, commit)));
  return (sha) => listed.flatMap((notes) => notes.get(sha) ?? []);
}

/** Reads the notes of some commits, each as one text. */
export async function readNotes(
  git: Git,
  notebooks: readonly string[],
): Promise<(shas: readonly string[]) => Promise<ReadonlyMap<string, string>>> {
  const idsOf = await listNotes(git, notebooks);
  return async (shas) => {
    const byId = new Map<string, string>();
    const ids = new Set(shas.flatMap(idsOf));
    await readObjects(git, [...ids], ({ id, bytes }) => byId.set(id, decodeBytes(bytes)));
    return new Map(shas.map((sha) => [sha, joinNotes(idsOf(sha).map((id) => byId.get(id) ?? ""))]));
  };
}

export function joinNotes(notes: readonly string[]): string {
  return notes
    .map((note) => (note.endsWith("\n") ? note : `${note}\n`))
    .join("")
    .trim();
}

async function listNotebook(git: Git, commit: string): Promise<ReadonlyMap<string, string>> {
  const notes = new Map<string, string>();
  for await (const field of git.fields(["ls-tree", "-r", "-z", "--full-tree", commit])) {
    const [, id = "", path = ""] = /^\d+ blob ([0-9a-f]+)\t([0-9a-f/]+)$/.exec(field) ?? [];
    if (path !== "") notes.set(path.replaceAll("/", ""), id);
  }
  return notes;
}

import type { Selection as Selected } from "../../local-git/objects/history.ts";
import { headOf } from "../../local-git/range.ts";
import type { Refs } from "../../local-git/repository/refs.ts";
import type { History } from "../scanned.ts";
import type { Span } from "./period.ts";

/** Which commits the user asked for. */
export interface Selection {
  readonly ref?: string;
  readonly all?: true;
  readonly since?: Span;
  readonly until?: Span;
  /** False: leave merges out. */
  readonly merges: boolean;
}

/** Throws a `Failure` when there is no such commit. */
export async function findHistory(refs: Refs, selection: Selection, cut: boolean): Promise<History> {
  const { all, since, until, merges } = selection;
  return {
    from: all ? "all" : await tipOf(refs, selection.ref),
    since: since?.text ?? null,
    until: until?.text ?? null,
    merges,
    cut,
  };
}

async function tipOf(refs: Refs, ref: string | undefined): Promise<Exclude<History["from"], "all">> {
  const { sha, name, branch } = await headOf(refs, ref);
  return { sha, name: name === "HEAD" ? (branch ?? name) : name };
}

/** The same for git. */
export async function selectedBy(
  refs: Refs,
  { since, until, merges }: Selection,
  { from }: History,
): Promise<Selected> {
  const options = [
    // As a filter: git would else stop at the first old commits, and clocks go wrong.
    ...(since === undefined ? [] : [`--since-as-filter=@${since.from} +0000`]),
    ...(until === undefined ? [] : [`--until=@${until.until} +0000`]),
    ...(merges ? [] : ["--no-merges"]),
  ];
  const tips = from === "all" ? await refs.tips(["refs/notes/", "refs/stash"]) : [from.sha];
  return { tips, options, notes: await refs.notebooks() };
}

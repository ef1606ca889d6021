import type { Git } from "../../local-git/git.ts";
import { givenPoint } from "../../local-git/range.ts";
import type { Span } from "./period.ts";
import type { History } from "../scanned.ts";

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
export async function findHistory(git: Git, selection: Selection, cut: boolean): Promise<History> {
  const { all, since, until, merges } = selection;
  return {
    from: all ? "all" : await tipOf(git, selection.ref ?? "HEAD"),
    since: since?.text ?? null,
    until: until?.text ?? null,
    merges,
    cut,
  };
}

async function tipOf(git: Git, ref: string): Promise<Exclude<History["from"], "all">> {
  const { sha, name, branch } = await givenPoint(git, ref);
  return { sha, name: name === "HEAD" ? (branch ?? name) : name };
}

/** The same for `git log`. */
export function argumentsFor({ since, until, merges }: Selection, { from }: History): readonly string[] {
  return [
    // As a filter: git would else stop at the first old commits, and clocks go wrong.
    ...(since === undefined ? [] : [`--since-as-filter=@${since.from} +0000`]),
    ...(until === undefined ? [] : [`--until=@${until.until} +0000`]),
    ...(merges ? [] : ["--no-merges"]),
    ...(from === "all" ? ["--exclude=refs/notes/*", "--exclude=refs/stash", "--all"] : [from.sha]),
  ];
}

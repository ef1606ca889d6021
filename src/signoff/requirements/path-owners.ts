import { type OwnerRef, ownerKey } from "../../ownership/owner.ts";
import { createOwnership, type PathOwnership } from "../../ownership/ownership.ts";
import { parseCodeowners } from "../../ownership/parse.ts";
import type { SourceFile } from "../snapshot.ts";
import { quote } from "../wording/visible.ts";
import { listFirstQuoted } from "../wording/words.ts";

/** Who may sign for a path, or why nobody may. */
export type PathOwners =
  | { readonly kind: "owned"; readonly owners: readonly OwnerRef[] }
  | { readonly kind: "nobody"; readonly codeowners: string }
  | { readonly kind: "invalid"; readonly codeowners: string; readonly line: number; readonly message: string }
  | { readonly kind: "too-large"; readonly codeowners: string };

/** A holder, and where it is written. */
export interface OwnersAt {
  readonly owners: PathOwners;
  readonly source: string;
  /** The same for the same people, in whatever order they are written. */
  readonly ownersKey: string;
}

export interface OwnersLookup {
  /** The same value for all paths that one decision of CODEOWNERS speaks of. */
  of(path: string): OwnersAt;
}

/** Where CODEOWNERS would stand when there is none. */
const USUAL_PLACE = ".github/CODEOWNERS";

/** The owners by the base's CODEOWNERS; `unowned` signs for paths to which it gives nobody. */
export function createOwnersLookup(
  codeowners: SourceFile | null,
  unowned: readonly OwnerRef[],
): OwnersLookup {
  const file = codeowners?.path ?? USUAL_PLACE;
  const parsed = parseCodeowners(codeowners?.text ?? "");
  const ownership = createOwnership(parsed);
  const tooLarge = ownersAt(file, { kind: "too-large", codeowners: file });
  const nobodys =
    unowned.length > 0
      ? ownersAt("unowned", { kind: "owned", owners: unowned })
      : ownersAt(file, { kind: "nobody", codeowners: file });
  const known = new Map<PathOwnership, OwnersAt>();
  return {
    of(path) {
      if (parsed.oversize) return tooLarge;
      const found = ownership.of(path);
      if (found.kind === "un-owned" || found.kind === "unmatched") return nobodys;
      const held = known.get(found) ?? ownersBy(found, file);
      known.set(found, held);
      return held;
    },
  };
}

function ownersBy(
  found: Extract<PathOwnership, { readonly kind: "owned" | "invalid" }>,
  codeowners: string,
): OwnersAt {
  const source = `${codeowners}:${found.line}`;
  if (found.kind === "owned") return ownersAt(source, { kind: "owned", owners: found.owners });
  const { line, message } = found;
  return ownersAt(source, { kind: "invalid", codeowners, line, message });
}

export function ownersAt(source: string, holder: PathOwners): OwnersAt {
  return { owners: holder, source, ownersKey: keyOfOwners(holder) };
}

function keyOfOwners(holder: PathOwners): string {
  if (holder.kind === "owned") return ownersKey(holder.owners);
  return holder.kind === "invalid" ? `line ${holder.line}` : holder.kind;
}

/** The same for the same people, in whatever order they are written; empty for nobody. */
export function ownersKey(owners: readonly OwnerRef[]): string {
  return [...new Set(owners.map(ownerKey))].toSorted().join(" ");
}

/** What must be mended before anybody can sign for these paths; `null` when people can. */
export function obstacleOf(holder: PathOwners, paths: readonly string[]): string | null {
  const named = listFirstQuoted(paths);
  switch (holder.kind) {
    case "owned":
      return null;
    case "nobody":
      return `Nobody owns ${named}: add an owner to ${quote(holder.codeowners)} on the base branch, or set ${quote("unowned")} in the config.`;
    case "invalid":
      return `The owner of ${named} cannot be determined, because ${quote(holder.codeowners)} line ${holder.line} is invalid: ${holder.message}`;
    case "too-large":
      return `The owner of ${named} cannot be determined, because ${quote(holder.codeowners)} is 3 MB or larger and GitHub does not load it. Make it smaller.`;
  }
}

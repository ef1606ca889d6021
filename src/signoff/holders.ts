import type { OwnerRef } from "../ownership/owner.ts";
import { createOwnership } from "../ownership/ownership.ts";
import { parseCodeowners } from "../ownership/parse.ts";
import type { SourceFile } from "./snapshot.ts";
import { quote } from "./visible.ts";
import { few } from "./words.ts";

/** Who may sign for a path, or why nobody may. */
export type Holder =
  | { readonly kind: "held"; readonly owners: readonly OwnerRef[] }
  | { readonly kind: "nobody"; readonly codeowners: string }
  | { readonly kind: "invalid"; readonly codeowners: string; readonly line: number; readonly message: string }
  | { readonly kind: "too-large"; readonly codeowners: string };

export interface Holders {
  of(path: string): { readonly holder: Holder; readonly source: string };
}

/** Where CODEOWNERS would stand when there is none. */
const USUAL_PLACE = ".github/CODEOWNERS";

/** The owners by the base's CODEOWNERS; `unowned` signs for paths to which it gives nobody. */
export function findHolders(codeowners: SourceFile | null, unowned: readonly OwnerRef[]): Holders {
  const file = codeowners?.path ?? USUAL_PLACE;
  const parsed = parseCodeowners(codeowners?.text ?? "");
  const ownership = createOwnership(parsed);
  return {
    of(path) {
      if (parsed.oversize) return { holder: { kind: "too-large", codeowners: file }, source: file };
      const found = ownership.of(path);
      switch (found.kind) {
        case "owned":
          return { holder: { kind: "held", owners: found.owners }, source: `${file}:${found.line}` };
        case "invalid":
          return { holder: { ...found, codeowners: file }, source: `${file}:${found.line}` };
        case "un-owned":
        case "unmatched":
          return unowned.length > 0
            ? { holder: { kind: "held", owners: unowned }, source: "unowned" }
            : { holder: { kind: "nobody", codeowners: file }, source: file };
      }
    },
  };
}

/** What must be mended before anybody can sign for these paths; `null` when people can. */
export function obstacleOf(holder: Holder, paths: readonly string[]): string | null {
  const named = few(paths.map(quote));
  switch (holder.kind) {
    case "held":
      return null;
    case "nobody":
      return `Nobody owns ${named}: add an owner to ${quote(holder.codeowners)} on the base branch, or set ${quote("unowned")} in the config.`;
    case "invalid":
      return `Who owns ${named} cannot be told from ${quote(holder.codeowners)} line ${holder.line}: ${holder.message}`;
    case "too-large":
      return `Who owns ${named} cannot be told: GitHub does not load ${quote(holder.codeowners)}, which is 3 MB or larger; make it smaller.`;
  }
}

import { showOwner } from "../../ownership/owner.ts";
import type { PathOwnership } from "../../ownership/ownership.ts";
import type { Tree } from "./tree.ts";
import type { DeadRule, OwnedPath, Stats } from "./views.ts";

/** What `owners --json` prints: what was read, and one of the answers. */
export interface OwnersDocument {
  readonly version: 1;
  readonly ref: string;
  readonly commit: string;
  /** Where the CODEOWNERS is that counts. */
  readonly codeowners: string | null;
  readonly files?: readonly FileDocument[];
  readonly dead?: readonly DeadDocument[];
  readonly stats?: StatsDocument;
}

interface FileDocument {
  readonly path: string;
  readonly exists: boolean;
  readonly kind: PathOwnership["kind"];
  /** Empty where nobody is known to own the path. */
  readonly owners: readonly string[];
  /** The line that decides, 1-based. */
  readonly line?: number;
  readonly pattern?: string;
  /** Why nobody is known. */
  readonly message?: string;
}

interface DeadDocument {
  readonly line: number;
  readonly pattern: string;
  readonly owners: readonly string[];
  readonly because: DeadRule["because"];
}

interface StatsDocument extends Omit<Stats, "owners"> {
  readonly owners: readonly { readonly owner: string; readonly files: number; readonly alone: number }[];
}

export function documentOf(
  { commit, codeowners }: Tree,
  answer: Pick<OwnersDocument, "files" | "dead" | "stats">,
): OwnersDocument {
  return {
    version: 1,
    ref: commit.name,
    commit: commit.sha,
    codeowners: codeowners?.path ?? null,
    ...answer,
  };
}

export function fileDocument({ path, exists, ownership }: OwnedPath): FileDocument {
  const owners = ownership.kind === "owned" ? ownership.owners.map(showOwner) : [];
  return { path, exists, ...ownership, owners };
}

export function deadDocument({ rule, because }: DeadRule): DeadDocument {
  const { line, pattern, owners } = rule;
  return { line, pattern: pattern.source, owners: owners.map(showOwner), because };
}

export function statsDocument({ owners, ...stats }: Stats): StatsDocument {
  return { ...stats, owners: owners.map((each) => ({ ...each, owner: showOwner(each.owner) })) };
}

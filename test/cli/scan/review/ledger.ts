import type { LedgerEntry } from "../../../../src/store/ledger.ts";

const SHOP = { installationId: 7, repositoryId: 70, owner: "acme", repo: "shop" };

/** Some of a verdict, as the ledger has it. */
export interface Judged {
  readonly pull: number;
  readonly at: string;
  readonly head?: string;
  readonly writer?: string;
  /** By area: `signed` or not, and who refused. */
  readonly areas?: Readonly<Record<string, "signed" | "waiting" | readonly string[]>>;
  readonly override?: string;
}

export const idOf = (area: string): string => `${area}: @acme/sre`;

export function verdict({ pull, at, head = "h1", writer = "ai", areas = {}, override }: Judged): LedgerEntry {
  return {
    ...{ at, repository: SHOP, pull, headSha: head, kind: "verdict" },
    data: {
      ...{ conclusion: "action_required", writer, tools: ["Kiro"], problems: [] },
      requirements: Object.entries(areas).map(([area, status]) => ({
        ...{ id: idOf(area), count: 1, signedBy: status === "signed" ? ["olga"] : [] },
        status: typeof status === "string" ? status : "refused",
        refusedBy: typeof status === "string" ? [] : status,
      })),
      ...(override !== undefined && { override: { status: override, by: [], passedOver: [] } }),
    },
  };
}

interface Signed {
  readonly pull: number;
  /** When it was noted. */
  readonly at: string;
  readonly given: string;
  readonly area: string;
  readonly review: number;
  readonly head?: string;
  /** Whose it is, by id. */
  readonly by?: number;
  readonly team?: string;
  readonly remarked?: boolean;
}

export function signature({
  pull,
  at,
  given,
  area,
  review,
  head: headSha = "h1",
  by = 2,
  team,
  remarked,
}: Signed): LedgerEntry {
  return {
    ...{ at, repository: SHOP, pull, headSha: "h1", kind: "countersignature" },
    data: {
      ...{ requirement: idOf(area), reviewId: review, at: given, headSha, kept: false },
      by: { id: by, login: `person-${by}`, type: "User" },
      ...(remarked !== undefined && { remarked }),
      as:
        team === undefined
          ? { kind: "user", login: `person-${by}` }
          : { kind: "team", org: "acme", slug: team },
    },
  };
}

export function change(at: string, outcome: string, more: object = {}): LedgerEntry {
  return {
    ...{ at, repository: SHOP, pull: 9, headSha: "h9", kind: "change" },
    data: { outcome, branch: "main", ...more },
  };
}

/** A change that waits from one moment on, and is signed at another. */
export function signedChange(
  pull: number,
  from: string,
  until: string,
  area = "infrastructure",
): readonly LedgerEntry[] {
  const areas = { [area]: "signed" } as const;
  return [
    verdict({ pull, at: from, areas: { [area]: "waiting" } }),
    verdict({ pull, at: until, areas }),
    signature({ pull, at: until, given: until, area, review: pull }),
  ];
}

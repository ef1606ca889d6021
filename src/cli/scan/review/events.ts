import * as z from "zod";
import type { Entry } from "../../../ledger/entry.ts";
import { isBypass, isOutcome } from "../../../watch/outcome.ts";

/** What the ledger tells of how changes were reviewed. Times are milliseconds since 1970. */
export type ReviewEvent =
  | {
      readonly kind: "verdict";
      readonly at: number;
      readonly pull: number;
      readonly headSha: string;
      readonly byAi: boolean;
      readonly isOverridden: boolean;
      readonly requirements: readonly RequirementThen[];
    }
  | {
      readonly kind: "signature";
      /** When it was noted, with the verdict that it counts in. */
      readonly at: number;
      readonly given: number;
      readonly pull: number;
      readonly requirement: string;
      readonly review: number;
      /** The head that it was given for. */
      readonly headSha: string;
      /** The area that its requirement is of, and the team by whose right it was given. */
      readonly area: string;
      readonly team: string | null;
      /** Tells people apart, and is shown to nobody. */
      readonly by: number;
      /** Whether they had written anything about the change; left out where the ledger does not tell. */
      readonly remarked?: boolean;
    }
  | { readonly kind: "bypass"; readonly at: number };

interface RequirementThen {
  readonly id: string;
  readonly area: string;
  readonly isSigned: boolean;
  /** Tells refusals apart, and is shown to nobody. */
  readonly refusedBy: readonly string[];
}

const time = z.iso.datetime().transform(Date.parse);

/** Earlier versions wrote the login alone. */
const person = z.union([z.string(), z.object({ id: z.number() }).transform(({ id }) => String(id))]);

const verdict = z.object({
  writer: z.string(),
  requirements: z.array(
    z.object({ id: z.string(), status: z.string(), refusedBy: z.array(person).default([]) }),
  ),
  override: z.object({ status: z.string() }).optional(),
});

const signature = z.object({
  requirement: z.string(),
  reviewId: z.number(),
  at: time,
  headSha: z.string(),
  by: z.object({ id: z.number() }),
  remarked: z.boolean().optional(),
  as: z.object({ kind: z.string(), org: z.string().optional(), slug: z.string().optional() }),
});

const change = z.object({ outcome: z.string(), allowed: z.string().optional() });

const readChange = ({ data }: Told, at: number): Read => {
  const { success, data: read } = change.safeParse(data);
  if (!success) return "unreadable";
  const { outcome, allowed } = read;
  return isOutcome(outcome) && isBypass(outcome) && allowed === undefined ? { kind: "bypass", at } : null;
};

/** What is read of an entry. */
export type Told = Pick<Entry, "at" | "pull" | "headSha" | "kind"> & { readonly data: unknown };

const READERS: Readonly<Partial<Record<Told["kind"], (entry: Told, at: number) => Read>>> = {
  verdict: ({ pull, headSha, data }, at) => {
    const { success, data: read } = verdict.safeParse(data);
    if (!success || pull === null || headSha === null) return "unreadable";
    const requirements = read.requirements.flatMap(requirementThen);
    const isOverridden = read.override?.status === "granted";
    return { kind: "verdict", at, pull, headSha, byAi: read.writer === "ai", isOverridden, requirements };
  },

  countersignature: ({ pull, data }, at) => {
    const { success, data: read } = signature.safeParse(data);
    if (!success || pull === null) return "unreadable";
    const { requirement, reviewId: review, at: given, headSha, by, as, remarked } = read;
    const team = as.kind === "team" ? `${as.org}/${as.slug}` : null;
    const whose = { headSha, team, area: areaIn(requirement), by: by.id };
    return {
      ...{ kind: "signature", at, given, pull, requirement, review, ...whose },
      ...(remarked !== undefined && { remarked }),
    };
  },

  // Earlier versions wrote a bypass as a change.
  change: readChange,
  bypass: readChange,
};

type Read = ReviewEvent | "unreadable" | null;

/** `null` for an entry that tells nothing of it, `unreadable` for one that another version wrote in another way. */
export function eventOf(entry: Told): Read {
  const at = time.safeParse(entry.at);
  const read = READERS[entry.kind];
  if (read === undefined) return null;
  return at.success ? read(entry, at.data) : "unreadable";
}

const OBSERVED = " (observed)";

function areaIn(requirement: string): string {
  return requirement.split(": ", 1)[0] ?? "";
}

/** An id begins with the name of its area. Where an area only observes, nobody waits. */
function requirementThen({
  id,
  status,
  refusedBy,
}: z.infer<typeof verdict>["requirements"][number]): readonly RequirementThen[] {
  const area = areaIn(id);
  return area.endsWith(OBSERVED) ? [] : [{ id, area, isSigned: status === "signed", refusedBy }];
}

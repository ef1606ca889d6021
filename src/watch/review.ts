import * as z from "zod";
import type { ChangeOutcome } from "./outcome.ts";

const person = z.object({ id: z.number(), login: z.string() });

const owner = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("user"), login: z.string() }),
  z.object({ kind: z.literal("team"), org: z.string(), slug: z.string() }),
  z.object({ kind: z.literal("email"), email: z.string() }),
]);

const STATUSES = ["signed", "waiting", "refused", "impossible"] as const;

/** How a change was reviewed, as the ledger keeps it with the change: all that an auditor asks of it. */
export const recordedReview = z.object({
  authorship: z.object({
    writer: z.enum(["ai", "human", "automation", "unknown"]),
    tools: z.array(z.string()),
    evidence: z.array(
      z.object({
        tool: z.string(),
        kind: z.string(),
        strength: z.enum(["certain", "strong", "weak"]),
        /** The id of a commit, or `pull-request`. */
        on: z.string(),
      }),
    ),
  }),
  areas: z.array(
    z.object({
      name: z.string(),
      requirement: z.string(),
      count: z.number(),
      status: z.enum(STATUSES),
      contentDigest: z.string().nullable(),
    }),
  ),
  signers: z.array(
    z.object({
      ...person.shape,
      requirement: z.string(),
      as: owner,
      at: z.string(),
      review: z.number(),
      head: z.string(),
      kept: z.boolean(),
    }),
  ),
  policy: z.object({ commit: z.string().nullable(), digest: z.string().nullable() }),
  /** Who let it in, where two people did. */
  override: z.array(person).optional(),
  /** What the check concluded. */
  conclusion: z.string(),
});

export type RecordedReview = z.infer<typeof recordedReview>;

/** What the ledger holds of one head, in its order. */
export interface RecordedEntry {
  readonly kind: string;
  readonly data: unknown;
}

const verdict = z.object({
  conclusion: z.string(),
  writer: z.enum(["ai", "human", "automation", "unknown"]),
  tools: z.array(z.string()),
  requirements: z.array(
    z.object({
      id: z.string(),
      count: z.number(),
      status: z.enum(STATUSES),
      content: z.string().optional(),
    }),
  ),
  policy: z.object({ commit: z.string().nullable(), digest: z.string().nullable() }).optional(),
  override: z.object({ status: z.string(), by: z.array(person) }).optional(),
});

const signature = z.object({
  requirement: z.string(),
  reviewId: z.number(),
  by: person,
  at: z.string(),
  headSha: z.string(),
  kept: z.boolean(),
  as: owner,
});

const evidence = z.object({
  tool: z.string(),
  kind: z.string(),
  strength: z.enum(["certain", "strong", "weak"]),
  where: z.object({ on: z.string(), sha: z.string().optional() }),
});

/**
 * The last verdict among them with the countersignatures that were noted with it, and all evidence. `null` where there is
 * no verdict, or one that cannot be read.
 */
export function reviewIn(entries: readonly RecordedEntry[]): RecordedReview | null {
  const last = entries.findLastIndex(({ kind }) => kind === "verdict");
  const read = verdict.safeParse(entries[last]?.data);
  if (!read.success) return null;
  const { conclusion, writer, tools, requirements, override } = read.data;
  const signatures = dataOf(entries.slice(last + 1), "countersignature").map((data) =>
    signature.safeParse(data),
  );
  const evidences = dataOf(entries, "evidence").map((data) => evidence.safeParse(data));
  const signers = signatures.flatMap(({ data }) => (data === undefined ? [] : [signerOf(data)]));
  const found = evidences.flatMap(({ data }) => (data === undefined ? [] : [evidenceOf(data)]));
  if (signers.length < signatures.length || found.length < evidences.length) return null;
  return {
    conclusion,
    authorship: { writer, tools, evidence: found },
    areas: requirements.map(({ id, count, status, content: contentDigest = null }) => {
      return { name: areaIn(id), requirement: id, count, status, contentDigest };
    }),
    signers,
    policy: read.data.policy ?? { commit: null, digest: null },
    ...(override?.status === "granted" && { override: override.by }),
  };
}

function dataOf(entries: readonly RecordedEntry[], wanted: string): readonly unknown[] {
  return entries.filter(({ kind }) => kind === wanted).map(({ data }) => data);
}

const OBSERVED = " (observed)";

/** The id of a requirement begins with the name of its area, and whether that only observes. */
function areaIn(requirement: string): string {
  const [area = ""] = requirement.split(": ", 1);
  return area.endsWith(OBSERVED) ? area.slice(0, -OBSERVED.length) : area;
}

function isObserved(requirement: string): boolean {
  return requirement.split(": ", 1)[0]?.endsWith(OBSERVED) ?? false;
}

function signerOf({
  by,
  reviewId: review,
  headSha: head,
  requirement,
  as,
  at,
  kept,
}: z.infer<typeof signature>) {
  return { id: by.id, login: by.login, requirement, as, at, review, head, kept };
}

function evidenceOf({ tool, kind, strength, where }: z.infer<typeof evidence>) {
  return { tool, kind, strength, on: where.sha ?? where.on };
}

/** How a change came to be in a branch, in words that promise nothing more. */
export const PASSED_AS = ["countersigned", "not-required", "overridden", "withdrawn", "bypassed"] as const;
export type PassedAs = (typeof PASSED_AS)[number];

/**
 * `null` where what the watch found and what the ledger holds of the review contradict each other, or nothing is held:
 * then nothing is to be signed of it.
 */
export function passedAs(outcome: ChangeOutcome, review: RecordedReview | null): PassedAs | null {
  switch (outcome) {
    case "no-check":
    case "red":
    case "no-pull-request":
      return "bypassed";
    case "overridden":
      return review?.override === undefined ? null : "overridden";
    case "turned-red-after":
      return "withdrawn";
    case "let-through":
      return review === null ? null : letThroughAs(review);
  }
}

/** Where the config or an area only observes, the check passes and nobody is required. */
function letThroughAs({ conclusion, areas, signers }: RecordedReview): PassedAs | null {
  if (conclusion !== "success" && conclusion !== "neutral") return null;
  const required = areas.filter(({ requirement }) => !isObserved(requirement));
  if (required.length === 0) return "not-required";
  const isSigned = required.every(
    ({ status, requirement, count }) => status === "signed" && count <= signersOf(signers, requirement),
  );
  if (isSigned) return "countersigned";
  return conclusion === "neutral" ? "not-required" : null;
}

function signersOf(signers: RecordedReview["signers"], wanted: string): number {
  return new Set(signers.filter(({ requirement }) => requirement === wanted).map(({ id }) => id)).size;
}

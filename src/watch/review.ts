import * as z from "zod";
import type { ChangeOutcome } from "./outcome.ts";

const person = z.object({ id: z.number(), login: z.string() });

const owner = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("user"), login: z.string() }),
  z.object({ kind: z.literal("team"), org: z.string(), slug: z.string() }),
  z.object({ kind: z.literal("email"), email: z.string() }),
]);

/** The assertion that confirmed a countersignature: the hash of what was signed, and why its key counted. */
const countedPasskey = z.object({
  statement: z.string(),
  key: z.string(),
  pull: z.number(),
  byCode: z.boolean(),
  vouchedBy: z.array(person),
});

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
      passkey: countedPasskey.optional(),
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

/** Earlier versions wrote the login alone. */
const signedBy = z.union([z.string(), person]);

const verdict = z.object({
  conclusion: z.string(),
  writer: z.enum(["ai", "human", "automation", "unknown"]),
  tools: z.array(z.string()),
  requirements: z.array(
    z.object({
      id: z.string(),
      count: z.number(),
      status: z.enum(STATUSES),
      signedBy: z.array(signedBy).default([]),
    }),
  ),
  basis: z
    .object({
      base: z.object({ sha: z.string() }),
      policyDigest: z.string(),
      areas: z.array(z.object({ name: z.string(), contentDigest: z.string() })),
    })
    .optional(),
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
  passkey: countedPasskey.optional(),
});

const evidence = z.object({
  tool: z.string(),
  kind: z.string(),
  strength: z.enum(["certain", "strong", "weak"]),
  where: z.object({ on: z.string(), sha: z.string().optional() }),
});

/**
 * The last verdict among them with the countersignatures that count in it, and all evidence. `null` where there is no
 * verdict, where a countersignature is missing that it names, or where one of them cannot be read.
 */
export function reviewIn(entries: readonly RecordedEntry[]): RecordedReview | null {
  const read = verdict.safeParse(dataOf(entries, "verdict").at(-1));
  const signatures = dataOf(entries, "countersignature").map((data) => signature.safeParse(data));
  const evidences = dataOf(entries, "evidence").map((data) => evidence.safeParse(data));
  const known = signatures.flatMap(({ data }) => data ?? []);
  const found = evidences.flatMap(({ data }) => (data === undefined ? [] : [evidenceOf(data)]));
  if (!read.success || known.length < signatures.length || found.length < evidences.length) return null;
  const { conclusion, writer, tools, requirements, basis, override } = read.data;
  const counted = requirements.flatMap(({ id, signedBy: people }) =>
    people.map((one) => known.findLast(({ requirement, by }) => requirement === id && isSame(by, one))),
  );
  const signers = counted.flatMap((one) => (one === undefined ? [] : [signerOf(one)]));
  if (signers.length < counted.length) return null;
  const contents = new Map(basis?.areas.map(({ name, contentDigest }) => [name, contentDigest]));
  return {
    conclusion,
    authorship: { writer, tools, evidence: found },
    areas: requirements.map(({ id: requirement, count, status }) => {
      const name = areaIn(requirement);
      return { name, requirement, count, status, contentDigest: contents.get(name) ?? null };
    }),
    signers,
    policy: { commit: basis?.base.sha ?? null, digest: basis?.policyDigest ?? null },
    ...(override?.status === "granted" && { override: override.by }),
  };
}

function isSame(by: z.infer<typeof person>, one: z.infer<typeof signedBy>): boolean {
  return typeof one === "string" ? by.login === one : by.id === one.id;
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
  passkey,
}: z.infer<typeof signature>) {
  const signer = { id: by.id, login: by.login, requirement, as, at, review, head, kept };
  return passkey === undefined ? signer : { ...signer, passkey };
}

function evidenceOf({ tool, kind, strength, where }: z.infer<typeof evidence>) {
  return { tool, kind, strength, on: where.sha ?? where.on };
}

/** How a change came to be in a branch, in words that promise nothing more. */
const PASSED_AS = ["countersigned", "not-required", "overridden", "withdrawn", "bypassed"] as const;
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

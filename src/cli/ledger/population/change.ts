import * as z from "zod";
import type { LinkedEntry } from "../../../ledger/entry.ts";
import { open } from "../../../ledger/sealing.ts";
import { type ChangeOutcome, isOutcome } from "../../../watch/outcome.ts";
import { type PassedAs, passedAs, type RecordedReview, recordedReview } from "../../../watch/review.ts";

/** A change of a governed branch as the ledger tells it. */
export interface Change {
  readonly installation: number;
  readonly seq: number;
  /** ISO 8601: when the branch was moved, as GitHub tells it, and when the App noted it. */
  readonly movedAt: string;
  readonly notedAt: string;
  readonly repository: { readonly id: number | null; readonly name: string };
  readonly branch: string;
  readonly before: string;
  readonly after: string;
  readonly pull: number | null;
  readonly headSha: string;
  readonly how: string;
  /** `null` where GitHub names nobody. */
  readonly by: { readonly id: number; readonly login: string } | null;
  readonly outcome: ChangeOutcome;
  /** `null` where the ledger does not tell, or contradicts itself. */
  readonly passedAs: PassedAs | null;
  /** `null` where the ledger holds nothing of it. */
  readonly review: RecordedReview | null;
  /** Why whoever made it may pass the check by. */
  readonly allowed: string | null;
  /** Why it could not be judged, as the code of a problem. */
  readonly problem: string | null;
  /** SHA-256 of the statement that was signed of it. */
  readonly statement: string | null;
  /** Its bundle as JSON; `null` where it is not kept here, or was erased. */
  readonly signed: string | null;
}

const change = z.object({
  outcome: z.string().refine(isOutcome),
  branch: z.string(),
  before: z.string(),
  after: z.string(),
  how: z.string(),
  movedAt: z.iso.datetime(),
  by: z.object({ id: z.number(), login: z.string() }).nullable(),
  allowed: z.string().optional(),
  problem: z.string().optional(),
  review: recordedReview.optional(),
  statement: z.string().optional(),
  signed: z.string().optional(),
});

/** Where the entry of a change keeps what was signed of it. */
const SIGNED = "/signed";

/** `null` for an entry of another kind, `unreadable` for a change that another version wrote in another way. */
export function changeIn({ entry, texts }: LinkedEntry): Change | "unreadable" | null {
  const { kind, data, repository, headSha, installation, seq, at: notedAt, pull } = entry;
  if (kind !== "change" && kind !== "bypass") return null;
  const { success, data: read } = change.safeParse(open(data, texts));
  if (!success || repository === null || headSha === null) return "unreadable";
  const { outcome, review = null, allowed = null, problem = null, statement = null, ...others } = read;
  const { signed: _, ...told } = others;
  const signed = texts[SIGNED];
  return {
    ...{ installation, seq, notedAt, repository, pull, headSha, ...told },
    ...{ outcome, passedAs: passedAs(outcome, review), review, allowed, problem, statement },
    signed: signed !== undefined && "text" in signed ? signed.text : null,
  };
}

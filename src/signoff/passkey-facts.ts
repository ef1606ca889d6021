import type { Account } from "./account.ts";

/** What the App knows of passkeys that may matter to a pull request. What is removed is not among it. */
export interface PasskeyFacts {
  /** The page on which people sign for the pull request; `null` where the App has no address. */
  readonly signAt: string | null;
  /** Of everybody in the installation. */
  readonly keys: readonly Passkey[];
  readonly vouches: readonly Vouch[];
  /** Of the pull request. */
  readonly signed: readonly PasskeySignature[];
  /** After how many milliseconds a key is valid without anybody's word; left out where it never is. */
  readonly validAfter?: number;
}

/** A WebAuthn credential of a person. */
export interface Passkey {
  /** The credential's id, base64url. */
  readonly id: string;
  readonly owner: Account;
  /** ISO 8601. */
  readonly enrolledAt: string;
  /** It was enrolled with a one-time code that the server printed, so nobody needs to vouch for it. */
  readonly byCode?: true;
}

/** Somebody's word, given with their own key, that a key is held by the person whose account it is kept for. */
export interface Vouch {
  readonly key: string;
  readonly by: Account;
  readonly withKey: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What a person decides with one assertion. Each names what makes it this decision and no other. */
export type Decision =
  /** The approval by this review. */
  | { readonly kind: "countersign"; readonly reviewId: number }
  /** What the text of a review calls false alarms, line by line. */
  | { readonly kind: "false-alarm"; readonly reviewId: number; readonly claims: readonly ClaimedFalseAlarm[] }
  /** The end of a refusal: its dismissal. */
  | { readonly kind: "dismiss"; readonly reviewId: number }
  | ({ readonly kind: "override-ask" | "override-grant" } & OverrideLine)
  | { readonly kind: "unfreeze"; readonly commentId: number; readonly area: string }
  /** What got into a branch without its owners, accepted afterwards: by a comment on an issue, or by an approval. */
  | {
      readonly kind: "accept";
      /** The repository's id, and the or the pull request's number. */
      readonly repository: number;
      readonly number: number;
      readonly commitSha: string;
      /** `null` for an approval. */
      readonly commentId: number | null;
    }
  | { readonly kind: "vouch"; readonly key: string; readonly owner: Account }
  | { readonly kind: "remove-key"; readonly key: string; readonly owner: Account }
  /** A new key, which is not known before it is made. */
  | { readonly kind: "enrol" };

export interface ClaimedFalseAlarm {
  readonly rule: string;
  /** `null` for every file. */
  readonly path: string | null;
  readonly reason: string;
}

interface OverrideLine {
  readonly commentId: number;
  readonly headSha: string;
  readonly reason: string;
}

/** Content that somebody signed for, as the record of an approval holds it. */
export interface SignedContent {
  readonly headSha: string;
  readonly baseRef: string;
  readonly content: Readonly<Record<string, string>>;
  readonly hazards: readonly string[];
}

/** A verified assertion over the statement of a decision about a pull request. */
export interface PasskeySignature extends SignedContent {
  /** The hash of the statement, base64url. */
  readonly statement: string;
  readonly by: Account;
  readonly key: string;
  readonly decision: Decision;
  /** When it was given, ISO 8601. */
  readonly at: string;
}

/** A decision that counts as soon as whoever made it signs it. */
export interface AwaitedSignature {
  readonly by: Account;
  readonly decision: Decision;
  /** Those of their keys with which it counts. */
  readonly keys: readonly string[];
}

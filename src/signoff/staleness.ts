/** Why an approval does not cover the current content. */
export type Staleness =
  | { readonly kind: "other-base"; readonly base: string }
  | { readonly kind: "pushed"; readonly headSha: string }
  | { readonly kind: "changed"; readonly headSha: string; readonly paths: readonly string[] }
  /** The head has these files as they were approved, and the base branch no longer has what they replaced. */
  | {
      readonly kind: "base-changed";
      readonly headSha: string;
      readonly base: string;
      readonly paths: readonly string[];
    }
  /** What these files are on one side of the merge is not known now. */
  | { readonly kind: "unknown"; readonly paths: readonly string[] }
  /** The record of the approval does not say what these files were on both sides. */
  | { readonly kind: "not-recorded"; readonly paths: readonly string[] }
  /** What it covered is not kept any more. */
  | { readonly kind: "forgotten" }
  /** Another file may make a hazard of what was harmless before. */
  | { readonly kind: "hazard"; readonly headSha: string; readonly what: string }
  | { readonly kind: "other-head"; readonly headSha: string | null }
  | { readonly kind: "before-head" }
  | { readonly kind: "before-base" };

/** Why an approval does not cover the current content. */
export type Staleness =
  | { readonly kind: "other-base"; readonly base: string }
  | { readonly kind: "pushed"; readonly headSha: string }
  | { readonly kind: "changed"; readonly headSha: string; readonly paths: readonly string[] }
  /** Another file may make a hazard of what was harmless before. */
  | { readonly kind: "hazard"; readonly headSha: string; readonly what: string }
  | { readonly kind: "other-head"; readonly headSha: string | null }
  | { readonly kind: "before-head" }
  | { readonly kind: "before-base" };

/** How far a finding may be trusted. `weak` never decides anything alone. */
export type Strength = "certain" | "strong" | "weak";

/**
 * What kind of signal was found. Two weak ones of different kinds are independent; two of one kind are not.
 * `quotation` is any signal that stands as somebody else's words, `app` the app through which a pull request was
 * opened, `event` an event of its timeline.
 */
export type EvidenceKind =
  | "account"
  | "author-email"
  | "author-name"
  | "committer-email"
  | "coauthor-email"
  | "coauthor-name"
  | "trailer"
  | "body-line"
  | "quotation"
  | "branch"
  | "label"
  | "app"
  | "event"
  | "declared"
  | "attested"
  | "configured";

/** Where it was found: in a commit (with the field of it) or on the pull request. */
export type Where =
  | { readonly on: "commit"; readonly sha: string; readonly field: CommitField }
  | { readonly on: "pull-request"; readonly field: PullRequestField };

/** `attestation` is a record kept beside the commit, such as a git note, or added by the pull request. */
export type CommitField = "author" | "committer" | "co-author" | "message" | "attestation";
type PullRequestField =
  | "author"
  | "pusher"
  | "branch"
  | "body"
  | "label"
  | "app"
  | "timeline"
  | "attestation";

/** One reason to believe that a tool wrote something. `text` is what was found, unescaped. */
export interface Evidence {
  readonly tool: string;
  readonly kind: EvidenceKind;
  readonly strength: Strength;
  readonly where: Where;
  readonly text: string;
}

/**
 * Who wrote it. `unknown` means that nothing was readable, never that nothing was found: silence is `human`,
 * or `ai` where the policy says `detect.undeclared: ai`.
 */
export type Writer = "ai" | "human" | "automation" | "unknown";

export interface Provenance {
  readonly writer: Writer;
  /** The tools named by deciding evidence, without repeats, in order of first appearance. */
  readonly tools: readonly string[];
  /** All evidence, weak included, in order of discovery. */
  readonly evidence: readonly Evidence[];
}

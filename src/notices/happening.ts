/** What people are told of, in the order of a change's life. The documentation has a row for each. */
export const HAPPENING_KINDS = [
  "asked",
  "escalated",
  "refused",
  "override-asked",
  "override-granted",
  "override-ended",
  "frozen",
  "lifted",
  "bypassed",
  "follow-up",
] as const;

export type HappeningKind = (typeof HAPPENING_KINDS)[number];

/**
 * Something that happened, with what people who may read the repository can see of it anyway. Texts are as their authors
 * wrote them: whoever shows them escapes them.
 */
export interface Happening {
  readonly kind: HappeningKind;
  /** Names it, so that it is told once however often it is found. */
  readonly key: string;
  /** ISO 8601. */
  readonly at: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly pull?: { readonly number: number; readonly title: string | null };
  /** The head that it is about, or the commit that a branch has because of it. */
  readonly commit?: string;
  readonly branch?: string;
  /** Names of areas. */
  readonly areas?: readonly string[];
  /** Logins of those who did it. */
  readonly by?: readonly string[];
  /** Who has to do something: logins, and `organization/team`. */
  readonly asked?: readonly string[];
  /** A code of the kind: how a change came past the check, why an override ended. */
  readonly how?: string;
  /** In the words of whoever did it. */
  readonly reason?: string;
  /** ISO 8601. */
  readonly until?: string;
}

/** Of these there are many, and GitHub tells people of them as well: they make room first. */
export function isRoutine({ kind }: Pick<Happening, "kind">): boolean {
  return kind === "asked";
}

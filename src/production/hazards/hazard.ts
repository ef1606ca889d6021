export type HazardKind = "destructive" | "widening";

/**
 * What a finding asks for: a signature, because something that exists is destroyed or a guard that exists is weakened;
 * or nothing, because something new is only less safe than it could be. Then it is shown beside its line.
 */
export type Asks = "block" | "show";

export type Side = "before" | "after";

/** One changed file, as far as it is known. */
export interface HazardInput {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: "added" | "removed" | "modified" | "renamed" | "copied" | "changed";
  /** The unified diff, where the contents are not known. */
  readonly patch?: string;
  /** The content before the change: `null` when there was no file, `undefined` when it is not known. */
  readonly before?: string | null;
  /** The content after the change: `null` when there is no file, `undefined` when it is not known. */
  readonly after?: string | null;
  /** Why neither the contents nor the whole diff is known. */
  readonly unread?: Unread;
}

export type Unread = "binary" | "too-large" | "no-diff" | "odd-diff" | "too-many-steps" | "broken";

/** What a rule says about one place. */
export interface Finding {
  /** What it is about, as a noun phrase: "`aws_db_instance.main`". */
  readonly what: string;
  readonly file: string;
  /** From 1, on the side named. */
  readonly line: number;
  readonly side: Side;
  /** One sentence for the person who is asked to sign, without a full stop. */
  readonly why: string;
  /** What stood there, and what stands there now, where one line can show it. */
  readonly before?: string;
  readonly after?: string;
  /** Said where a rule that reads the structure had to do with lines. */
  readonly by?: "parser" | "diff";
}

/** A destructive or widening change, at its place. */
export interface Hazard extends Finding {
  /** The rule, as in "terraform/resource-removed". */
  readonly id: string;
  readonly kind: HazardKind;
  readonly asks: Asks;
  /** Whether the structure of the file says so, or only lines of its diff. */
  readonly by: "parser" | "diff";
}

/** A rule as people see it: in the reference page and in the config, by its id. */
export interface HazardRule {
  readonly id: string;
  readonly kind: HazardKind;
  readonly asks: Asks;
  /** When it reports, as a clause: "a resource is removed without …". */
  readonly when: string;
  readonly reports: readonly Example[];
  readonly ignores: readonly Example[];
}

/** A change and what is said of it: the sentence for `reports`, the reason for `ignores`. */
export type Example = readonly [says: string, ...files: readonly HazardInput[]];

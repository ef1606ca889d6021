import type { OwnerRef } from "../ownership/owner.ts";
import type { Asks, HazardKind } from "../production/hazards/hazard.ts";
import type { Tool } from "../provenance/tool.ts";

/** The policy in force: built-in defaults, the organization's floor and the repository's file, merged. */
export interface Policy {
  readonly mode: "enforce" | "observe";
  /** Branch patterns as written; `null` governs the default branch alone. */
  readonly branches: readonly string[] | null;
  readonly detect: {
    readonly undeclared: "human" | "ai";
    /** Whether two weak marks of different kinds decide together. */
    readonly weakPairs: boolean;
    /** Logins of machine accounts of type User that act for an AI, lower-cased. */
    readonly agents: readonly string[];
    /** Logins of automation that is not AI, lower-cased, `[bot]` kept. */
    readonly notAi: readonly string[];
    readonly signals: readonly Tool[];
  };
  readonly labels: {
    readonly ai: string | false;
    readonly production: string | false;
    readonly waiting: string | false;
  };
  /** Whether the app keeps a comment on the pull request besides the check. */
  readonly comment: boolean;
  readonly review: {
    readonly block: boolean;
    /** In changes by people; in AI-authored ones whoever suggested something took part. */
    readonly suggestions: "contributor" | "ignored";
  };
  /** Every area in force, built-in ones included, control files last. */
  readonly areas: readonly AreaRule[];
  readonly hazards: HazardPolicy;
  /** Who signs for production paths without an owner; empty: nobody can, it blocks. */
  readonly unowned: readonly OwnerRef[];
}

export interface AreaRule {
  readonly name: string;
  /** Patterns in CODEOWNERS' language, of the same semantics. */
  readonly paths: readonly string[];
  readonly countersignatures: number;
  /** The CODEOWNERS of each path, or this list for all of them. */
  readonly from: "owners" | readonly OwnerRef[];
  readonly senior: readonly OwnerRef[];
  readonly appliesTo: "ai" | "everyone";
  readonly keep: "untouched" | "never";
  /** Where the rule was written, for people: "built-in", ".github/countersign.yml:12", "acme/.github: …:4". */
  readonly origin: string;
}

export interface HazardPolicy extends Readonly<Record<HazardKind, HazardKindRule>> {
  /** What is different for single rules, by their ids. */
  readonly rules: ReadonlyMap<string, HazardRuleSetting>;
}

export interface HazardKindRule {
  readonly countersignatures: number;
  readonly senior: readonly OwnerRef[];
  readonly appliesTo: "ai" | "everyone";
  /** Where it was written, for people, as of an area. */
  readonly origin: string;
}

/** A rule that is off, with the reason; one that asks for a number of its own; one that asks for more or less. */
export type HazardRuleSetting =
  | { readonly off: string; readonly origin: string }
  | { readonly asks: Asks }
  | { readonly countersignatures: number };

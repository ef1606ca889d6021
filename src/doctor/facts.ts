import type { ResolvedPolicy } from "../policy/resolve.ts";
import type { Known } from "./known.ts";

/** What is known of a repository's settings at one moment. Every fact that a token may not see is a `Known`. */
export interface Facts {
  readonly repository: RepositoryFacts;
  /** The App whose check has to be required. */
  readonly app: Known<OwnApp>;
  /** The Apps that are installed on the account. */
  readonly installations: Known<readonly Installation[]>;
  readonly policy: Known<ResolvedPolicy>;
  readonly floor: Known<Floor>;
  /** The branches that the config governs, and an example of those that may still be made. */
  readonly branches: Known<readonly Branch[]>;
  /** Rulesets that apply to no branch, because they are only evaluated or switched off. */
  readonly idleRulesets: Known<readonly IdleRuleset[]>;
  readonly workflows: Known<WorkflowSettings>;
  /** Everybody who may do more than read. */
  readonly collaborators: Known<readonly Collaborator[]>;
  readonly ownership: Known<OwnershipFacts>;
  /** By `org/slug`, lower-cased. */
  readonly teams: Readonly<Record<string, Known<readonly Person[]>>>;
  /** The logins of those who asked for the newest AI changes, once for each change. */
  readonly requesters: Known<readonly string[]>;
  /** The numbers of open issues by which the App asks owners to accept afterwards what got in without them. */
  readonly followUps: Known<readonly number[]>;
}

interface RepositoryFacts {
  readonly owner: string;
  readonly name: string;
  readonly ownedBy: "user" | "organization";
  readonly defaultBranch: string;
  /** Where people see it, without a slash at the end. */
  readonly page: string;
}

export interface OwnApp {
  readonly id: number;
  /** Whoever asks named it; it was not found by its name. */
  readonly named: boolean;
}

export interface Installation {
  readonly appId: number;
  readonly slug: string;
  /** Where owners change it. */
  readonly page: string;
  readonly repositories: "all" | "selected";
  readonly suspended: boolean;
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  /** An AI tool works by it. */
  readonly isAgent: boolean;
}

export interface Branch {
  readonly name: string;
  /** The pattern of the config that it is only an example of; `null` for a branch that exists. */
  readonly exampleOf: string | null;
  /** The checks that the App reports on changes to it; one of them has to be required. */
  readonly checkNames: readonly string[];
  /** Whether GitHub enforces rules there at all; its free plan does so in public repositories alone. */
  readonly enforceable: Known<boolean>;
  readonly protections: Known<readonly Protection[]>;
  readonly queue: Known<boolean>;
  /** Errors that GitHub lists in its CODEOWNERS; `null` without such a file. */
  readonly codeownersErrors: Known<number | null>;
}

/** One place in which GitHub holds rules for a branch: a ruleset, or classic branch protection. */
export interface Protection {
  /** "ruleset “main” of acme/shop" */
  readonly where: string;
  readonly checks: readonly RequiredCheck[];
  readonly blocksForcePushes: Known<boolean>;
  readonly blocksDeletions: Known<boolean>;
  /** Approving reviews that GitHub itself asks for. */
  readonly approvals: Known<number>;
  readonly bypass: Bypass;
}

export interface RequiredCheck {
  readonly context: string;
  /** The App that must have reported it; `null`: anybody. */
  readonly appId: number | null;
  /** Nobody can make such a branch without it either. */
  readonly heldWhenMade: boolean;
}

export interface Bypass {
  readonly actors: Known<readonly BypassActor[]>;
  /** What whoever asks may do: GitHub tells that even where it hides the list. */
  readonly asker: BypassMode | null;
}

export type BypassMode = "always" | "pull-request" | "exempt";

export interface BypassActor {
  /** "the team 12", "repository administrators" */
  readonly who: string;
  readonly mode: BypassMode;
  readonly administrator: boolean;
}

export interface IdleRuleset {
  readonly where: string;
  readonly enforcement: "evaluate" | "disabled";
  readonly checks: readonly RequiredCheck[];
}

export interface WorkflowSettings {
  readonly mayApprove: boolean;
  /** What a workflow's token may do unless the workflow says otherwise; kept when the setting is changed. */
  readonly permissions: "read" | "write";
}

/** What stands in the organization's `.github` repository. */
export type Floor =
  | { readonly status: "none" }
  | { readonly status: "seen" }
  /** There is one, and whether the App sees it is not known. */
  | { readonly status: "out-of-sight"; readonly right: string };

export interface Person {
  readonly id: number;
  readonly login: string;
}

export interface Collaborator extends Person {
  readonly role: "admin" | "write" | "other";
  /** No human: an account of an App, or one that the config or the catalogue of tools names. */
  readonly machine: boolean;
}

/** The files of the default branch and its CODEOWNERS. */
export interface OwnershipFacts {
  readonly files: readonly string[];
  readonly codeowners: { readonly path: string; readonly text: string } | null;
}

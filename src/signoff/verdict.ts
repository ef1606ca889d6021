import type { OwnerRef } from "../ownership/owner.ts";
import type { Problem } from "../policy/problem.ts";
import type { Hazard } from "../production/hazards/hazard.ts";
import type { Evidence, Provenance } from "../provenance/evidence.ts";
import type { Tool } from "../provenance/tool/tool.ts";
import type { AwaitedSignature, PasskeySignature } from "./passkey-facts.ts";
import type {
  Account,
  ApprovalRecord,
  CommitRecord,
  FreezeRecord,
  LiftRecord,
  ListedAccount,
  OverrideRecord,
  Participant,
  RefusalRecord,
  SignerSet,
} from "./snapshot.ts";
import type { ClockRecord, LineRecord } from "./time-facts.ts";
import type { TimeVerdict } from "./time-verdict.ts";

/**
 * `success`: nothing to sign, or all signed · `neutral`: the owner is asked, nothing is required (lets a merge
 * through on GitHub) · `action_required`: signatures missing or refused · `failure`: could not be evaluated.
 */
export type Conclusion = "success" | "neutral" | "action_required" | "failure";

/** From the most lenient to the strictest; the verdict of a head commit is the strictest of its pull requests. */
export const CONCLUSIONS = [
  "success",
  "neutral",
  "action_required",
  "failure",
] as const satisfies readonly Conclusion[];

/** What people are told of a verdict. */
export type ToldVerdict = Omit<Verdict, "toRecord">;

export interface Verdict {
  readonly conclusion: Conclusion;
  /** What `mode: observe` hid, of the config or of an area: the conclusion that `enforce` would have given. */
  readonly wouldBe?: Conclusion;
  /**
   * Set where somebody without write permission opened what others wrote and pushed. Beside a pull request of theirs
   * into the same branch it decides nothing.
   */
  readonly ofOutsider?: true;
  readonly provenance: PullRequestProvenance;
  readonly requirements: readonly RequirementOutcome[];
  /** Owners asked without being required (AI-authored, outside production, `review.block: false`). */
  readonly optionalReviews: readonly OwnerSet[];
  /** Approvals and refusals that did not count anywhere, each with the reason. */
  readonly ignoredReviews: readonly IgnoredReview[];
  /** Why the conclusion is `failure`, and lesser remarks (ignored weakenings, unknown teams). */
  readonly problems: readonly Problem[];
  readonly contributors: readonly Contributor[];
  /** What the change destroys and lets in, in the order of files and lines. */
  readonly hazards: readonly JudgedHazard[];
  /** Answers to hazards that do not hold, each with the reason. */
  readonly rejectedFalseAlarms: readonly RejectedFalseAlarm[];
  /** Outsiders' marks on other people's commits that do not count, by whose word; left out for none. */
  readonly liftedMarks?: readonly LiftedMark[];
  /** The production areas touched, by name, in policy order. */
  readonly areas: readonly TouchedArea[];
  /** Labels as they should stand: those of ours to be present, and those of ours to be absent. */
  readonly labels: { readonly add: readonly string[]; readonly remove: readonly string[] };
  /** Whether the policy asks for a comment on the pull request besides the check. */
  readonly comment: boolean;
  /** Whom to ask: the fewest owners that cover what is missing. Already requested ones are included. */
  readonly reviewRequests: { readonly users: readonly string[]; readonly teams: readonly string[] };
  /** People who let it through in an emergency, or ask for it; left out for none. */
  readonly override?: Override;
  /** What stops it for a time, whoever signs; left out for nothing. */
  readonly freezes?: readonly Freeze[];
  /** The names of areas by whose freezing it would be stopped; left out where nobody can freeze anything. */
  readonly freezable?: readonly string[];
  /** Decisions that count as soon as whoever made them signs them with their passkey; left out for none. */
  readonly passkeys?: AwaitedPasskeys;
  /** What `time` in the config comes to; left out where it says nothing. */
  readonly time?: TimeVerdict;
  /** When the verdict may be another by time alone, ISO 8601; left out where it cannot. */
  readonly changesAt?: string;
  /** What the app must remember after this evaluation. */
  readonly toRecord: {
    readonly approvals: readonly ApprovalRecord[];
    readonly evidence: readonly Evidence[];
    /** Whoever pushed or asked, by account: a later push, an edited text or another login may hide them. */
    readonly participants: readonly Participant[];
    /** Refusals that hold now and were not recorded before. */
    readonly refusals: readonly RefusalRecord[];
    /** What follows the commits into every pull request of the repository. */
    readonly commits: readonly CommitRecord[];
    /** Accounts that bear a login which the policy lists and were not recorded before. */
    readonly accounts: readonly ListedAccount[];
    /** Who can sign through owners, where that is not what was recorded; left out for none. */
    readonly signers?: readonly SignerSet[];
    /** Whether the organization's floor is there, or certainly not; left out where that cannot be told. */
    readonly floor?: "seen" | "gone";
    /** Of which others commits were made; left out for none. */
    readonly sources?: readonly { readonly sha: string; readonly source: string }[];
    /** Those that the config adds to the catalogue; left out where no config can be read. */
    readonly signals?: readonly Tool[];
    /** What follows the change into whatever commits make it again; `null` where nothing does. */
    readonly change: ChangeRecord | null;
    /** Because of whom it is kept, and on which day. */
    readonly keptFor?: { readonly account: number; readonly day: string };
    /** What is remembered without its record: commits, and what the pull request itself told. */
    readonly dropped?: { readonly commits: readonly string[]; readonly pullRequest: boolean };
    /** What became of each command of the snapshot; left out for none. */
    readonly commands?: readonly CommandOutcome[];
    /** Overrides that end for good, by their comments; left out for none. */
    readonly ended?: readonly EndedOverride[];
    /** All clocks as they stand; left out where nothing could be judged, and for none that there was or is. */
    readonly clocks?: readonly ClockRecord[];
    /** The places that it takes or keeps in the lines of areas; left out where there are no lines. */
    readonly lines?: readonly LineRecord[];
  };
}

interface AwaitedPasskeys {
  /** The page to sign on; `null` where there is none. */
  readonly signAt: string | null;
  readonly awaited: readonly AwaitedSignature[];
}

/** What people's lines for an override come to. */
export interface Override {
  /**
   * `asked`: more people have to repeat the line · `granted`: it lets the change through · `held`: it is granted, and
   * something stands that no override lifts.
   */
  readonly status: "asked" | "granted" | "held";
  /** Who asked, and who repeated the line, in that order. */
  readonly by: readonly Account[];
  readonly reason: string;
  /** How many more people have to repeat the line. */
  readonly missing: number;
  /** When it ends, or when it can be granted no more. ISO 8601. */
  readonly until: string;
  /** It lasts more than a day. */
  readonly isLong?: true;
  /** The requirements that nobody signed. */
  readonly passedOver: readonly Requirement[];
}

/** A time in which an area is not changed. */
export interface Freeze {
  readonly area: string;
  /** The config has no area of that name any more, so it is of everything. */
  readonly areaIsGone?: true;
  /** `null` for one of the config. */
  readonly by: Account | null;
  /** ISO 8601; `until` is the first moment after it. */
  readonly since: string;
  readonly until: string;
  readonly reason: string;
  /** Where the config says so. */
  readonly origin?: string;
}

/** What became of a command. Whoever may not write is told nothing. */
export interface CommandOutcome {
  readonly commentId: number;
  readonly by: Account;
  readonly at: string;
  /** An override that it asks for; what it did besides is among what ended. */
  readonly override?: OverrideRecord;
  /** It withdraws every line for an override that was written before, also those that are heard later. */
  readonly withdrawal?: { readonly commentId: number; readonly at: string };
  /** What it freezes from now on. */
  readonly freeze?: FreezeRecord;
  /** A word for lifting a freeze, with the comments by which those were given that it lifts, if it does. */
  readonly lift?: LiftRecord & { readonly lifted: readonly number[] };
  /** What to tell its writer, as plain text: why nothing came of it. */
  readonly answer?: string;
  /** Its writer wants to know which commands there are. */
  readonly help?: true;
}

export interface EndedOverride {
  readonly record: OverrideRecord;
  readonly because: OverrideEnd;
  /** Who withdrew it. */
  readonly by?: Account;
}

export type OverrideEnd =
  | "expired"
  | "pushed"
  | "ambiguous"
  | "retargeted"
  | "right-lost"
  | "withdrawn"
  | "unsigned";

/** What is known of a change, whatever commits make it: by it a rewritten head is known as the work of an earlier one. */
export interface ChangeRecord extends Pick<CommitRecord, "evidence" | "participants"> {
  /** As the snapshot has it. */
  readonly contentDigest: string;
}

export interface PullRequestProvenance extends Provenance {
  readonly commits: readonly {
    readonly sha: string;
    readonly subject: string;
    readonly provenance: Provenance;
  }[];
  /** Where people declare that no AI took part; evidence beats it. */
  readonly declarations: readonly NoAiDeclaration[];
}

/** A person's word that no AI took part. */
export interface NoAiDeclaration {
  /** A login, or a name without an account. */
  readonly by: string;
  /** The commit that it speaks of; `null` for the whole pull request. */
  readonly sha: string | null;
  /** The line as written. */
  readonly text: string;
  /** The commits that others pushed since: it does not speak for them. */
  readonly notOf?: readonly string[];
  /** The commits of another's fork that nobody was seen to push, of which it does not speak either. */
  readonly unseen?: readonly string[];
}

/** A hazard, and what is made of it. */
export interface JudgedHazard extends Hazard {
  /** Where it is shown beside the code: the line after the change, or the next that still stands. */
  readonly shownAt: number;
  readonly status: HazardStatus;
}

export type HazardStatus =
  | { readonly kind: "asks" }
  | ({ readonly kind: "answered" } & FalseAlarm & {
        /** Who else said so, where more than one signature was needed. */
        readonly others: readonly FalseAlarm[];
      })
  | { readonly kind: "off"; readonly reason: string; readonly origin: string }
  /** Shown beside its line; it asks for nothing. */
  | { readonly kind: "shown" }
  /** No AI took part, and nobody is asked then. */
  | { readonly kind: "exempt" };

/** A person's word that a hazard is a false alarm. */
export interface FalseAlarm {
  readonly by: Account;
  readonly reviewId: number;
  readonly reason: string;
}

/** An owner's word that the mark of somebody without write permission tells nothing of what others wrote. */
export interface LiftedMark extends FalseAlarm {
  readonly writer: { readonly id: number; readonly login: string };
}

export interface RejectedFalseAlarm {
  readonly reviewId: number;
  readonly by: Account | null;
  /** The id of the rule as it was written. */
  readonly rule: string;
  readonly sentence: string;
}

export interface TouchedArea {
  readonly name: string;
  readonly paths: readonly string[];
}

export interface OwnerSet {
  readonly owners: readonly OwnerRef[];
  readonly paths: readonly string[];
  /** Where the owners come from: "CODEOWNERS:12", "production.0.from", "unowned". */
  readonly source: string;
}

/** "n countersignatures from these owners, for these paths, because …" */
export interface Requirement {
  /** Stable within a verdict: area name and owner set. */
  readonly id: string;
  readonly area: string;
  readonly count: number;
  readonly from: OwnerSet;
  /** At least one of the countersignatures must come from here; empty when not asked for. */
  readonly senior: readonly OwnerRef[];
  readonly keep: "untouched" | "never";
  /** Whether the merge waits for it; in `observe`, only for a refusal to be taken back. */
  readonly mode: "enforce" | "observe";
  /** One of the countersignatures is asked for because of the size of the change. */
  readonly extra?: true;
  /** Nothing counts for it without its writer's passkey. */
  readonly passkey?: true;
  /** A sentence for people. */
  readonly because: string;
}

export interface RequirementOutcome {
  readonly requirement: Requirement;
  readonly status: "signed" | "waiting" | "refused" | "impossible";
  readonly countersignatures: readonly Countersignature[];
  readonly refusals: readonly Refusal[];
  /** Approvals by people who could sign here but whose approval does not count, with the reason. */
  readonly ignoredReviews: readonly IgnoredReview[];
  /** Whose signatures are missing: one from each of these groups, or more from the first; empty when signed. */
  readonly awaits: readonly (readonly OwnerRef[])[];
  /** Humans who can still sign; teams expanded, contributors left out. Those asked already first, then by login. */
  readonly canSign: readonly Signer[];
  /** Owners through whom nobody can sign, while signatures are missing. Contributors are not among them. */
  readonly cannotSign: readonly UnableOwner[];
  /** For `impossible`: what to do. */
  readonly remedy?: string;
  /** How many of the countersignatures came faster than anybody reads; left out for none. Whose, and how fast, is not kept. */
  readonly fast?: number;
}

/** An owner of no use, and why: a clause to follow the name, "is a secret team". */
export interface UnableOwner {
  readonly owner: OwnerRef;
  readonly reason: string;
}

/** Somebody who could sign. `id` is null for an owner known by login alone. */
export interface Signer {
  readonly id: number | null;
  readonly login: string;
  /** By their own word. */
  readonly busy?: true;
}

export interface Countersignature {
  readonly reviewId: number;
  readonly by: Account;
  readonly at: string;
  readonly headSha: string;
  /** True when given on an earlier head whose content of these paths is the same. */
  readonly kept: boolean;
  /** The owner by whose right it counts. */
  readonly as: OwnerRef;
  /** The assertion that confirms it; left out where none is asked for. */
  readonly passkey?: CountedPasskey;
}

/** A passkey's signature that counted, and why its key did. */
export interface CountedPasskey extends Pick<PasskeySignature, "statement" | "key"> {
  /** The pull request on which it was given. */
  readonly pull: number;
  readonly byCode: boolean;
  readonly vouchedBy: readonly Pick<Account, "id" | "login">[];
}

export interface Refusal {
  readonly reviewId: number;
  readonly by: Account;
  readonly at: string;
  /** The commit that the review names today; `null` when it is gone. */
  readonly commitSha: string | null;
  /** Who dismissed the refusal without authority to lift it; `null` when nobody knows. */
  readonly dismissedBy?: Account | null;
  /** The owner by whose right it was given. */
  readonly as: OwnerRef;
  /** What would end it if it had come with its writer's passkey. */
  readonly unsigned?: "approval" | "dismissal";
  /** Set where the refuser no longer has that right: the refusal was recorded while they had it. */
  readonly formerRight?: true;
}

/** Why an approval does not count, as a code for tests and JSON, and a sentence for people. */
export type IgnoredReason =
  | "author"
  | "contributor"
  | "requester"
  | "bot"
  | "agent"
  | "not-owner"
  | "no-write"
  | "stale"
  | "dismissed"
  | "superseded"
  | "comment"
  | "unknown-account"
  | "too-fast"
  | "passkey";

export interface IgnoredReview {
  readonly reviewId: number;
  readonly by: Account | null;
  readonly at: string;
  readonly code: IgnoredReason;
  readonly sentence: string;
}

/** A human who took part in making the change, and why we say so. */
export interface Contributor {
  readonly account: Account | null;
  /** The login alone, for a requester whom the tool's own words name and nobody in the snapshot bears. */
  readonly login?: string;
  /** The git identity, for contributors whose e-mail maps to no account; of a commit that is there no more, or is. */
  readonly identity?: { readonly name: string; readonly email: string; readonly former?: true };
  readonly roles: readonly ContributorRole[];
  /** Set where they took part by merges alone: what those changed. They may countersign for the rest. */
  readonly only?: { readonly areas: readonly string[]; readonly paths: readonly string[] };
}

export interface ContributorRole {
  readonly role:
    | "author"
    | "commit-author"
    | "committer"
    | "co-author"
    | "suggester"
    | "pusher"
    | "requester"
    | "opener";
  /** A clause to follow the name: "opened the pull request", "wrote abc1234". */
  readonly because: string;
}

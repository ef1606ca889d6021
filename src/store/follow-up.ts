import type { OwnerSet } from "../signoff/verdict.ts";
import type { RepositoryRef } from "./repository.ts";

/** Owners one of whom has to accept afterwards what got in without them. */
export interface PassedOver {
  readonly area: string;
  readonly owners: OwnerSet["owners"];
  /** An acceptance counts only with its writer's passkey. */
  readonly passkey?: true;
}

/** Something that got into a branch without those who own it, and that one of them has to accept afterwards. */
export interface FollowUp {
  readonly reason: "override" | "bypass";
  /** The commit that the branch has because of it. It names the follow-up, and is what an acceptance names. */
  readonly commitSha: string;
  /** Its last head, if it came by a pull request. */
  readonly headSha: string | null;
  readonly pull: number | null;
  readonly passedOver: readonly PassedOver[];
  /** Ids of those who took part: they contributed, let it through or merged it, and cannot accept it. */
  readonly involved: readonly number[];
  /** Logins, lower-cased, of those among them whose accounts are not known. */
  readonly involvedLogins: readonly string[];
  /** What happened, as Markdown that is safe to show. */
  readonly says: string;
  /** ISO 8601. */
  readonly openedAt: string;
  /** Who is told that it is open; left out for nobody. */
  readonly notify?: readonly string[];
}

/** How a follow-up stands. What GitHub shows is a picture of it. */
export interface FollowUpState {
  readonly followUp: FollowUp;
  /** Areas that somebody has accepted. */
  readonly accepted: readonly string[];
  readonly isOpen: boolean;
  /** The ledger does not hold yet that it was opened. */
  readonly isNew?: true;
  /** `null` where there is none yet, or none can be made. */
  readonly issue: number | null;
  /** An issue may have been made of which it is not known. */
  readonly attempted: boolean;
  readonly reopened: boolean;
  /** When its people were reminded last, in milliseconds. */
  readonly remindedAt: number;
}

/** A head that passes because people let it through: what a follow-up is made of once it is merged. */
export interface OverriddenPass
  extends Pick<FollowUp, "passedOver" | "involved" | "involvedLogins" | "says" | "notify"> {
  readonly headSha: string;
}

export interface FollowUps {
  /** Notes on what the head of a pull request passes; `null` where it does not by an override. */
  noteOverridden(repository: RepositoryRef, pull: number, pass: OverriddenPass | null): Promise<void>;
  /** What a head passed by when it was last judged. */
  overriddenPass(repository: RepositoryRef, pull: number, headSha: string): Promise<OverriddenPass | null>;
  /** Nothing comes of it where it was opened before. */
  openFollowUp(repository: RepositoryRef, followUp: FollowUp): Promise<void>;
  followUp(repository: RepositoryRef, commitSha: string): Promise<FollowUpState | null>;
  /** By its issue, or by the pull request that it is about. */
  followUpAt(repository: RepositoryRef, number: number): Promise<FollowUpState | null>;
  keepFollowUp(repository: RepositoryRef, state: FollowUpState): Promise<void>;
  /** How many wait for somebody, in all repositories. */
  openFollowUps(): Promise<number>;
}

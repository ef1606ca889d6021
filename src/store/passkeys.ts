import type { Passkey, PasskeyFacts, PasskeySignature, Vouch } from "../signoff/passkey-facts.ts";
import type { RepositoryRef } from "./repository.ts";

/** What an authenticator says of a key each time. */
export interface KeyState {
  /** 0 for one that does not count. */
  readonly counter: number;
  /** Whether it may be copied to other devices, and whether it was. */
  readonly device: "single" | "multi";
  readonly backedUp: boolean;
}

export interface StoredPasskey extends Passkey, KeyState {
  /** COSE, base64url. */
  readonly publicKey: string;
}

/** A statement that was shown to somebody, with all that follows once it is signed. */
export interface OpenStatement {
  /** Its hash, base64url. */
  readonly challenge: string;
  readonly installationId: number;
  /** Who may sign it. */
  readonly account: number;
  /** JSON. */
  readonly record: string;
}

/** A verified assertion, and what comes of it. */
export interface Assertion {
  readonly installationId: number;
  readonly account: number;
  readonly key: string;
  readonly challenge: string;
  readonly state: KeyState;
  readonly outcome:
    | {
        readonly kind: "signature";
        readonly repository: RepositoryRef;
        readonly pull: number;
        readonly signature: PasskeySignature;
        readonly proof: StoredProof;
      }
    | { readonly kind: "vouch"; readonly vouch: Vouch; readonly proof: StoredProof }
    | { readonly kind: "removal"; readonly key: string };
}

/** By which anybody can verify an assertion again. */
export interface StoredProof {
  /** The canonical text. */
  readonly statement: string;
  /** Of the key, COSE. All base64url. */
  readonly publicKey: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
}

/** A one-time code of the server, as it is known once it was used. */
interface SpentCode {
  readonly installationId: number;
  /** A hash: the code itself is kept nowhere. */
  readonly hash: string;
}

/** Keys of people, and what was signed with them. */
export interface PasskeyMemory {
  /** Those that were not removed, of everybody in the installation. */
  passkeys(installationId: number): Promise<readonly StoredPasskey[]>;
  /** What a verdict on the pull request rests on. */
  passkeyFacts(
    repository: RepositoryRef,
    pull: number,
  ): Promise<Pick<PasskeyFacts, "keys" | "vouches" | "signed">>;
  /** The proofs of what was signed on the pull request, by the hashes of their statements. */
  passkeyProofs(repository: RepositoryRef, pull: number): Promise<ReadonlyMap<string, StoredProof>>;
  /** False, and nothing is kept, where the person has too many that are open, or it was kept before. */
  keepStatement(statement: OpenStatement, now: Date, until: Date): Promise<boolean>;
  /** Once, to whom it was shown and in time; `null` else. */
  takeStatement(
    by: Pick<OpenStatement, "challenge" | "account" | "installationId">,
    now: Date,
  ): Promise<OpenStatement | null>;
  /** False where a key of that id was enrolled before, or the person has too many. */
  enrolPasskey(installationId: number, key: StoredPasskey): Promise<boolean>;
  /** Wholly or not at all. False where the key is gone, is not theirs, or has counted as far meanwhile. */
  recordAssertion(assertion: Assertion, now: Date): Promise<boolean>;
  /** False where it was spent before. */
  spendCode(code: SpentCode, now: Date): Promise<boolean>;
}

import type { BranchFinding } from "../doctor/branch-findings.ts";
import type { Finding } from "../doctor/finding.ts";
import type { RepositoryRef } from "./repository.ts";

/** What was found when the rules of a repository's branches were looked at last. */
export interface ProtectionLook {
  /** When that was. Milliseconds. */
  readonly at: number;
  /** Governed branches that changes are known to get into without the check. */
  readonly branches: readonly BranchFinding[];
  /** All of them; none where GitHub told nothing. */
  readonly findings: readonly Finding[];
}

/** What is remembered of the rules of branches. No verdict rests on it. */
export interface ProtectionMemory {
  /** `null` where nobody has looked yet. */
  protection(repository: RepositoryRef): Promise<ProtectionLook | null>;
  /** Governed branches that changes are known to get into without the check. */
  branchFindings(repository: RepositoryRef): Promise<readonly BranchFinding[]>;
  recordProtection(repository: RepositoryRef, look: ProtectionLook): Promise<void>;
  /** Forgets what was seen of an installation's repositories, but for these. */
  forgetProtectionIn(installationId: number, but: readonly number[]): Promise<void>;
  /** Forgets what was seen of the repositories of all installations but these. */
  forgetProtectionOutside(installations: readonly number[]): Promise<void>;
  /** Of how many repositories it is known that the check is not required, or can be reported by others. */
  unprotected(): Promise<number>;
}

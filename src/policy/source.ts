/** The policy file: in the repository, and as the floor in the organization's `.github` repository. */
export const CONFIG_PATH = ".github/countersign.yml";

/** A policy file as read: absent is an answer of its own, and only a clean "not found" may say it. */
export type PolicySource =
  | {
      readonly status: "absent";
      /** The repository that would hold it can be seen, so it is certainly not there. */
      readonly certain?: true;
    }
  | { readonly status: "found"; readonly path: string; readonly text: string }
  | {
      readonly status: "unreadable";
      readonly path: string;
      readonly reason: string;
      /** What to do, where more is known than that it must become readable. */
      readonly remedy?: string;
      /** Set for a floor that was seen before and can no longer be seen. */
      readonly code?: "config/floor-not-visible";
    };

/** Where policy comes from: the organization's floor, and the repository's default branch. */
export interface PolicySources {
  readonly organization: PolicySource;
  readonly repository: PolicySource;
  /** The repository's file as the head would leave it, where the pull request changes it. It decides nothing. */
  readonly proposed?: PolicySource;
}

/** The policy file: in the repository, and as the floor in the organization's `.github` repository. */
export const CONFIG_PATH = ".github/countersign.yml";

/** A policy file as read: absent is an answer of its own, and only a clean "not found" may say it. */
export type PolicySource =
  | { readonly status: "absent" }
  | { readonly status: "found"; readonly path: string; readonly text: string }
  | {
      readonly status: "unreadable";
      readonly path: string;
      readonly reason: string;
      /** What to do, where more is known than that it must become readable. */
      readonly remedy?: string;
    };

/** Where policy comes from: the organization's floor, and the repository's default branch. */
export interface PolicySources {
  readonly organization: PolicySource;
  readonly repository: PolicySource;
  /** The repository's file as the head would leave it, where the pull request changes it. It decides nothing. */
  readonly proposed?: PolicySource;
}

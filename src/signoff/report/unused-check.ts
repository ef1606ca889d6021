import type { Explanation } from "./explain.ts";

/** What the check of a branch pattern says that was published on a commit and is not wanted any more. It blocks. */
export const UNUSED_CHECK: Explanation = {
  title: "Not in use: no open pull request of this commit is into a branch of this pattern",
  summary: [
    "This check was published before, and the config no longer has it, or the pull request is closed or has another base.",
    "",
    "If a branch still requires this check, open a pull request into that branch, or change the ruleset so that it requires the check of a pattern in `branches` of `.github/countersign.yml`.",
  ].join("\n"),
  text: "",
  annotations: [],
};

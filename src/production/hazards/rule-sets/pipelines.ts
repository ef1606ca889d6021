import type { RuleSet } from "../rule.ts";
import { APPROVAL_DROPPED } from "./pipelines/approvals.ts";
import { HOOK, JENKINSFILE, PIPELINE_FILE } from "./pipelines/checks.ts";
import { CONCOURSE_FILE, PASSED_DROPPED } from "./pipelines/concourse.ts";
import { PIPELINE_REMOVED } from "./pipelines/deleted.ts";
import { ENVIRONMENT_DROPPED, NEEDS_DROPPED } from "./pipelines/deployments.ts";
import { FAILURE_LOST } from "./pipelines/failures.ts";
import { GATE_OPENED } from "./pipelines/gates.ts";
import { NARROWED } from "./pipelines/narrowed.ts";
import { hasScripts, SCRIPTS_EMPTIED } from "./pipelines/scripts-emptied.ts";
import { STEP_REMOVED } from "./pipelines/steps.ts";
import { CHECK_OFF } from "./pipelines/switched-off.ts";
import { hasThresholds, THRESHOLD_LOWERED } from "./pipelines/thresholds.ts";
import { TRIGGER_REMOVED } from "./pipelines/triggers.ts";
import { DEPENDABOT_FILE, RENOVATE_FILE, UPDATES_OFF } from "./pipelines/updates.ts";

export const PIPELINES: RuleSet = {
  name: "pipelines",
  title: "Checks in pipelines (GitHub, GitLab, CircleCI, Jenkins, Azure, Buildkite, pre-commit)",
  reads: ({ path }) =>
    !/(?:^|\/)(?:vendor|node_modules|third_party)\//.test(path) &&
    (PIPELINE_FILE.test(path) ||
      JENKINSFILE.test(path) ||
      HOOK.test(path) ||
      CONCOURSE_FILE.test(path) ||
      hasThresholds(path) ||
      hasScripts(path) ||
      DEPENDABOT_FILE.test(path) ||
      RENOVATE_FILE.test(path)),
  rules: [
    STEP_REMOVED,
    CHECK_OFF,
    FAILURE_LOST,
    TRIGGER_REMOVED,
    NARROWED,
    GATE_OPENED,
    NEEDS_DROPPED,
    ENVIRONMENT_DROPPED,
    APPROVAL_DROPPED,
    PIPELINE_REMOVED,
    PASSED_DROPPED,
    SCRIPTS_EMPTIED,
    THRESHOLD_LOWERED,
    UPDATES_OFF,
  ],
};

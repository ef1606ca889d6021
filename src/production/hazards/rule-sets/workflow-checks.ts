import { WORKFLOW_FILE } from "../reading/yaml-parts.ts";
import type { RuleSet } from "../rule.ts";
import { FAILURE_IGNORED } from "./workflow-checks/failure-ignored.ts";
import { JOB_REMOVED } from "./workflow-checks/job-removed.ts";
import { WORKFLOW_REMOVED } from "./workflow-checks/workflow-removed.ts";

export const WORKFLOW_CHECKS: RuleSet = {
  name: "workflow-checks",
  title: "Checks in workflows",
  reads: ({ path }) => WORKFLOW_FILE.test(path),
  rules: [JOB_REMOVED, WORKFLOW_REMOVED, FAILURE_IGNORED],
};

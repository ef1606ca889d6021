import { aiApprovals, workflowApprovals } from "./approvals.ts";
import { agentAppAdministration, agentAppContents, agentAppWorkflows, ruleEditors } from "./apps.ts";
import { deletionsBlocked, forcePushesBlocked, mergeQueueChecked } from "./branch.ts";
import { administratorsHeld, bypassAlways, bypassExempt, bypassPullRequest } from "./bypass.ts";
import {
  codeownersValid,
  configEnforces,
  configValid,
  defaultBranchGoverned,
  floorVisible,
} from "./config.ts";
import { followUpsAccepted } from "./follow-ups.ts";
import { checkPinned, checkRequired, planEnforces, rulesEnforced } from "./required.ts";
import type { FindingRule } from "./rule.ts";
import { signers } from "./signers.ts";

/** Everything that is looked at, what matters most first. */
export const FINDING_RULES = [
  planEnforces,
  checkRequired,
  checkPinned,
  rulesEnforced,
  bypassAlways,
  bypassPullRequest,
  bypassExempt,
  administratorsHeld,
  forcePushesBlocked,
  deletionsBlocked,
  mergeQueueChecked,
  configValid,
  configEnforces,
  defaultBranchGoverned,
  floorVisible,
  codeownersValid,
  signers,
  ruleEditors,
  agentAppAdministration,
  agentAppWorkflows,
  agentAppContents,
  aiApprovals,
  workflowApprovals,
  followUpsAccepted,
] as const satisfies readonly FindingRule[];

export type Code = (typeof FINDING_RULES)[number]["code"];

export const CODES: readonly Code[] = FINDING_RULES.map(({ code }) => code);

import { z } from "zod";
import type { WorkflowSettings } from "../../doctor/facts.ts";
import type { Known } from "../../doctor/known.ts";
import { type Asker, ask } from "./ask.ts";
import { administration } from "./rights.ts";

const workflowAnswer = z
  .object({
    default_workflow_permissions: z.enum(["read", "write"]),
    can_approve_pull_request_reviews: z.boolean(),
  })
  .transform((answer) => ({
    mayApprove: answer.can_approve_pull_request_reviews,
    permissions: answer.default_workflow_permissions,
  }));

export function readWorkflowSettings(asker: Asker): Promise<Known<WorkflowSettings>> {
  return ask(asker, {
    route: "GET /repos/{owner}/{repo}/actions/permissions/workflow",
    answer: workflowAnswer,
    right: administration(asker),
  });
}

import { addressTools } from "./catalogue/addresses.ts";
import { aider } from "./catalogue/aider.ts";
import { amazonQ } from "./catalogue/amazon-q.ts";
import { amp } from "./catalogue/amp.ts";
import { appTools } from "./catalogue/apps.ts";
import { augment } from "./catalogue/augment.ts";
import { claudeCode } from "./catalogue/claude-code.ts";
import { cline } from "./catalogue/cline.ts";
import { codegen } from "./catalogue/codegen.ts";
import { codeRabbit } from "./catalogue/coderabbit.ts";
import { codex } from "./catalogue/codex.ts";
import { cody } from "./catalogue/cody.ts";
import { continueDev } from "./catalogue/continue.ts";
import { copilot } from "./catalogue/copilot.ts";
import { copilotSuggestion } from "./catalogue/copilot-suggestion.ts";
import { crush } from "./catalogue/crush.ts";
import { cursor } from "./catalogue/cursor.ts";
import { devin } from "./catalogue/devin.ts";
import { ellipsis } from "./catalogue/ellipsis.ts";
import { footerTools } from "./catalogue/footers.ts";
import { gemini } from "./catalogue/gemini.ts";
import { goose } from "./catalogue/goose.ts";
import { jules } from "./catalogue/jules.ts";
import { junie } from "./catalogue/junie.ts";
import { kiloCode } from "./catalogue/kilo-code.ts";
import { kiro } from "./catalogue/kiro.ts";
import { letta } from "./catalogue/letta.ts";
import { lovable } from "./catalogue/lovable.ts";
import { modelTools } from "./catalogue/models.ts";
import { opencode } from "./catalogue/opencode.ts";
import { openhands } from "./catalogue/openhands.ts";
import { replit } from "./catalogue/replit.ts";
import { reviewers } from "./catalogue/reviewers.ts";
import { rooCode } from "./catalogue/roo-code.ts";
import { sweAgent } from "./catalogue/swe-agent.ts";
import { trae } from "./catalogue/trae.ts";
import { vercelTools } from "./catalogue/vercel.ts";
import { windsurf } from "./catalogue/windsurf.ts";
import type { Tool } from "./tool.ts";

/** Every tool whose marks are known without configuration. */
export const CATALOGUE: readonly Tool[] = [
  kiro,
  amazonQ,
  claudeCode,
  cursor,
  cody,
  amp,
  copilot,
  copilotSuggestion,
  codex,
  devin,
  jules,
  aider,
  gemini,
  windsurf,
  cline,
  rooCode,
  kiloCode,
  openhands,
  sweAgent,
  junie,
  opencode,
  crush,
  goose,
  augment,
  continueDev,
  replit,
  lovable,
  ...vercelTools,
  trae,
  codegen,
  ellipsis,
  codeRabbit,
  letta,
  ...appTools,
  ...addressTools,
  ...footerTools,
  ...modelTools,
  ...reviewers,
];

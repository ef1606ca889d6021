// Generated from the files in tools/ by `npm run generate`. Edit those, not this file.
import type { CataloguedTool } from "../tool/tool.ts";
import { addresses } from "./tools/addresses.ts";
import { aider } from "./tools/aider.ts";
import { amazonQ } from "./tools/amazon-q.ts";
import { amp } from "./tools/amp.ts";
import { apps } from "./tools/apps.ts";
import { augment } from "./tools/augment.ts";
import { claudeCode } from "./tools/claude-code.ts";
import { cline } from "./tools/cline.ts";
import { codegen } from "./tools/codegen.ts";
import { coderabbit } from "./tools/coderabbit.ts";
import { codex } from "./tools/codex.ts";
import { cody } from "./tools/cody.ts";
import { continueDev } from "./tools/continue-dev.ts";
import { copilot } from "./tools/copilot.ts";
import { copilotSuggestion } from "./tools/copilot-suggestion.ts";
import { crush } from "./tools/crush.ts";
import { cursor } from "./tools/cursor.ts";
import { devin } from "./tools/devin.ts";
import { ellipsis } from "./tools/ellipsis.ts";
import { footers } from "./tools/footers.ts";
import { gemini } from "./tools/gemini.ts";
import { goose } from "./tools/goose.ts";
import { jules } from "./tools/jules.ts";
import { junie } from "./tools/junie.ts";
import { kiloCode } from "./tools/kilo-code.ts";
import { kiro } from "./tools/kiro.ts";
import { letta } from "./tools/letta.ts";
import { lovable } from "./tools/lovable.ts";
import { models } from "./tools/models.ts";
import { mux } from "./tools/mux.ts";
import { opencode } from "./tools/opencode.ts";
import { openhands } from "./tools/openhands.ts";
import { posthogCode } from "./tools/posthog-code.ts";
import { replit } from "./tools/replit.ts";
import { reviewers } from "./tools/reviewers.ts";
import { rooCode } from "./tools/roo-code.ts";
import { sweAgent } from "./tools/swe-agent.ts";
import { trae } from "./tools/trae.ts";
import { vercel } from "./tools/vercel.ts";
import { warp } from "./tools/warp.ts";
import { windsurf } from "./tools/windsurf.ts";

/** Every tool whose signals are known without configuration. */
export const CATALOGUE: readonly CataloguedTool[] = [
  addresses,
  aider,
  amazonQ,
  amp,
  apps,
  augment,
  claudeCode,
  cline,
  codegen,
  coderabbit,
  codex,
  cody,
  continueDev,
  copilot,
  copilotSuggestion,
  crush,
  cursor,
  devin,
  ellipsis,
  footers,
  gemini,
  goose,
  jules,
  junie,
  kiloCode,
  kiro,
  letta,
  lovable,
  models,
  mux,
  opencode,
  openhands,
  posthogCode,
  replit,
  reviewers,
  rooCode,
  sweAgent,
  trae,
  vercel,
  warp,
  windsurf,
].flat();

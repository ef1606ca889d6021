import { aider } from "./catalogue/aider.ts";
import { amazonQ } from "./catalogue/amazon-q.ts";
import { amp } from "./catalogue/amp.ts";
import { claudeCode } from "./catalogue/claude-code.ts";
import { codex } from "./catalogue/codex.ts";
import { cody } from "./catalogue/cody.ts";
import { copilot } from "./catalogue/copilot.ts";
import { copilotSuggestion } from "./catalogue/copilot-suggestion.ts";
import { cursor } from "./catalogue/cursor.ts";
import { devin } from "./catalogue/devin.ts";
import { gemini } from "./catalogue/gemini.ts";
import { jules } from "./catalogue/jules.ts";
import { kiro } from "./catalogue/kiro.ts";
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
];

import { defineTool, name, signals } from "../../tool/define.ts";
import type { Tool } from "../../tool/tool.ts";

const SOURCE = "530 public commits under people's own addresses; 1,100 Assisted-by trailers";

/** What may follow a model's version: its size, its window, its date. */
const REST = "[\\w. /()\\[\\]-]{0,50}$";

/**
 * Models by name and version, as authors or co-authors under a person's address and in declarations. A name without a
 * version is a person's, or a topic.
 */
export const modelTools: readonly Tool[] = [
  model("Claude", "Anthropic", [
    `^(?:aws |anthropic[ /])?(?:claude[ -])?(?:opus|sonnet|haiku|fable)[ -]\\d${REST}`,
    `^(?:aws |anthropic[ /])?claude[ -]\\d${REST}`,
  ]),
  model("GPT", "OpenAI", [`^(?:openai[ /])?(?:chat)?gpt[ -]?v?\\d${REST}`]),
  model("Gemini", "Google", [`^(?:google[ /])?gemini[ -]\\d${REST}`]),
  model("GLM", "Z.ai", [`^(?:z\\.ai[ /])?glm[ -]\\d${REST}`]),
  model("Kimi", "Moonshot AI", [`^kimi[ -]k\\d${REST}`]),
  model("DeepSeek", "DeepSeek", [`^deepseek[ -][rv]\\d${REST}`]),
  model("Qwen", "Alibaba", [`^qwen[ -]?\\d${REST}`]),
  model("Grok", "xAI", [`^grok[ -]\\d${REST}`]),
  model("MiniMax", "MiniMax", [`^minimax[ -]m\\d${REST}`]),
  model("MiMo", "Xiaomi", [`^mimo[ -]v\\d${REST}`]),
];

function model(family: string, vendor: string, patterns: readonly string[]): Tool {
  return defineTool({
    tool: `${family} (model)`,
    vendor,
    signals: signals(
      "strong",
      SOURCE,
      patterns.map((pattern) => name(pattern)),
    ),
  });
}

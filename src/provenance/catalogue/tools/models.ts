import { defineTool, name, signals } from "../../tool/define.ts";
import type { CataloguedTool } from "../../tool/tool.ts";

const SOURCE = "530 public commits under people's own addresses; 1,100 Assisted-by trailers";
const AS_AUTHOR = "two public commits; teams and projects are called after models too";

/** A version, such as `4`, `4.6`, `4o` or `480b`, and what may follow it: its size, its window, its date. */
const VERSION = "\\d{1,3}[a-z]{0,2}(?:[\\d. /()\\[\\]_-][\\w. /()\\[\\]-]{0,50})?$";
const CLAUDE_SERIES = "(?:opus|sonnet|haiku|fable)";

/**
 * Models by name and version, as co-authors under a person's address and in declarations. A name without a version is a
 * person's, or a topic.
 */
export const models: readonly CataloguedTool[] = [
  model("Claude", "Anthropic", {
    patterns: [
      `^(?:claude[ -])?${CLAUDE_SERIES}[ -]${VERSION}`,
      `^(?:aws|anthropic)[ /]${CLAUDE_SERIES}[ -]${VERSION}`,
      `^(?:aws|anthropic)[ /]claude[ -]${CLAUDE_SERIES}[ -]${VERSION}`,
      `^(?:aws |anthropic[ /])?claude[ -]${VERSION}`,
    ],
    names: [
      "Claude Opus 4.6 (1M context)",
      "Anthropic Opus 4.6",
      "anthropic/claude-sonnet-4-5",
      "Claude 3.5 Sonnet",
    ],
    others: ["Claude Monet", "Claude Opus", "Opus 5tone"],
  }),
  model("GPT", "OpenAI", {
    patterns: [`^(?:openai[ /])?(?:chat)?gpt[ -]?v?${VERSION}`],
    names: ["GPT-5.4", "ChatGPT 4o", "gpt-5-codex"],
    others: ["GPT4All Team", "GPT4Free"],
  }),
  model("Gemini", "Google", {
    patterns: [`^(?:google[ /])?gemini[ -]${VERSION}`],
    names: ["Gemini 2.5 Pro"],
    others: ["Gemini Rising", "Gemini 3rdparty"],
  }),
  model("GLM", "Z.ai", {
    patterns: [`^(?:z\\.ai[ /])?glm[ -]${VERSION}`],
    names: ["GLM-4.6", "GLM 4.7"],
    others: ["GLM Maintainers"],
  }),
  model("Kimi", "Moonshot AI", {
    patterns: [`^kimi[ -]k${VERSION}`],
    names: ["Kimi K2.5"],
    others: ["Kimi Karlsson"],
  }),
  model("DeepSeek", "DeepSeek", {
    patterns: [`^deepseek[ -][rv]${VERSION}`],
    names: ["DeepSeek V3.1", "DeepSeek-R1"],
    others: ["DeepSeek Verifier"],
  }),
  model("Qwen", "Alibaba", {
    patterns: [`^qwen[ -]?${VERSION}`],
    names: ["Qwen3-Coder 480B"],
    others: ["Qwen2All"],
  }),
  model("Grok", "xAI", { patterns: [`^grok[ -]${VERSION}`], names: ["Grok 4.6"], others: ["Grok Jensen"] }),
  model("MiniMax", "MiniMax", {
    patterns: [`^minimax[ -]m${VERSION}`],
    names: ["MiniMax M2"],
    others: ["Minimax Mind"],
  }),
  model("MiMo", "Xiaomi", { patterns: [`^mimo[ -]v${VERSION}`], names: ["MiMo V2"], others: ["Mimo Vega"] }),
];

interface Model {
  readonly patterns: readonly string[];
  /** Names that it has to be found by, and names of others. */
  readonly names: readonly [string, ...string[]];
  readonly others: readonly [string, ...string[]];
}

function model(family: string, vendor: string, { patterns, names, others }: Model): CataloguedTool {
  const [first, ...more] = names;
  const [near, ...further] = others;
  return defineTool({
    tool: `${family} (model)`,
    vendor,
    signals: [
      ...signals(
        "strong",
        SOURCE,
        patterns.map((pattern) => name(pattern, ["co-author"])),
      ),
      ...signals(
        "weak",
        AS_AUTHOR,
        patterns.map((pattern) => name(pattern, ["author"])),
      ),
    ],
    examples: {
      matches: [
        { author: `${first} <mona@example.com>`, is: "weak" },
        ...more.map((each) => ({ author: `${each} <mona@example.com>`, is: "weak" }) as const),
        ...[first, ...more].map(
          (each) => ({ message: `Co-authored-by: ${each} <mona@example.com>`, is: "strong" }) as const,
        ),
      ],
      ignores: [
        { author: `${near} <team@example.com>` },
        ...[near, ...further].map((each) => ({ message: `Co-authored-by: ${each} <team@example.com>` })),
      ],
    },
  });
}

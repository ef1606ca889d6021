/** The area that nobody can switch off: whoever may change these files may change the rules themselves. */
export const CONTROL_FILES = "control-files";

/**
 * A file named without a slash, or below `**`, counts at any depth, because the tool that reads it looks into
 * nested folders too. Letters count in either case ({@link asFound}).
 */
export const CONTROL_FILES_AREA = {
  name: CONTROL_FILES,
  why: "Control files determine who must sign, what runs with the repository's permissions, and what AI agents are told and allowed to do.",
  paths: [
    // Who must sign
    "/.github/countersign.yml",
    "/.github/CODEOWNERS",
    "/CODEOWNERS",
    "/docs/CODEOWNERS",
    // What runs with the repository's token, and the apps that write branch rules from a file
    "/.github/workflows",
    "/.github/actions",
    // Actions that a workflow may use by a path in the repository
    "action.yml",
    "action.yaml",
    // Where the code of submodules comes from
    "/.gitmodules",
    "/.github/settings.yml",
    "/.github/safe-settings",
    // Instructions that several agents read
    "AGENTS.md",
    "AGENTS.override.md",
    "AGENT.md",
    ".agents",
    ".agent",
    ".mcp.json",
    "**/.vscode/mcp.json",
    "**/.vscode/settings.json",
    "**/.vscode/tasks.json",
    // Claude Code
    "CLAUDE.md",
    "CLAUDE.local.md",
    ".claude",
    ".claude-plugin",
    // Gemini CLI, Jules
    "GEMINI.md",
    ".gemini",
    ".geminiignore",
    ".jules",
    // Cursor, Windsurf
    ".cursor",
    ".cursorrules",
    ".cursorignore",
    ".windsurf*",
    // Kiro, Amazon Q Developer
    ".kiro",
    ".amazonq",
    // Codex
    ".codex",
    // GitHub Copilot
    "/.github/copilot-instructions.md",
    "/.github/copilot",
    "/.github/agents",
    "/.github/chatmodes",
    "/.github/hooks",
    "/.github/instructions",
    "/.github/prompts",
    "/.github/skills",
    // Devin
    ".devin",
    // Aider, Amp, Cline, Roo, Kilo
    ".aider*",
    ".amp",
    ".cline",
    ".clinerules*",
    ".clineignore",
    ".roo",
    ".rooignore",
    ".roomodes",
    ".roorules*",
    ".kilocode*",
    // Other agents
    ".augment",
    ".augment-guidelines",
    ".continue",
    ".continuerules",
    "CRUSH.md",
    ".crush",
    ".crush.json",
    "crush.json",
    ".factory",
    ".goose",
    ".goosehints",
    ".junie",
    ".opencode",
    "opencode.json",
    "opencode.jsonc",
    ".openhands",
    "QWEN.md",
    ".qwen",
    ".trae",
    "WARP.md",
    ".zencoder",
    "/.rules",
    // AI reviewers that approve or comment by their own settings
    ".coderabbit.yaml",
    ".coderabbit.yml",
    ".pr_agent.toml",
  ],
} as const;

/** What file systems leave out when they compare names. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

const PLAIN = /^[\x20-\x7e]*$/;

/** A name as a disk looks for it that tells neither letters apart by case nor equal characters by how they are written. */
export function asFound(name: string): string {
  if (PLAIN.test(name)) return name.toLowerCase();
  return name.replace(IGNORED, "").normalize("NFC").toUpperCase().toLowerCase();
}

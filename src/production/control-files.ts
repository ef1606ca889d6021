/** The area that nobody can switch off: whoever may change these files may change the rules themselves. */
export const CONTROL_FILES = "control-files";

/**
 * A file named without a slash, or below `**`, counts at any depth, because the tool that reads it looks into
 * nested folders too. Spellings in lower case stand beside the documented ones where the file is found on
 * systems that do not tell them apart.
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
    "/.github/settings.yml",
    "/.github/safe-settings",
    // Instructions that several agents read
    "AGENTS.md",
    "agents.md",
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
    "claude.md",
    "CLAUDE.local.md",
    ".claude",
    ".claude-plugin",
    // Gemini CLI, Jules
    "GEMINI.md",
    "gemini.md",
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

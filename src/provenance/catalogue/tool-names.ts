import { compile } from "../text/safe-pattern.ts";
import { isOf } from "../tool/tool.ts";
import { CATALOGUE } from "./catalogue.ts";

/** What is written where a declaration or an attestation does not say which tool it was. */
export const UNNAMED_TOOL = "AI (not named)";

const TOOLS: ReadonlyMap<string, string> = new Map(
  CATALOGUE.flatMap(({ tool, names = [] }) => [tool.toLowerCase(), ...names].map((name) => [name, tool])),
);

const MODELS: readonly { readonly tool: string; readonly pattern: RegExp }[] = CATALOGUE.flatMap(
  ({ tool, signals }) =>
    signals.flatMap((signal) =>
      isOf("name", signal) && signal.fields.includes("co-author")
        ? [{ tool, pattern: compile(signal.pattern) }]
        : [],
    ),
);

/** Names of tools that people have as well. */
const FIRST_NAMES: ReadonlySet<string> = new Set([
  "charlie",
  "claude",
  "cody",
  "devin",
  "jules",
  "junie",
  "kimi",
]);

/** Names of tools that are words or family names, so that somebody may be called so. */
const WORDS: ReadonlySet<string> = new Set([
  "cascade",
  "continue",
  "cursor",
  "factory",
  "gemini",
  "happy",
  "sketch",
  "solver",
]);
const SHORTEST_OWN_NAME = 6;

/** Whether a tool's name alone may be a word or a part of somebody's name; short ones always may. */
export function isWord(name: string): boolean {
  return !name.includes(" ") && (name.length < SHORTEST_OWN_NAME || WORDS.has(name.toLowerCase()));
}

export function isFirstName(name: string): boolean {
  return FIRST_NAMES.has(name.trim().toLowerCase());
}

/** The tool that people or records call so, by its whole name; `null` when none is. */
export function toolCalled(name: string): string | null {
  return TOOLS.get(name.trim().toLowerCase()) ?? null;
}

/** The tool behind the whole name of a model with its version, such as `Claude Opus 4.6`; `null` when none is. */
export function modelCalled(name: string): string | null {
  const trimmed = name.trim();
  return MODELS.find(({ pattern }) => pattern.test(trimmed))?.tool ?? null;
}

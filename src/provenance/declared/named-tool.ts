import { isFirstName, isWord, modelCalled, toolCalled } from "../catalogue/tool-names.ts";

export const NEGATED = /\b(?:no|none|not|false|never|without|nobody|nothing|nil|n\/?a)\b/i;

const ADDRESS = /<[^>]{0,200}>/g;
const BETWEEN = /\s(?:via|with|and|using|by|on|in|through)\s|[,;+&()[\]:|]|\s\/\s/i;

interface NamedTool {
  readonly tool: string | null;
  /** Nothing but a name that people have as well speaks for it. */
  readonly firstName: boolean;
}

const NONE: NamedTool = { tool: null, firstName: false };

/** The tool that a trailer's value names, alone or beside its model; none for people and programs of other kinds. */
export function toolNamedIn(value: string): NamedTool {
  const words = value.replaceAll(ADDRESS, "");
  if (NEGATED.test(words)) return NONE;
  const parts = [words, ...words.split(BETWEEN)].map((part) => part.trim());
  const others = parts.filter((part) => !isFirstName(part));
  const tool =
    firstOf(others, toolCalled) ??
    firstOf(others, modelCalled) ??
    (value.includes("@") ? null : firstOf(parts, toolWithMore));
  return tool === null ? { tool: firstOf(parts, toolCalled), firstName: true } : { tool, firstName: false };
}

function firstOf(parts: readonly string[], called: (part: string) => string | null): string | null {
  for (const part of parts) {
    const tool = called(part);
    if (tool !== null) return tool;
  }
  return null;
}

const MOST_WORDS = 4;
const SLASH = /^([\w.-]{1,40})\/([\w.-]{1,60})$/;
/** A version, a model or a way to run: nobody's family name. */
const MORE =
  /^(?:(?=\S{0,40}\d)|[a-z]|v\d|(?:Auto|CLI|IDE|Chat|Agent|AI|Code|Composer|Pro|Max|Plus|Opus|Sonnet|Haiku|Flash|Turbo)\b)/;

/**
 * A tool followed by its model, its version or its mode: `claude/opus-4.7`, `pi gpt-5.5`, `Cursor Auto`. A name that
 * people have, or that is a word, needs more than a name behind it.
 */
function toolWithMore(part: string): string | null {
  if (!/[\s/]/.test(part)) return null;
  const words = part.replace(SLASH, "$1 $2").split(/\s{1,20}/);
  for (let count = Math.min(MOST_WORDS, words.length - 1); count > 0; count -= 1) {
    const name = words.slice(0, count).join(" ");
    const tool = toolCalled(name);
    if (tool === null) continue;
    const more = words.slice(count).join(" ");
    if (isFirstName(name)) return startsWithModel(more) ? tool : null;
    return isWord(name) && !MORE.test(more) ? null : tool;
  }
  return null;
}

const SERIES = /^(?:opus|sonnet|haiku|fable|v?\d)/i;

function startsWithModel(text: string): boolean {
  const [first = "", second = ""] = text.split(/\s{1,20}/);
  return SERIES.test(first) || modelCalled(first) !== null || modelCalled(`${first} ${second}`) !== null;
}

const ARTICLE = /^(?:an?|some|various|generic) /i;
const SOME_AI =
  /^(?:(?:generative |generic |agentic )?(?:llm|genai|gen ai)s?|(?:generative|agentic) ai|large language models?|artificial intelligence|(?:ai |llm )?chatbots?)(?![\w@])/i;
const AI_ALONE = /^ai[.!]?$/i;
/** `AI` in capitals is no first name; a capitalised word behind it would still make a name of it. */
const AI_AND_MORE = /^AI(?:s?[-\s]{0,2}[a-z([{]|[,;:])/;

/** Whether a value names an AI without saying which, as the Linux kernel's `LLM [tool]…` does. */
export function namesSomeAi(value: string): boolean {
  if (value.includes("@") || NEGATED.test(value)) return false;
  const words = value.replace(ARTICLE, "");
  return SOME_AI.test(words) || AI_ALONE.test(words) || AI_AND_MORE.test(words);
}

/** One to four words and, right behind a colon, what holds a digit: a model or a version. */
const AGENT =
  /^([a-z][\w.-]{0,40}(?: [a-z][\w.-]{0,40}){0,1}(?: [a-z][\w.-]{0,40})?(?: [a-z][\w.-]{0,40})?):(?=[\w./-]{0,60}\d)[a-z][\w./-]{0,80}(?:\[\w{1,8}\])?(?: |$)/i;

/** The agent of `AGENT:MODEL` or `AGENT:VERSION`, which need not be known. */
export function agentWithVersion(value: string): string | null {
  return value.includes("@") || NEGATED.test(value) ? null : (AGENT.exec(value)?.[1] ?? null);
}

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

const BEFORE =
  /^(?:(?:an?|the|some|any|various|several|multiple|two|three|local|generic|unnamed|unspecified|unknown|agentic|generative|coding) ){0,3}/i;
/** Words that nobody is called. */
const SOME_AI =
  /^(?:llms?|(?:generative|agentic) ai|(?:large )?language models?|artificial intelligence|a\.i\.|(?:(?:ai|llm|coding)[- ])?chatbots?|(?:ai|llm|coding)[- ](?:(?:coding|code|chat)[- ])?(?:agent|assistant|tool|model|bot|helper|chat|help|assistance)s?|ai ?[/&+] ?(?:llms?|ml|genai)|coding agents?)(?![\w@])/i;
/** Capitals within or alone are no first name; a capitalised word behind would still make a name of some. */
const CAPITALS = /^(?:GenAI|GENAI|Gen AI)(?![\w@])|^[Gg]en[- ]?ai(?![\w@]| [A-Z])/;
const AI_ALONE = /^ai\W{0,3}$/i;
const AI_AND_MORE = /^AI(?:s?[-\s]{0,2}[a-z([{]|[,;:])/;
const PARTICLE = /^AI (?:al|bin|da|de|del|den|der|di|dos|du|el|ibn|la|le|ten|ter|van|von) [\p{Lu}dlv]/u;
/** An answer to the question whether it was one. */
const ANSWERED_NO =
  /^\W{0,4}(?:(?:was|were|is|has|had|did)\W)?(?:no|none|not|false|never|without|nobody|nothing|nil|n\/?a)\b/i;

/** Whether a value names an AI without saying which, as the Linux kernel's `LLM [tool]…` does. */
export function namesSomeAi(value: string): boolean {
  if (value.includes("@")) return false;
  const words = value.replace(BEFORE, "");
  const named = SOME_AI.exec(words) ?? CAPITALS.exec(words);
  if (named !== null) return !ANSWERED_NO.test(words.slice(named[0].length));
  return AI_ALONE.test(words) || (AI_AND_MORE.test(words) && !PARTICLE.test(words) && !NEGATED.test(words));
}

const SIGNS =
  /^(?:"(.+)"|'(.+)'|`(.+)`|“(.+)”|\*{1,3}([^*]+)\*{1,3}|_{1,3}([^_]+)_{1,3}|\[([^\][]+)\]|\(([^()]+)\)|<([^<>]+)>)$/;

/** A value without the signs or brackets around all of it. */
export function withoutSigns(value: string): string {
  return (
    SIGNS.exec(value)
      ?.slice(1)
      .find((inner) => inner !== undefined)
      ?.trim() ?? value
  );
}

/** One to four words and, right behind a colon, what holds a digit: a model or a version. */
const AGENT =
  /^([a-z][\w.-]{0,40}(?: [a-z][\w.-]{0,40}){0,1}(?: [a-z][\w.-]{0,40})?(?: [a-z][\w.-]{0,40})?):(?=[\w./-]{0,60}\d)[a-z][\w./-]{0,80}(?:\[\w{1,8}\])?(?: |$)/i;

/** The agent of `AGENT:MODEL` or `AGENT:VERSION`, which need not be known. */
export function agentWithVersion(value: string): string | null {
  return value.includes("@") || NEGATED.test(value) ? null : (AGENT.exec(value)?.[1] ?? null);
}

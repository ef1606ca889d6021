import { Steps } from "../../../../notation/steps.ts";
import { HAZARD_LIMITS } from "../../limits.ts";
import type { FileChange } from "../../reading/change.ts";
import { codeTokens, type Token } from "../../reading/code-tokens.ts";
import { tokenEnd } from "../../reading/sql-tokens.ts";
import { fingerprint } from "../../reading/tree.ts";
import { documentsIn, parseYaml } from "../../reading/yaml.ts";

/** What a formatter or a linter leaves as it is; two files with the same do the same. */
type Essence = (source: string, path: string) => string | null;

const print = (tokens: readonly Token[]) =>
  tokens.map(({ kind, value }) => (kind === "text" ? JSON.stringify(value) : `${kind[0]}${value}`)).join(" ");

const isSign = (token: Token | undefined, value: string) => token?.kind === "sign" && token.value === value;

/** A comma before a bracket that closes, and of languages that can do without, what ends a statement. */
function withoutIdle(tokens: readonly Token[], endsIdle: boolean): readonly Token[] {
  return tokens.filter((token, index) => {
    const next = tokens[index + 1];
    if (isSign(token, ",") && next?.kind === "sign" && ")]}".includes(next.value)) return false;
    return !(endsIdle && isSign(token, ";"));
  });
}

/** Leaves out what stands between two places, both of them found by signs. */
function without(tokens: readonly Token[], lengthAt: (index: number) => number): readonly Token[] {
  const kept: Token[] = [];
  for (let index = 0; index < tokens.length; ) {
    const length = lengthAt(index);
    if (length === 0) kept.push(...tokens.slice(index, index + 1));
    index += Math.max(1, length);
  }
  return kept;
}

const MOST_OF_A_TYPE = 12;

/** What a name is said to be, at the beginning of a line of Python: `revision: str = …`. */
function isNamed(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 2];
  const isFirst = before === undefined || ENDS.includes(before.kind);
  return isFirst && tokens[index - 1]?.kind === "word" && isSign(tokens[index], ":");
}

/** A namespace of C# for the whole file may do without braces. */
function withoutNamespace(tokens: readonly Token[]): readonly Token[] {
  if (tokens[0]?.value !== "namespace") return tokens;
  const end = tokens.findIndex((token) => isSign(token, "{") || isSign(token, ";"));
  if (end === -1) return tokens;
  const isBlock = isSign(tokens[end], "{");
  if (isBlock && !isSign(tokens.at(-1), "}")) return tokens;
  return [...tokens.slice(0, end), ...tokens.slice(end + 1, isBlock ? -1 : undefined)];
}

/** Of Elixir, keywords at the end of a call need no brackets of their own. */
function withoutKeywordBrackets(tokens: readonly Token[]): readonly Token[] {
  const idle = new Set<number>();
  for (const [index, token] of tokens.entries()) {
    const isKeywords = isSign(token, "[") && isSign(tokens[index - 1], ",") && isSign(tokens[index + 2], ":");
    if (!isKeywords) continue;
    let depth = 0;
    const length = tokens.slice(index).findIndex((each) => {
      if (isSign(each, "[")) depth += 1;
      if (isSign(each, "]")) depth -= 1;
      return depth === 0;
    });
    if (length !== -1 && !isSign(tokens[index + length + 1], ",")) idle.add(index).add(index + length);
  }
  return tokens.filter((_, index) => !idle.has(index));
}

/** What a function gives back: `-> None` of Python, `: void` of PHP and TypeScript. */
function typeLengthAt(tokens: readonly Token[], path: string): (index: number) => number {
  const isPython = path.endsWith(".py");
  return (index) => {
    if (isPython && isNamed(tokens, index)) {
      const rest = tokens.slice(index, index + MOST_OF_A_TYPE);
      const end = rest.findIndex((token) => isSign(token, "=") || ENDS.includes(token.kind));
      return isSign(rest[end], "=") ? end : 0;
    }
    const begins = isPython
      ? isSign(tokens[index], "-") && isSign(tokens[index + 1], ">")
      : isSign(tokens[index - 1], ")") && isSign(tokens[index], ":");
    if (!begins) return 0;
    for (let length = 1; length <= MOST_OF_A_TYPE; length += 1) {
      const token = tokens[index + length];
      if (isSign(token, isPython ? ":" : "{")) return length;
    }
    return 0;
  };
}

const isText = (token: Token | undefined) => token?.kind === "text";
const ENDS = ["line", "in", "out"];

/** A text that stands alone in its line is a comment. */
function withoutDocs(tokens: readonly Token[]): readonly Token[] {
  return without(tokens, (index) => {
    const [before, here, after] = [tokens[index - 1], tokens[index], tokens[index + 1]];
    const isAlone = (before === undefined || ENDS.includes(before.kind)) && after?.kind === "line";
    return isText(here) && isAlone ? 2 : 0;
  });
}

/** What brings names in, by the language: their order says nothing, nor one that is not used. */
const IMPORTS: readonly (readonly [path: RegExp, statement: RegExp])[] = [
  [/\.py$/, /^(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(?:\([^)]{0,500}\)|[^\n]*)/gm],
  [/\.php$/, /^use[ \t]+[^;{]{0,500};/gm],
  [/\.[cm]?[jt]s$/, /^import\s[^;"'`]{0,2000}["'][^"'\n]{0,300}["'];?/gm],
  [/\.(?:java|kt)$/, /^import[ \t]+[^\n]*/gm],
  [/\.cs$/, /^using[ \t]+[\w.]+;/gm],
];

/** The file without what it brings in, and that by itself. */
function importsOf(source: string, path: string): readonly [rest: string, imports: string] {
  const pattern = IMPORTS.find(([names]) => names.test(path))?.[1];
  if (pattern === undefined) return [source, ""];
  const rest = source.replaceAll(pattern, "");
  const words = new Set(rest.match(/[\p{L}\p{N}_$]+/gu) ?? []);
  const used = (source.match(pattern) ?? []).flatMap((statement) => {
    const [from = ""] = /^from\s+[\w.]+/.exec(statement) ?? [];
    const names = statement.slice(from.length).match(/["'][^"']*["']|[\w.\\]+/g) ?? [];
    const source = names.find((name) => /^["']/.test(name))?.replaceAll(/["']/g, "") ?? from;
    return names
      .filter((name) => words.has(name.slice(Math.max(name.lastIndexOf("."), name.lastIndexOf("\\")) + 1)))
      .map((name) => `${source} ${name}`);
  });
  return [rest, [...new Set(used)].toSorted().join(";")];
}

/** `:a => 1` is an old way to write `a: 1`; the version of the frame says nothing of this migration. */
function inRuby(tokens: readonly Token[]): string {
  return print(tokens)
    .replaceAll(/s: w(\w+) s= s>/g, "w$1 s:")
    .replaceAll(/wMigration s\[ w\d+ s\. w\d+ s\]/g, "wMigration")
    .replaceAll(/(?<=(?:^|\s)w[\w?!]+) s\((?=\s)/g, "")
    .replaceAll(/ s[){}]/g, "");
}

/** `a => …` and `(a) => …` are one. */
const ARROW = /s\( (w\w+) s\) (?=s= s>)/g;

/** Of PHP, which then converts no argument of the migration's own calls; a linter asks for it everywhere. */
const STRICT_TYPES = /^declare\(strict_types ?= ?1\);$/m;

const ofCode: Essence = (source, path) => {
  const [rest, imports] = importsOf(path.endsWith(".php") ? source.replace(STRICT_TYPES, "") : source, path);
  const tokens = codeTokens(rest, path);
  if (tokens === null) return null;
  const idle = withoutIdle(tokens, /\.(?:[cm]?[jt]s|rb|exs?|go|kt)$/.test(path));
  if (/\.exs?$/.test(path)) return inRuby(withoutKeywordBrackets(idle));
  if (path.endsWith(".rb")) return inRuby(idle);
  if (path.endsWith(".cs")) return `${imports}\n${print(withoutNamespace(idle))}`;
  // `@Override` says what the compiler knows.
  if (path.endsWith(".java"))
    return `${imports}\n${print(idle.filter(({ kind, value }) => kind !== "word" || value !== "@Override"))}`;
  const typed = /\.(?:py|php|ts)$/.test(path) ? without(idle, typeLengthAt(idle, path)) : idle;
  const own = path.endsWith(".py") ? withoutDocs(typed) : typed;
  return `${imports}\n${print(own).replaceAll(ARROW, "$1 ")}`;
};

const KEYWORD =
  /^(?:create|alter|drop|table|view|index|unique|add|column|constraint|primary|foreign|key|references|not|null|default|on|delete|update|cascade|restrict|set|insert|into|values|select|from|where|and|or|if|exists|begin|commit|end|int|integer|bigint|smallint|serial|bigserial|text|varchar|char|character|varying|boolean|bool|true|false|timestamp|timestamptz|with|without|time|zone|date|numeric|decimal|real|double|precision|json|jsonb|uuid|bytea|grant|revoke|to|rename|type|using|check|as|is|in|like|order|by|asc|desc|limit|function|returns|language|trigger|before|after|for|each|row|execute|procedure|schema|extension|sequence|owner|comment|only|temporary|temp)$/i;

/** Of SQL, only the words of the language may be written small or large. */
const ofSql: Essence = (source) => {
  const tokens: string[] = [];
  for (let place = 0; place < source.length; ) {
    const end = Math.max(place + 1, tokenEnd(source, place, false));
    const token = source.slice(place, end);
    if (!/^(?:\s*$|--|\/\*)/.test(token)) tokens.push(KEYWORD.test(token) ? token.toUpperCase() : token);
    place = end;
  }
  return tokens.join(" ").replace(/(?: ;)+$/, "");
};

const ofYaml: Essence = (source) => {
  const steps = new Steps(HAZARD_LIMITS.steps);
  const trees = documentsIn(source).map(({ text }) => parseYaml(text, { steps }));
  return trees.includes(null) ? null : trees.map((tree) => fingerprint(tree ?? undefined)).join("\n");
};

/** Blanks between tags say nothing, and within a text as much as one. */
const ofXml: Essence = (source) =>
  source
    .split("<!--")
    .map((piece, index) => (index === 0 ? piece : piece.slice(endOf(piece, "-->"))))
    .join(" ")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?(<|\/?>) ?/g, "$1");

/** Where a piece goes on after a sign; its end, where it has none. */
function endOf(piece: string, sign: string): number {
  const end = piece.indexOf(sign);
  return end === -1 ? piece.length : end + sign.length;
}

const ESSENCES: readonly (readonly [path: RegExp, essence: Essence])[] = [
  [/\.sql$/, ofSql],
  [/\.ya?ml$/, ofYaml],
  [/\.xml$/, ofXml],
  [/(?:)/, ofCode],
];

/** Of SQL without comments, what layout and small letters leave as it is: what differs in this differs in its essence. */
const bareSql = (source: string) => source.replaceAll(/[\s;]+/g, "").toUpperCase();

/** Whether a look is enough to see that more than the layout changed. */
function differsAtSight(path: string, before: string, after: string): boolean {
  const hasComments = [before, after].some((source) => /--|\/\*/.test(source));
  return path.endsWith(".sql") && !hasComments && bareSql(before) !== bareSql(after);
}

/** Whether nothing but the layout of a migration changed, and what a linter changes beside. */
export function isLayout({ path, before, after }: FileChange): boolean {
  if (typeof before !== "string" || typeof after !== "string") return false;
  if (differsAtSight(path, before, after)) return false;
  const essence = ESSENCES.find(([names]) => names.test(path))?.[1] ?? ofCode;
  const [was, is] = [essence(before, path), essence(after, path)];
  return was !== null && was === is;
}

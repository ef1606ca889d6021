import type { Steps } from "../../notation/steps.ts";
import { gained, type Keyed } from "../hazards/reading/compare.ts";
import { entriesOf } from "../hazards/reading/tree.ts";
import { parseYaml } from "../hazards/reading/yaml.ts";
import { isCheck, isOrdinaryToTell, mayGuard } from "./commands.ts";
import { looksLikeCommand } from "./programs.ts";
import { isDoubtful } from "./text.ts";
import { bringsIn, isPermission, linksIn, runsAtOnce, siteOf, withoutBounds } from "./wording.ts";
import type { Texts } from "./workflow/workflow.ts";

/** What a front matter may say that gives an agent nothing: when the text is read, and what it is about. */
const ABOUT: readonly string[] = [
  "name",
  "title",
  "description",
  "globs",
  "alwaysApply",
  "applyTo",
  "paths",
  "trigger",
  "license",
  "compatibility",
];

/**
 * Why an edit of agents' instructions may give them permissions, tools or commands, as a clause to follow the path;
 * `null` for plain words.
 */
export function doubtInInstructions({ before, after, steps }: Texts): string | null {
  const [was, is] = [before ?? "", after ?? ""];
  steps.take(was.length + is.length);
  if (isDoubtful(was) || isDoubtful(is)) return "holds signs that readers do not see";
  const [old, now] = [matterOf(was), matterOf(is)];
  if (old.matter !== now.matter && !(isAbout(old.matter, steps) && isAbout(now.matter, steps)))
    return "changes settings at its top";
  const [told, untold] = [gained(old.commands, now.commands), gained(now.commands, old.commands)];
  if (
    told.some(({ key }) => !isOrdinaryToTell(key) && !isForbidden(key)) ||
    untold.some(({ key }) => mayGuard(key))
  )
    return "changes a command that agents are told of";
  const lines = middleOf(linesOf(was), linesOf(is));
  const [gone, come] = [gained(lines.is, lines.was), gained(lines.was, lines.is)];
  if (textOf(without(lines.was, gone)) !== textOf(without(lines.is, come))) return "moves lines";
  // A page that is only named now is imported no more, and its name says where it stands.
  const named = new Set(come.map(({ key }) => key));
  const left = gone.filter(({ key }) => !(IMPORT.test(key) && named.has(key.replaceAll(IMPORTS, "$1"))));
  const changed = [...left, ...come].map(({ key }) => key);
  const isShown = pairsMarks(was) && pairsMarks(is);
  const [oldCode, code] = [fencedIn(was), fencedIn(is)];
  const words = changed.filter((line) => !(oldCode.has(line) || code.has(line)) || runsAtOnce(line));
  if (leadsOut(was, is) || words.some((line) => bringsIn(line, isShown)))
    return "changes what agents fetch, run or import with it";
  const [lost, brought] = [gained(asRead(come), asRead(gone)), gained(asRead(gone), asRead(come))];
  const isMore =
    lost.some(({ key }) => isPermission(key)) || brought.some(({ key }) => isPermission(withoutBounds(key)));
  return isMore ? "changes what agents may do" : null;
}

const IMPORT = /(?<![\w@/])@[\w-]+(?:\/[\w.-]+)*\.mdx?\b/;
const IMPORTS = /(?<![\w@/])@([\w-]+(?:\/[\w.-]+)*\.mdx?)\b/g;

/** Whether agents are led to pages of others than those whose pages the text named before. */
function leadsOut(was: string, is: string): boolean {
  const sites = new Set(linksIn(was).map(({ key }) => siteOf(key)));
  return gained(linksIn(was), linksIn(is)).some(({ key }) => {
    const site = siteOf(key);
    return site === null || !sites.has(site);
  });
}

/**
 * Without which of the repository's own pages they name: to name another is no more than a plain line could, unless what
 * is said of the page is a permission itself.
 */
function asRead(lines: readonly Keyed[]): readonly Keyed[] {
  return lines.map(({ key }) => ({ key: key.split(SENTENCES).map(sentenceAsRead).join(" ") }));
}

function sentenceAsRead(sentence: string): string {
  const read = sentence.replaceAll(OWN_PAGE, "a page");
  return isPermission(read) ? sentence : read;
}

const SENTENCES = /(?<=[.!?])\s+(?=[A-Z])/;
const OWN_PAGE = /(?<![\w./:@~-])(?:\.\.?\/)*(?:[\w-]+\/)+[\w-]+\.mdx?\b/g;

/** Whether every line closes the code marks that it opens: else the words between two of them are code as well. */
function pairsMarks(text: string): boolean {
  return text.split("\n").every((line) => /^(?:[^`]|`[^`]+`)*$/.test(line) || /^\s*```[^`]*$/.test(line));
}

function linesOf(text: string): readonly Keyed[] {
  return text
    .split("\n")
    .map((line) => ({ key: line.trim() }))
    .filter(({ key }) => key !== "");
}

/** Two texts without what they begin and end with alike. */
function middleOf(was: readonly Keyed[], is: readonly Keyed[]) {
  const shorter = Math.min(was.length, is.length);
  let start = 0;
  while (start < shorter && was[start]?.key === is[start]?.key) start += 1;
  let end = 0;
  while (end < shorter - start && was.at(-1 - end)?.key === is.at(-1 - end)?.key) end += 1;
  return { was: was.slice(start, was.length - end), is: is.slice(start, is.length - end) };
}

function without(lines: readonly Keyed[], some: readonly Keyed[]): readonly Keyed[] {
  const left = new Set(some);
  return lines.filter((line) => !left.has(line));
}

function textOf(lines: readonly Keyed[]): string {
  return lines.map(({ key }) => key).join("\n");
}

interface Prose {
  readonly matter: string | null;
  readonly commands: readonly Keyed[];
}

function matterOf(text: string): Prose {
  const [whole, matter = null] = /^---\r?\n([\s\S]*?)\n---[^\S\n]*(?:\r?\n|$)/.exec(text) ?? [];
  return { matter, commands: commandsIn(whole === undefined ? text : text.slice(whole.length)) };
}

function isAbout(matter: string | null, steps: Steps): boolean {
  if (matter === null) return true;
  const tree = parseYaml(matter, { steps });
  return tree?.kind === "map" && entriesOf(tree).every(({ key }) => ABOUT.includes(key));
}

/** The lines that stand in fences of code and nowhere else; none where a fence is not closed. */
function fencedIn(text: string): ReadonlySet<string> {
  const [code, words] = [new Set<string>(), new Set<string>()];
  let fence: string | null = null;
  for (const line of text.split("\n")) {
    const mark = /^\s*(```+|~~~+)[^`]*$/.exec(line)?.[1];
    if (fence === null && mark !== undefined) fence = mark;
    else if (fence !== null && mark?.startsWith(fence)) fence = null;
    else (fence === null ? words : code).add(line.trim());
  }
  return new Set(fence === null ? [...code].filter((line) => !words.has(line)) : []);
}

/** A fence of these languages holds data or code that nobody runs as it stands. */
const NO_SHELL =
  /^(?:ts|tsx|typescript|js|jsx|javascript|go|rust|rs|py|python|java|kotlin|swift|css|html|md|markdown|tree|json|jsonc|toml|xml|diff|mermaid|graphql|ini|proto|vue|svelte|sql)$/i;
const SHELL = /^(?:sh|bash|zsh|shell|console|fish|powershell|pwsh|ps1|bat|cmd|terminal|shell-session)$/i;

type Fence = "code" | "commands" | "unknown";

/** What is told to be run: lines of code and texts between backticks that look like commands. */
function commandsIn(text: string): readonly Keyed[] {
  const commands: Keyed[] = [];
  let fence: { readonly mark: string; readonly holds: Fence } | null = null;
  for (const line of text.split("\n")) {
    const [, mark, language = ""]: readonly (string | undefined)[] =
      /^\s*(?:[-*>]\s+)*(```+(?=[^`]*$)|~~~+)\s*(\S*)/.exec(line) ?? [];
    if (mark !== undefined && (fence === null || mark.startsWith(fence.mark)))
      fence = fence === null ? { mark, holds: heldBy(language) } : null;
    else if (fence === null) commands.push(...commandsInLine(line));
    else if (fence.holds === "commands" || (fence.holds === "unknown" && looksLikeCommand(line.trim())))
      commands.push({ key: line.trim() });
  }
  // What follows a fence that is not closed is code to some readers and words to others.
  if (fence !== null) commands.push({ key: `${fence.mark} |` });
  return commands.filter(({ key }) => key !== "" && !key.startsWith("# "));
}

function heldBy(language: string): Fence {
  if (NO_SHELL.test(language)) return "code";
  return SHELL.test(language) ? "commands" : "unknown";
}

/** More than the name of something: words, or a script. */
const MAY_RUN = /[\s|;&$]|\.(?:sh|bash|ps1|bat|cmd)$/;

function commandsInLine(line: string): readonly Keyed[] {
  const isCode = /^(?: {4}|\t)\s*(?![-*+>|]|\d+[.)])\S/.test(line);
  if (isCode && looksLikeCommand(line.trim())) return [{ key: line.trim() }];
  const pieces = line.split(/`+/);
  return pieces.flatMap((code, place) => {
    const isCommand = place % 2 === 1 && MAY_RUN.test(code) && looksLikeCommand(code.trim());
    if (!isCommand) return [];
    const isBound = FORBIDS.test(pieces[place - 1] ?? "") && AFTER_BOUND.test(pieces[place + 1] ?? "");
    return [{ key: `${isBound ? FORBIDDEN : ""}${code.trim()}` }];
  });
}

/** What a command is called that agents are told to leave: to be told so lets them do no more. */
const FORBIDDEN = "never: ";
const FORBIDS =
  /(?:^|[.;:]\s|[-*>]\s)[*_]*(?:never|do not|don['’]t|must not)[*_]* (?:ever )?(?:run|use|call|execute)[*_]* $/i;
/** Nothing in the sentence says when it is not forbidden. */
const AFTER_BOUND = /^[*_]*(?:\s*$|[.;]\s*(?:$|[A-Z])|\s*—\s*use $)/;

/** To leave a check would be less than before. */
function isForbidden(key: string): boolean {
  return key.startsWith(FORBIDDEN) && !isCheck(key.slice(FORBIDDEN.length));
}

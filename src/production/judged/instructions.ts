import type { Steps } from "../../notation/steps.ts";
import { gained, type Keyed } from "../hazards/reading/compare.ts";
import { entriesOf } from "../hazards/reading/tree.ts";
import { parseYaml } from "../hazards/reading/yaml.ts";
import { isOrdinary } from "./commands.ts";
import { isDoubtful } from "./text.ts";
import type { Texts } from "./workflow.ts";

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
];

/** Text that is fetched, run or imported by the tool that reads it. */
const BRINGS = /https?:\/\/|!`|^\s*!|(?:^|[\s("'])@[\w~./-]|#\[\[|\{\{|<[a-z!/]/im;

/** Words by which an agent is allowed more, is asked to get round a guard, or is given something to use. */
const LOOSENS =
  /\b(?:permi\w+|allow\w*|authori[sz]\w+|approv\w+|confirm\w*|without (?:ask|wait|review|check)\w*|ask\w*|auto-?\w*|bypass\w*|skip\w*|ignor\w+|disabl\w+|overrid\w+|forc\w+|no-verify|dangerous\w*|yolo|sudo|root|admin\w*|secrets?|credential\w*|tokens?|passwords?|keys?|prod(?:uction)?|deploy\w*|delet\w+|destroy\w*|drop\w*|merg\w+|push\w*|tools?|mcp|servers?|hooks?|commands?|sandbox\w*|shell|curl|wget|install\w*|must|never|not|don't|forbid\w*|prohibit\w*)\b/i;

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
  const commands = [...gained(old.commands, now.commands), ...gained(now.commands, old.commands)];
  if (commands.some(({ key }) => !isOrdinary(key))) return "changes a command that agents are told of";
  const lines = { was: linesOf(was), is: linesOf(is) };
  const [gone, come] = [gained(lines.is, lines.was), gained(lines.was, lines.is)];
  if (textOf(without(lines.was, gone)) !== textOf(without(lines.is, come))) return "moves lines";
  const changed = [...gone, ...come].map(({ key }) => key);
  if (changed.some((text) => BRINGS.test(text))) return "changes what agents fetch, run or import with it";
  return changed.some((text) => LOOSENS.test(text)) ? "changes what agents may do or use" : null;
}

function linesOf(text: string): readonly Keyed[] {
  return text
    .split("\n")
    .map((line) => ({ key: line.trim() }))
    .filter(({ key }) => key !== "");
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

/** Every line of code, and whatever stands between backticks in a line and has more than a name. */
function commandsIn(text: string): readonly Keyed[] {
  const commands: Keyed[] = [];
  let fence: string | null = null;
  for (const line of text.split("\n")) {
    const mark: string | undefined = /^\s*(?:[-*>]\s+)*(```+|~~~+)/.exec(line)?.[1];
    if (mark !== undefined && (fence === null || mark.startsWith(fence)))
      fence = fence === null ? mark : null;
    else if (fence !== null || /^(?: {4}|\t)\s*(?![-*+>|]|\d+[.)])\S/.test(line))
      commands.push({ key: line.trim() });
    else
      for (const [place, code] of line.split(/`+/).entries())
        if (place % 2 === 1 && /[\s|;&$]/.test(code)) commands.push({ key: code.trim() });
  }
  // What follows a fence that is not closed is code to some readers and words to others.
  if (fence !== null) commands.push({ key: fence });
  return commands.filter(({ key }) => key !== "");
}

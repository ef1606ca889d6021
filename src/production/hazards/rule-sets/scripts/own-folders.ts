import type { FileChange } from "../../reading/change.ts";

/** What a variable is given: a folder made for the purpose or below the checkout, one that is not, or who knows what. */
type Value = "own" | "foreign" | "unknown";

const END = String.raw`["']?\s*(?:$|[;#)&])`;
const BELOW = String.raw`(?!\.\.?(?:\/|["'\s]|$))[\w.@-]+(?:\/(?!\.\.(?:\/|["'\s]|$))[\w.@-]+)*\/?`;
const MADE = /^["']?(?:\$\(\s*mktemp\b|`\s*mktemp\b)/;
/** A path of the checkout or of the folder for temporary files, that leads out of it nowhere. */
const OWN_PATH = new RegExp(
  String.raw`^["']?(?:\.\/|\$\{?(?:PWD|GITHUB_WORKSPACE|CI_PROJECT_DIR|TMPDIR|RUNNER_TEMP)\}?\/|\/(?:var\/)?tmp\/)?${BELOW}${END}`,
);
/** From the root, from a home, or out of the folder. */
const FOREIGN =
  /^["']?(?:\/(?!(?:var\/)?tmp\/\w)|~|\$\{?HOME\}?(?:["'\s/]|$)|(?:[\w./-]*\/)?\.\.(?:\/|["'\s]|$))/;

function kindOf(text: string): Value {
  if (MADE.test(text) || OWN_PATH.test(text)) return "own";
  return FOREIGN.test(text) ? "foreign" : "unknown";
}

interface Assignment {
  readonly value: Value;
  readonly line: number;
  readonly depth: number;
}

type Assignments = ReadonlyMap<string, readonly Assignment[]>;

const nameIn = (target: string) => /^["']?\$[({]?(\w+)/.exec(target)?.[1] ?? "";

/** Whether, before the command, the same file gives the variable a folder of its own, and never anything else. */
export function isFilledBy(file: FileChange, target: string, command: string): boolean {
  const { lines, assignments } = read(file);
  const all = assignments.get(nameIn(target)) ?? [];
  if (all.length === 0 || all.some(({ value }) => value !== "own")) return false;
  if (/^["']?\$\{?\w+\}?[\w/.-]*\/\.\.(?:\/|["']|$)/.test(target)) return false;
  const at = lines.findIndex(
    (line) => /\brm\b/.test(line) && command.includes(line.replace(/\\$/, "").trim()),
  );
  if (at === -1) return false;
  const depth = depthOf(lines[at] ?? "");
  return isInFunction(lines, at) || all.some((each) => each.line <= at && each.depth <= depth);
}

/** Whether the same file gives the variable a path outside of the checkout, whatever it is called. */
export function isForeign(file: FileChange, target: string): boolean {
  return (read(file).assignments.get(nameIn(target)) ?? []).some(({ value }) => value === "foreign");
}

interface Script {
  readonly lines: readonly string[];
  readonly assignments: Assignments;
}

const known = new WeakMap<FileChange, Script>();

/** The variables of a script with all that they are given; many lines may ask. */
function read(file: FileChange): Script {
  const found = known.get(file);
  if (found !== undefined) return found;
  const lines = typeof file.after === "string" ? file.after.split("\n") : [];
  const assignments = new Map<string, Assignment[]>();
  const assigns = /(?:^|\/)(?:GNU)?[Mm]akefile|\.mk$/.test(file.path) ? MAKE : SHELL;
  for (const [index, line] of lines.entries()) {
    if (/^\s*#/.test(line)) continue;
    const add = (name: string, value: Value) => {
      const all = assignments.get(name) ?? [];
      all.push({ value, line: index, depth: depthOf(line) });
      assignments.set(name, all);
    };
    for (const { 0: text, 1: name = "", index: at } of line.matchAll(assigns))
      add(name, kindOf(line.slice(at + text.length)));
    const loop = LOOP.exec(line);
    if (loop !== null) add(loop[1] ?? "", kindOfAll(loop[2] ?? ""));
    else for (const name of openedIn(line)) add(name, "unknown");
  }
  known.set(file, { lines, assignments });
  return { lines, assignments };
}

/** Goes through words that stand there. */
const LOOP = /^\s*for\s+(\w+)\s+in\s+([\w./@ "'-]{1,300});?\s*(?:do\b.*)?$/;

function kindOfAll(words: string): Value {
  const all = words.trim().split(/\s+/);
  const kinds = all.slice(0, all.at(-1) === "do" ? -1 : all.length).map(kindOf);
  return kinds.find((kind) => kind !== "own") ?? "own";
}

const SHELL = /\b(\w+)(?:\+?=|:=|:-|:\s+(?=["']?[/~]))/g;
const MAKE = /\b(\w+)\s*[:?+]{0,3}=\s*/g;

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A function runs when it is called, which may be after what stands below it. */
function isInFunction(lines: readonly string[], at: number): boolean {
  let depth = depthOf(lines[at] ?? "");
  for (let index = at; index >= 0; index -= 1) {
    const line = lines[index] ?? "";
    if (line.trim() === "" || (index !== at && depthOf(line) >= depth)) continue;
    if (/^\s*(?:function\s+[\w-]+|[\w-]+\s*\(\))/.test(line)) return true;
    depth = depthOf(line);
    if (depth === 0 && index !== at && !/^\s*\{/.test(line)) return false;
  }
  return false;
}

/** The variables that are read or gone through, which may be anything. */
function* openedIn(line: string): Generator<string> {
  let isOpen = false;
  for (const { 0: word, index } of line.matchAll(/-?\w+|\S/g)) {
    const follows: boolean = isOpen && /\s/.test(line.charAt(index - 1));
    const isName = /^\w/.test(word);
    if (follows && isName) yield word;
    isOpen = /^(?:for|select|read)$/.test(word) || (follows && (isName || word.startsWith("-")));
  }
}

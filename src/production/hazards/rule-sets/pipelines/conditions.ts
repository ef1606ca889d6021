import { holdsAll } from "../../../judged/workflow/growth.ts";
import { at, entriesOf, oneOrMore, type Tree, textOf } from "../../reading/tree.ts";

/** Keys whose entries say what is let through, and those whose entries say what is kept out. */
const LETS_THROUGH = new Set([
  "branches",
  "tags",
  "paths",
  "types",
  "only",
  "rules",
  "include",
  "refs",
  "kubernetes",
  "event",
  "pr",
  "trigger",
  "filters",
]);
const KEEPS_OUT = new Set([
  "branches-ignore",
  "tags-ignore",
  "paths-ignore",
  "except",
  "ignore",
  "exclude",
  "unless",
]);
/** Each of them must hold as well, whatever it says. */
const CONDITIONS = new Set(["if", "condition", "changes", "exists", "variables", "only_if", "when"]);

/** What each event of GitHub means where it does not say which types. */
const USUAL_TYPES: Readonly<Record<string, readonly string[]>> = {
  pull_request: ["opened", "synchronize", "reopened"],
  pull_request_target: ["opened", "synchronize", "reopened"],
  merge_group: ["checks_requested"],
};

/** The words of a key that says when something runs, `null` for one that says something else. */
export function meaningOf(key: string): "lets" | "keeps" | "condition" | null {
  if (LETS_THROUGH.has(key)) return "lets";
  if (KEEPS_OUT.has(key)) return "keeps";
  return CONDITIONS.has(key) ? "condition" : null;
}

interface Sides {
  readonly before: Tree | undefined;
  readonly after: Tree | undefined;
}

/** Whether a key lets less through than before. */
export function isNarrower(key: string, { before, after }: Sides, event = ""): boolean {
  const meaning = meaningOf(key);
  if (meaning === "condition") return isStricter(textOf(before), textOf(after), { before, after });
  if (meaning === "keeps") return gainedItems(before, after).length > 0;
  if (meaning !== "lets" || after === undefined) return false;
  if (after.kind === "map") return isNarrowerMap({ before, after });
  if (key === "include" && isOfMatrix(before))
    return !holdsAll(withoutMachines(before), withoutMachines(after));
  if (textOf(after) === "none") return textOf(before) !== "none";
  const usual = key === "types" ? USUAL_TYPES[event] : undefined;
  const is = itemsOf(after);
  const was = before === undefined ? usual : itemsOf(before);
  if (was === undefined) return !is.some((item) => /^(?:\*\*|\*|\.\*|\/\.\*\/)$/.test(item));
  const isKeptOut = is.some((item) => (item.startsWith("!") || NEVER.test(item)) && !was.includes(item));
  const lost = was.filter((item) => !item.startsWith("!") && !NEVER.test(item) && !isCovered(item, is));
  return isKeptOut || lost.length > 0;
}

/** A matrix includes runs, each with names and values; elsewhere it is files and patterns. */
function isOfMatrix(include: Tree | undefined): boolean {
  const items = include?.kind === "list" ? include.items : [];
  return items.length > 0 && items.every(({ kind }) => kind === "map");
}

/** Names under which a run of a matrix says on what it runs. */
const MACHINE = /^(?:runs?[-_]?on|runner|machine|(?:[\w-]*[-_])?version)$/i;

/** Runs by what they are, where they say that beside the machine and the versions. */
function withoutMachines(include: Tree | undefined): Tree | undefined {
  if (include?.kind !== "list") return include;
  const items = include.items.map((item) => {
    if (item.kind !== "map") return item;
    const entries = item.entries.filter(({ key }) => !MACHINE.test(key));
    return entries.length === 0 ? item : { ...item, entries };
  });
  return { ...include, items };
}

/** A rule of GitLab after which nothing runs, or only by hand. */
const NEVER = /"when":"(?:never|manual)"/;

function isNarrowerMap({ before, after }: Sides): boolean {
  return entriesOf(after).some(({ key, value }) =>
    isNarrower(key, { before: at(before, key), after: value }),
  );
}

/** Whether a condition came or changed, and does not only let more through. */
function isStricter(was: string, is: string, { before, after }: Sides): boolean {
  if (after === undefined) return false;
  if (after.kind !== "scalar") return JSON.stringify(plain(before)) !== JSON.stringify(plain(after));
  const [old, now] = [bare(was), bare(is)];
  if (old === now || now === "" || ALWAYS.test(now)) return false;
  const isMore = old !== "" && now.includes("||") && now.split("||").some((term) => term.trim() === old);
  return !isMore;
}

const ALWAYS =
  /^(?:always\(\)|true|always|on_success|success\(\)|succeeded\(\)|!cancelled\(\)|!failure\(\))$/i;

function bare(condition: string): string {
  return condition
    .replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, "$1")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function itemsOf(tree: Tree | undefined): readonly string[] {
  if (tree?.kind === "map")
    return entriesOf(tree).map(({ key, value }) => `${key}:${JSON.stringify(plain(value))}`);
  return oneOrMore(tree).map((item) => textOf(item) || JSON.stringify(plain(item)));
}

function gainedItems(before: Tree | undefined, after: Tree | undefined): readonly string[] {
  const was = new Set(itemsOf(before));
  return itemsOf(after).filter((item) => !was.has(item));
}

function isCovered(item: string, patterns: readonly string[]): boolean {
  return patterns.some(
    (pattern) => pattern === item || pattern === `${item}/**` || globOf(pattern).test(item),
  );
}

function globOf(pattern: string): RegExp {
  const source = pattern
    .slice(0, 200)
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll(/\*+/g, (stars) => (stars.length > 1 ? ".*" : "[^/]*"));
  return new RegExp(`^${source}$`);
}

/** Data without the lines that it stands on. */
function plain(tree: Tree | undefined): unknown {
  if (tree === undefined) return null;
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(plain);
  return Object.fromEntries(tree.entries.map(({ key, value }) => [key, plain(value)]));
}

import { keyOf } from "../../reading/lookup.ts";
import type { ChangedPart } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import { at, entriesOf, type Tree, textOf } from "../../reading/tree.ts";

const INSTANCES =
  /(?:^|[_-])(?:(?:bucket|queue|topic|table|user|member|group|role|database|db|instance|node|pool|cluster|namespace|project|account|zone|record|subnet|network|vpc|secret|key|volume|disk|service|app|application|site|function|environment|team|server|host|vm|machine|endpoint|certificate|monitor|alarm|job|repo|stream|stack|workspace|tenant|customer|region|domain)s?|repositor(?:y|ies)|databases|replicas)(?:_names)?$/i;
/** Their entries are words for a thing, and make none. */
const NO_INSTANCES =
  /tag|label|annotation|setting|config|option|param|env(?:ironment)?(?:_var|$)|variable|rule|statement|permission|polic|action|cidr|ips?$|allow|deny|block|ingress|egress|security_group|subnet_ids?|_ids?$|_arns?$|scope|claim|port|type|version|feature|default|metadata|principal|email|contact|address|header|origin|method|path|protocol|availability|(?:^|_)(?:map|mapping|lookup|variant)s?(?:_|$)|exclude|ignore|depend|(?:^|_)(?:task|container|environment)_secrets?$|(?:^|_)ssh_keys?$|_role$/i;

function isMapOfMaps(tree: Tree | undefined): boolean {
  return entriesOf(tree).length > 0 && entriesOf(tree).every(({ value }) => value.kind === "map");
}

/** Numbers that say how many there are of a thing. */
const HOW_MANY =
  /(?:^|_)(?:instance|server|broker|replica|node|vm|machine|worker|reader)s?_count$|^(?:num|number_of)_(?:instance|server|broker|replica|node|vm|machine|worker|reader)s$/i;

export function saysHowMany(name: string): boolean {
  return HOW_MANY.test(name);
}

/** Whether a list or mapping of that name most often makes one thing for each of its entries. */
export function makesInstances(name: string, value: Tree | undefined): boolean {
  if (NO_INSTANCES.test(name)) return false;
  return INSTANCES.test(name) || isMapOfMaps(value);
}

export interface NamedValue {
  readonly name: string;
  readonly before: Tree | undefined;
  readonly after: Tree;
  readonly line: number;
  /** A block of the changed files makes one thing for each of its entries. */
  readonly isUsed: boolean;
}

const OWN = new Set(["source", "version", "providers", "depends_on", "for_each", "count", "tags"]);

export function* valuesOf(
  { type, name, scope, before, after }: ChangedPart,
  all: Parts,
): Generator<NamedValue> {
  if (before === undefined || after === undefined) return;
  if (type === "variable") {
    const [was, is] = [at(before, "default"), at(after, "default")];
    const own = name.slice("variable.".length);
    const use = useOf(`var.${own}`, scope, all);
    // A number stays where it is defined, so that the block that reads it does not change.
    const isWhole = use === "whole" && is?.kind !== "scalar";
    if (is !== undefined && !isWhole)
      yield { name: own, before: was, after: is, line: is.line, isUsed: use !== "none" };
    return;
  }
  for (const { key, value, line } of entriesOf(after)) {
    if (OWN.has(key)) continue;
    const was = at(before, key);
    if (type !== "locals") {
      const isUsed = type === "values" && useOf(`var.${key}`, folderOf(scope), all) !== "none";
      yield { name: key, before: was, after: value, line, isUsed };
      continue;
    }
    const use = useOf(`local.${key}`, scope, all);
    const isWhole = use === "whole" && value.kind !== "scalar";
    if (!isWhole) yield { name: key, before: was, after: value, line, isUsed: use !== "none" };
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

type Use = "whole" | "part" | "none";

/** How `for_each` or `count` of a block of the folder reads a value; where it is read as a whole, that block is what loses an entry. */
function useOf(reference: string, scope: string, all: Parts): Use {
  const uses = known.get(all) ?? usesIn(all);
  known.set(all, uses);
  return uses.get(keyOf(scope, reference)) ?? "none";
}

const known = new WeakMap<Parts, ReadonlyMap<string, Use>>();
const REFERENCE = /(?<![\w.-])(?:var|local)\.[\w-]+/g;

function usesIn({ declared }: Parts): ReadonlyMap<string, Use> {
  const found = new Map<string, Use>();
  for (const { scope, tree } of declared) {
    const key = at(tree, "for_each") ?? at(tree, "count");
    if (key?.kind !== "scalar" || key.literal) continue;
    const text = textOf(key);
    for (const [reference] of text.matchAll(REFERENCE)) {
      const place = keyOf(scope, reference);
      if (text === reference) found.set(place, "whole");
      else if (!found.has(place)) found.set(place, "part");
    }
  }
  return found;
}

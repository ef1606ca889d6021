import { ownersOf } from "../../reading/belongs.ts";
import { keyOf } from "../../reading/lookup.ts";
import type { ChangedPart } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import { at, entriesOf, isTrue, literalOf, oneOrMore, type Tree, textOf } from "../../reading/tree.ts";

/** Rules that are tried by their number, the lowest first, as the providers document it. */
interface Numbered {
  /** Resources that hold such rules as blocks, or that are one each. */
  readonly types: RegExp;
  /** What names the number, and the number of a rule that says none. */
  readonly number: readonly [names: string, usual: number];
  /** Of which protocols a rule forbids everything from every address. */
  readonly forbids: (rule: Tree) => readonly string[];
  /** By which protocols a rule lets in. */
  readonly lets: (rule: Tree) => readonly string[];
  /** What its numbers are compared within. */
  readonly within: (tree: Tree, part: { readonly type: string; readonly name: string }) => string;
}

const EVERYTHING = /^(?:\*|-1|all|any|0|0-65535|)$/i;
const EVERY_ADDRESS = /^(?:\*|any|internet|0\.0\.0\.0\/0)$/i;
const ALL = ["all"];

const textAt = (rule: Tree, names: string) => {
  const [found] = names.split(" ").flatMap((name) => at(rule, name) ?? []);
  return textOf(found);
};

/** From every address, by whatever protocol and port. */
const forbidsAll = (from: string, about: string) => (rule: Tree) =>
  /^deny$/i.test(textAt(rule, "action rule_action RuleAction access")) &&
  EVERY_ADDRESS.test(textAt(rule, from)) &&
  about.split(" ").every((name) => EVERYTHING.test(textAt(rule, name)))
    ? ALL
    : [];

const ownerOf: Numbered["within"] = (tree, part) => ownersOf(tree, part).join();

const FOR_SOME = ["target_tags", "target_service_accounts", "source_tags", "source_service_accounts"];

/** What a firewall rule of Google denies to all machines. */
function deniedBy(rule: Tree): readonly string[] {
  const isForSome = FOR_SOME.some((name) => at(rule, name) !== undefined);
  const isFromAll = oneOrMore(at(rule, "source_ranges")).some((each) => EVERY_ADDRESS.test(textOf(each)));
  if (isForSome || !isFromAll || isTrue(at(rule, "disabled"))) return [];
  return oneOrMore(at(rule, "deny"))
    .filter((each) => at(each, "ports") === undefined)
    .map((each) => textOf(at(each, "protocol")));
}

const NUMBERED: readonly Numbered[] = [
  {
    types: /^(?:aws_(?:default_)?network_acl(?:_rule)?|AWS::EC2::NetworkAclEntry)$/,
    number: ["rule_no rule_number RuleNumber", Number.NaN],
    forbids: forbidsAll("cidr_block CidrBlock", "protocol Protocol"),
    lets: () => ALL,
    within: ownerOf,
  },
  {
    types: /^azurerm_network_security_(?:group|rule)$/,
    number: ["priority", Number.NaN],
    forbids: forbidsAll(
      "source_address_prefix",
      "protocol source_port_range destination_port_range destination_address_prefix",
    ),
    lets: () => ALL,
    within: ownerOf,
  },
  {
    types: /^google_compute_firewall$/,
    number: ["priority", 1000],
    forbids: deniedBy,
    lets: (rule) => oneOrMore(at(rule, "allow")).map((each) => textOf(at(each, "protocol"))),
    within: (tree) => textAt(tree, "network"),
  },
];

const kindOf = ({ type }: { readonly type: string }) => NUMBERED.find(({ types }) => types.test(type));

function numberOf(rule: Tree, [names, usual]: Numbered["number"]): number {
  const [found] = names.split(" ").flatMap((name) => at(rule, name) ?? []);
  return found === undefined ? usual : Number(literalOf(found) ?? Number.NaN);
}

/** What leads out, or hangs on a condition, overrules nothing for sure. */
function isCertain(rule: Tree): boolean {
  const isOut = /^(?:true|egress|outbound)$/i.test(textAt(rule, "egress Egress direction"));
  return !isOut && at(rule, "count") === undefined && at(rule, "for_each") === undefined;
}

const INWARDS = new Set(["ingress", "security_rule"]);

/** The rules of a resource: its blocks, or itself. */
function rulesIn(tree: Tree): readonly Tree[] {
  const blocks = entriesOf(tree)
    .filter(({ key }) => INWARDS.has(key))
    .flatMap(({ value }) => oneOrMore(value));
  return isCertain(tree) ? [at(tree, "Properties") ?? tree, ...blocks].filter(isCertain) : [];
}

/** The lowest number that forbids all of a protocol, by the protocol. */
type Lowest = Map<string, number>;

function addTo(lowest: Lowest, tree: Tree, kind: Numbered): Lowest {
  for (const rule of rulesIn(tree))
    for (const protocol of kind.forbids(rule)) {
      const [number, known] = [numberOf(rule, kind.number), lowest.get(protocol)];
      if (number < (known ?? Number.POSITIVE_INFINITY)) lowest.set(protocol, number);
    }
  return lowest;
}

const own = new WeakMap<Tree, Lowest>();
const beside = new WeakMap<Parts, Map<string, Lowest>>();

function besideIn(all: Parts): Map<string, Lowest> {
  const found = new Map<string, Lowest>();
  for (const part of all.declared) {
    const kind = kindOf(part);
    if (kind === undefined) continue;
    const place = keyOf(part.scope, kind.within(part.tree, part));
    found.set(place, addTo(found.get(place) ?? new Map(), part.tree, kind));
  }
  return found;
}

/** Whether a rule that lets in is never reached, because one of a lower number forbids all of it. */
export function isOverruled(rule: Tree, tree: Tree, part: ChangedPart, all: Parts): boolean {
  const kind = kindOf(part);
  if (kind === undefined) return false;
  const number = numberOf(rule, kind.number);
  const within = own.get(tree) ?? addTo(new Map(), tree, kind);
  own.set(tree, within);
  const places = beside.get(all) ?? besideIn(all);
  beside.set(all, places);
  const around = tree === part.after ? places.get(keyOf(part.scope, kind.within(tree, part))) : undefined;
  const isForbidden = (protocol: string) =>
    [within, around].some((lowest) =>
      [protocol, "all"].some((each) => (lowest?.get(each) ?? number) < number),
    );
  const ways = kind.lets(rule);
  return ways.length > 0 && ways.every(isForbidden);
}

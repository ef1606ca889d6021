import { ownersOf } from "../../reading/belongs.ts";
import type { ChangedPart, DeclaredPart } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import { at, entriesOf, isTrue, literalOf, oneOrMore, type Tree, textOf } from "../../reading/tree.ts";

/** Rules that are tried by their number, the lowest first, as the providers document it. */
interface Numbered {
  /** Resources that hold such rules as blocks, or that are one each. */
  readonly types: RegExp;
  /** What names the number, and the number of a rule that says none. */
  readonly number: readonly [names: string, usual: number];
  /** Whether it forbids everything that another lets in. */
  readonly forbids: (rule: Tree, other: Tree) => boolean;
  /** What its numbers are compared within. */
  readonly within: (tree: Tree, part: { readonly type: string; readonly name: string }) => string;
}

const EVERYTHING = /^(?:\*|-1|all|any|0|0-65535|)$/i;
const EVERY_ADDRESS = /^(?:\*|any|internet|0\.0\.0\.0\/0)$/i;

const textAt = (rule: Tree, names: string) => {
  const [found] = names.split(" ").flatMap((name) => at(rule, name) ?? []);
  return textOf(found);
};

/** From every address, by whatever protocol and port. */
const forbidsAll = (from: string, about: string) => (rule: Tree) =>
  /^deny$/i.test(textAt(rule, "action rule_action RuleAction access")) &&
  EVERY_ADDRESS.test(textAt(rule, from)) &&
  about.split(" ").every((name) => EVERYTHING.test(textAt(rule, name)));

const ownerOf: Numbered["within"] = (tree, part) => ownersOf(tree, part).join();

/** Whether a firewall rule of Google denies what another allows to whatever machine. */
function deniesThere(rule: Tree, other: Tree): boolean {
  const denied = oneOrMore(at(rule, "deny"));
  const isForSome = ["target_tags", "target_service_accounts", "source_tags", "source_service_accounts"].some(
    (name) => at(rule, name) !== undefined,
  );
  if (denied.length === 0 || isForSome || isTrue(at(rule, "disabled"))) return false;
  if (!oneOrMore(at(rule, "source_ranges")).some((each) => EVERY_ADDRESS.test(textOf(each)))) return false;
  return oneOrMore(at(other, "allow")).every((allowed) =>
    denied.some(
      (each) =>
        at(each, "ports") === undefined &&
        ["all", textOf(at(allowed, "protocol"))].includes(textOf(at(each, "protocol"))),
    ),
  );
}

const NUMBERED: readonly Numbered[] = [
  {
    types: /^(?:aws_(?:default_)?network_acl(?:_rule)?|AWS::EC2::NetworkAclEntry)$/,
    number: ["rule_no rule_number RuleNumber", Number.NaN],
    forbids: forbidsAll("cidr_block CidrBlock", "protocol Protocol"),
    within: ownerOf,
  },
  {
    types: /^azurerm_network_security_(?:group|rule)$/,
    number: ["priority", Number.NaN],
    forbids: forbidsAll(
      "source_address_prefix",
      "protocol source_port_range destination_port_range destination_address_prefix",
    ),
    within: ownerOf,
  },
  {
    types: /^google_compute_firewall$/,
    number: ["priority", 1000],
    forbids: deniesThere,
    within: (tree) => textAt(tree, "network"),
  },
];

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

/** Whether a rule that lets in is never reached, because one of a lower number forbids all of it. */
export function isOverruled(rule: Tree, tree: Tree, part: ChangedPart, { declared }: Parts): boolean {
  const kind = NUMBERED.find(({ types }) => types.test(part.type));
  if (kind === undefined) return false;
  const number = numberOf(rule, kind.number);
  const isFirst = (other: Tree) => numberOf(other, kind.number) < number && kind.forbids(other, rule);
  const place = kind.within(tree, part);
  const isBeside = (other: DeclaredPart) =>
    other.scope === part.scope && kind.types.test(other.type) && kind.within(other.tree, other) === place;
  if (rulesIn(tree).some(isFirst)) return true;
  return tree === part.after && declared.some((other) => isBeside(other) && rulesIn(other.tree).some(isFirst));
}

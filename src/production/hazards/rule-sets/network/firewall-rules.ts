import type { ChangedPart } from "../../reading/part.ts";
import type { Parts } from "../../reading/parts.ts";
import {
  at,
  fingerprint,
  isFalse,
  isTrue,
  literalOf,
  oneOrMore,
  placesIn,
  type Tree,
  textOf,
} from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

/** Where the rules of a firewall stand, and how they say what they stop. */
interface Firewall {
  readonly types: RegExp;
  /** Blocks or entries; none where the resource is one rule. */
  readonly rules: readonly string[];
  readonly name: string;
  /** What a rule is about: the same in one of another name or number. */
  readonly about: readonly string[];
  readonly stops: (rule: Tree) => boolean;
}

const has = (rule: Tree, ...paths: readonly string[]) =>
  paths.some((path) => at(rule, ...path.split(".")) !== undefined);
const acts = (names: string, words: RegExp) => (rule: Tree) =>
  names.split(" ").some((name) => words.test(textOf(at(rule, ...name.split(".")))));
const isOn = (rule: Tree) =>
  !isFalse(at(rule, "enabled")) && !isTrue(at(rule, "preview")) && !isTrue(at(rule, "paused"));

const DENIES = acts("action", /^(?:deny|throttle|rate_based_ban|redirect)/);
const BLOCKS = acts("action mode", /^(?:block|challenge|js_?challenge|managed_challenge|captcha|redirect)$/i);

const FIREWALLS: readonly Firewall[] = [
  {
    types: /^aws_wafv2_(?:web_acl|rule_group)$/,
    rules: ["rule"],
    name: "name",
    about: ["statement"],
    stops: (rule) => has(rule, "action.block", "action.captcha", "action.challenge", "override_action.none"),
  },
  {
    types: /^AWS::WAFv2::(?:WebACL|RuleGroup)$/,
    rules: ["Properties.Rules"],
    name: "Name",
    about: ["Statement"],
    stops: (rule) => has(rule, "Action.Block", "Action.Captcha", "Action.Challenge", "OverrideAction.None"),
  },
  {
    types: /^aws_waf(?:regional)?_web_acl$/,
    rules: ["rules", "rule"],
    name: "rule_id",
    about: ["rule_id"],
    stops: acts("action.type", /^BLOCK$/),
  },
  {
    types: /^google_compute_(?:region_)?security_policy$/,
    rules: ["rule", "rules"],
    name: "priority",
    about: ["match"],
    stops: (rule) => DENIES(rule) && isOn(rule),
  },
  {
    types: /^google_compute_(?:region_)?security_policy_rule$/,
    rules: [],
    name: "priority",
    about: ["match"],
    stops: (rule) => DENIES(rule) && isOn(rule),
  },
  {
    types: /^cloudflare_ruleset$/,
    rules: ["rules"],
    name: "description",
    about: ["expression"],
    stops: (rule) => BLOCKS(rule) && isOn(rule),
  },
  {
    types: /^cloudflare_(?:firewall_rule|access_rule|rate_limit)$/,
    rules: [],
    name: "description",
    about: ["filter_id", "configuration", "match"],
    stops: (rule) =>
      acts("action mode action.mode", /^(?:block|ban|challenge|js_challenge|managed_challenge)$/)(rule) &&
      isOn(rule),
  },
  {
    types: /^azurerm_(?:web_application|frontdoor|cdn_frontdoor)_firewall_policy$/,
    rules: ["custom_rules", "custom_rule"],
    name: "name",
    about: ["match_conditions", "match_condition"],
    stops: (rule) => BLOCKS(rule) && isOn(rule),
  },
  {
    types: /^aws_networkfirewall_rule_group$/,
    rules: ["rule_group.rules_source.stateful_rule"],
    name: "header",
    about: ["header", "rule_option"],
    stops: acts("action", /^(?:DROP|REJECT)$/),
  },
  {
    types: /^aws_(?:default_)?network_acl$/,
    rules: ["ingress"],
    name: "rule_no",
    about: ["protocol", "from_port", "to_port", "cidr_block", "ipv6_cidr_block"],
    stops: acts("action", /^deny$/i),
  },
  {
    types: /^azurerm_network_security_group$/,
    rules: ["security_rule"],
    name: "name",
    about: [
      "protocol",
      "direction",
      "destination_port_range",
      "source_address_prefix",
      "source_address_prefixes",
    ],
    stops: (rule) => acts("access", /^Deny$/i)(rule) && acts("direction", /^Inbound$/i)(rule),
  },
];

interface Stopping {
  readonly name: string;
  readonly about: string;
  readonly line: number;
  readonly rule: Tree;
}

function rulesIn(tree: Tree | undefined, { rules }: Firewall): readonly Tree[] {
  if (tree === undefined) return [];
  if (rules.length === 0) return [tree];
  return rules.flatMap((path) => {
    const keys = path.split(".");
    const key = keys.pop() ?? "";
    const holder = keys.length === 0 ? tree : at(tree, ...keys);
    if (holder?.kind !== "map") return [];
    return holder.entries.filter((entry) => entry.key === key).flatMap(({ value }) => oneOrMore(value));
  });
}

function stoppingIn(tree: Tree | undefined, firewall: Firewall): readonly Stopping[] {
  return rulesIn(tree, firewall)
    .filter((rule) => firewall.stops(rule))
    .map((rule) => ({
      name: textOf(at(rule, firewall.name)),
      about: firewall.about.map((key) => fingerprint(at(rule, key))).join(" "),
      line: rule.line,
      rule,
    }));
}

const LIMIT =
  /(?:^|\.)(?:rate_based_statement\.limit|RateBasedStatement\.Limit|rate_limit_threshold(?:\.count)?|ratelimit\.requests_per_period|threshold)$/;

/** How many requests it takes until a rule stops them. */
function limitOf(rule: Tree): number | undefined {
  const limit = placesIn(rule).find(
    ({ path, value }) => value.kind === "scalar" && LIMIT.test(path.join(".")),
  );
  const number = literalOf(limit?.value);
  return typeof number === "number" ? number : undefined;
}

/** Whether a rule of Amazon looks at a part of the requests only. */
function hasScope(rule: Tree): boolean {
  return placesIn(rule).some(({ key }) => key === "scope_down_statement" || key === "ScopeDownStatement");
}

const firewallOf = ({ type }: { readonly type: string }) => FIREWALLS.find(({ types }) => types.test(type));

const known = new WeakMap<Parts, ReadonlySet<string>>();

/** What the rules of all changed firewalls stop after the change: one may have moved to another. */
function stoppedAnywhere(all: Parts): ReadonlySet<string> {
  const found =
    known.get(all) ??
    new Set(
      all.changed.flatMap((part) => {
        const firewall = firewallOf(part);
        return firewall === undefined ? [] : stoppingIn(part.after, firewall).map(({ about }) => about);
      }),
    );
  known.set(all, found);
  return found;
}

interface Weakened {
  readonly line: number;
  readonly side: "before" | "after";
  readonly why: string;
}

function stopsByDefault(tree: Tree): boolean {
  return (
    at(tree, "default_action", "block") !== undefined || at(tree, "DefaultAction", "Block") !== undefined
  );
}

function* weakenedIn(part: ChangedPart, all: Parts): Generator<Weakened> {
  const firewall = firewallOf(part);
  if (firewall === undefined || part.before === undefined || part.after === undefined) return;
  // What no rule lets through is stopped now, whatever the rules that stop say.
  if (stopsByDefault(part.after) && !stopsByDefault(part.before)) return;
  const now = stoppingIn(part.after, firewall);
  const byName = new Map(now.map((each) => [each.name, each]));
  const staying = new Map(
    rulesIn(part.after, firewall).map((rule) => [textOf(at(rule, firewall.name)), rule]),
  );
  for (const { name, about, line, rule } of stoppingIn(part.before, firewall)) {
    const one =
      name === "" || firewall.rules.length === 0 ? shown(part.name) : `${shown(name)} of ${shown(part.name)}`;
    const same = byName.get(name);
    const [was, is] = [limitOf(rule), same === undefined ? undefined : limitOf(same.rule)];
    if (same !== undefined && was !== undefined && is !== undefined && is > was)
      yield {
        line: same.line,
        side: "after",
        why: `lets ${is} requests past ${one} where ${was} were let past`,
      };
    if (same !== undefined && hasScope(same.rule) && !hasScope(rule))
      yield { line: same.line, side: "after", why: `lets what is outside of its new scope past ${one}` };
    if (same !== undefined || stoppedAnywhere(all).has(about)) continue;
    const left = firewall.rules.length === 0 ? part.after : staying.get(name);
    if (left !== undefined)
      yield {
        line: left.line,
        side: "after",
        why: `changes ${one} so that it no longer stops what it stopped`,
      };
    else yield { line, side: "before", why: `drops ${one}: what the rule stopped gets through` };
  }
}

/** Lists of addresses that are kept out, by their names. */
const KEPT_OUT = /block|deny|denied|black|bad|ban|abus|malicious|threat/i;

/** A list of addresses to keep out that has none any more. */
function* emptiedIn({ type, name, before, after }: ChangedPart): Generator<Weakened> {
  if (!/^aws_waf(?:v2|regional)?_ip_?set$/.test(type) || !KEPT_OUT.test(name)) return;
  const [was, is] = [before, after].map((tree) => at(tree, "addresses") ?? at(tree, "ip_set_descriptors"));
  if (was === undefined || after === undefined || oneOrMore(was).length === 0) return;
  if (is !== undefined && (is.kind !== "list" || is.items.length > 0)) return;
  yield {
    line: (is ?? after).line,
    side: "after",
    why: `empties ${shown(name)}: the addresses that it kept out get in`,
  };
}

const acl = (name: string, action = "block {}", limit = 1000) =>
  `resource "aws_wafv2_web_acl" "a" {\n  rule {\n    name = "${name}"\n    action {\n      ${action}\n    }\n    statement {\n      rate_based_statement {\n        limit = ${limit}\n      }\n    }\n  }\n  rule {\n    name = "other"\n    action {\n      block {}\n    }\n  }\n}\n`;
const armor = (action: string, preview = "") =>
  `resource "google_compute_security_policy" "a" {\n  rule {\n    action = "${action}"\n    priority = 10\n${preview}  }\n}\n`;
const addresses = (text: string) => `resource "aws_wafv2_ip_set" "blocked" {\n  addresses = [${text}]\n}\n`;

export const FIREWALL_RULE_WEAKENED: Rule = {
  id: "network/firewall-rule-weakened",
  kind: "widening",
  asks: "block",
  when: "one rule of a firewall goes, lets through, only counts, or stops later; or a list of addresses to keep out is emptied",
  parts: {
    of: ["terraform", "cloudformation"],
    *find(part, all) {
      const found = { what: shown(part.name), file: part.file };
      for (const each of weakenedIn(part, all)) yield { ...found, ...each };
      for (const each of emptiedIn(part)) yield { ...found, ...each };
    },
  },
  reports: [
    [
      "drops `rate` of `aws_wafv2_web_acl.a`: what the rule stopped gets through",
      changed(
        "waf.tf",
        acl("rate"),
        'resource "aws_wafv2_web_acl" "a" {\n  rule {\n    name = "other"\n    action {\n      block {}\n    }\n  }\n}\n',
      ),
    ],
    [
      "changes `rate` of `aws_wafv2_web_acl.a` so that it no longer stops what it stopped",
      changed("waf.tf", acl("rate"), acl("rate", "count {}")),
    ],
    [
      "lets 2000000 requests past `rate` of `aws_wafv2_web_acl.a` where 1000 were let past",
      changed("waf.tf", acl("rate"), acl("rate", "block {}", 2_000_000)),
    ],
    [
      "changes `10` of `google_compute_security_policy.a` so that it no longer stops what it stopped",
      changed("armor.tf", armor("deny(403)"), armor("allow")),
    ],
    [
      "changes `10` of `google_compute_security_policy.a` so that it no longer stops what it stopped",
      changed("armor.tf", armor("deny(403)"), armor("deny(403)", "    preview = true\n")),
    ],
    [
      "lets what is outside of its new scope past `rate` of `aws_wafv2_web_acl.a`",
      changed(
        "waf.tf",
        acl("rate"),
        acl("rate").replace("limit = 1000\n", "limit = 1000\n        scope_down_statement {\n        }\n"),
      ),
    ],
    [
      "empties `aws_wafv2_ip_set.blocked`: the addresses that it kept out get in",
      changed("waf.tf", addresses('"192.0.2.1/32"'), addresses("")),
    ],
  ],
  ignores: [
    [
      "what no rule lets through is stopped now",
      changed(
        "waf.tf",
        acl("rate").replace('"a" {', '"a" {\n  default_action {\n    allow {}\n  }'),
        'resource "aws_wafv2_web_acl" "a" {\n  default_action {\n    block {}\n  }\n  rule {\n    name = "known"\n    action {\n      allow {}\n    }\n  }\n}\n',
      ),
    ],
    ["it gets another name", changed("waf.tf", acl("rate"), acl("rate-limit"))],
    ["it stops sooner", changed("waf.tf", acl("rate"), acl("rate", "block {}", 100))],
    ["it only counted", changed("waf.tf", acl("rate", "count {}"), acl("rate", "allow {}"))],
    ["another answer", changed("armor.tf", armor("deny(403)"), armor("deny(404)"))],
    [
      "an address that is let in again",
      changed("waf.tf", addresses('"192.0.2.1/32", "192.0.2.2/32"'), addresses('"192.0.2.1/32"')),
    ],
  ],
};

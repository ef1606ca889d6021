import { traitRule } from "../builders.ts";
import { opensInternet, rangeOpensInternet } from "../reading/addresses.ts";
import { ownersOf } from "../reading/belongs.ts";
import type { ChangedPart } from "../reading/part.ts";
import {
  at,
  isFalse,
  isTrue,
  type Mapping,
  oneOrMore,
  placesIn,
  type Tree,
  textOf,
} from "../reading/tree.ts";
import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";
import { FIREWALL_RULE_WEAKENED } from "./network/firewall-rules.ts";
import { GUARD_REMOVED } from "./network/guards-removed.ts";
import { isOverruled } from "./network/overruled.ts";
import { isDelicate, isWithinPorts, portsOf, protocolOf, subjectOf, word } from "./network/ports.ts";

const AZURE_ANYWHERE = new Set(["*", "Internet", "Any"]);
/** Words of the cloud providers and of OpenStack for every address. */
const ANYWHERE = new Set(["0.0.0.0/0", "::/0", "ANYWHERE"]);
const OUTWARDS =
  /egress|outbound|destination|route|nat_|_nat|no_?proxy|exclude|allow_internet|deny|blocklist|blacklist|(?:^|\.)except(?:\.|$)/i;
const NOT_RULES = new Set(["locals", "output", "provider", "check", "terraform"]);
/** Conditions of access policies and settings that have rules of their own. */
const NOT_FIREWALLS =
  /(?:^|\.)(?:condition|Condition|values|public_access_cidrs|PublicAccessCidrs|master_authorized_networks_config)(?:\.|$)/;

/** ICMP has no ports: by it, one is asked whether one is there. */
const PINGS = /^(?:icmp|icmpv6|icmp6|1|58)$/;

/** Whether the entry lets in: not when it, or what holds it, speaks of the way out or forbids. */
function letsIn(path: readonly string[], within: Mapping, { type, name }: ChangedPart): boolean {
  const place = path.join(".");
  if (OUTWARDS.test(place) || NOT_FIREWALLS.test(place) || OUTWARDS.test(type) || NOT_RULES.has(type))
    return false;
  if (type === "variable" && OUTWARDS.test(name)) return false;
  // A firewall of Google that only denies.
  if (at(within, "deny") !== undefined && at(within, "allow") === undefined) return false;
  if (PINGS.test(protocolOf(within))) return false;
  if (word(within, "type") === "egress" || word(within, "egress") === "true") return false;
  if (["direction", "traffic_type"].some((key) => /^(?:egress|outbound)$/.test(word(within, key))))
    return false;
  if (word(within, "endpoint_public_access") === "false" || word(within, "disabled") === "true") return false;
  return !["access", "action", "rule_action", "policy"].some((key) =>
    /^(?:deny|block|drop|reject)$/.test(word(within, key)),
  );
}

/** A list of addresses says nothing of a control plane or a database that has none that is public. */
function isPrivate(tree: Tree, path: readonly string[]): boolean {
  if (
    !/(?:^|\.)(?:(?:api_server_)?authorized_(?:ip_ranges|networks)|public_access_cidrs)(?:\.|$)/.test(
      path.join("."),
    )
  )
    return false;
  return (
    isTrue(at(tree, "private_cluster_enabled")) ||
    isFalse(at(tree, "settings", "ip_configuration", "ipv4_enabled"))
  );
}

function openTo(value: Tree, azure: boolean): string | undefined {
  const texts = oneOrMore(value)
    .filter(({ kind }) => kind === "scalar")
    .map(textOf);
  const one = texts.find((text) => ANYWHERE.has(text) || (azure && AZURE_ANYWHERE.has(text)));
  if (one !== undefined) return one;
  return opensInternet(texts) ? texts.join(", ") : undefined;
}

/** A range of addresses by its two ends, as Azure writes it. */
function rangeTo(within: Mapping, key: string): string | undefined {
  if (!/^start_ip(?:_address)?$|^startIpAddress$/.test(key)) return undefined;
  const end = at(within, key.replace("start", "end"));
  const [from, to] = [textOf(at(within, key)), textOf(end)];
  if (from === "0.0.0.0" && to === "0.0.0.0") return "every customer of Azure";
  return rangeOpensInternet(from, to) ? `${from} to ${to}` : undefined;
}

const ingress = (cidr: string) =>
  `resource "aws_security_group" "web" {\n  ingress {\n    from_port = 22\n    to_port = 22\n    cidr_blocks = ["${cidr}"]\n  }\n}\n`;

const google = (port: string) =>
  `resource "google_compute_firewall" "a" {\n  source_ranges = ["0.0.0.0/0"]\n  allow {\n    protocol = "tcp"\n    ports = ["${port}"]\n  }\n}\n`;
const acl = (number: number, protocol = "-1") =>
  `resource "aws_network_acl" "a" {\n  ingress {\n    rule_no = ${number}\n    action = "deny"\n    protocol = "${protocol}"\n    cidr_block = "0.0.0.0/0"\n  }\n}\n`;
const entry = (number: number) =>
  `resource "aws_network_acl_rule" "in" {\n  network_acl_id = aws_network_acl.a.id\n  rule_number = ${number}\n  rule_action = "allow"\n  protocol = "-1"\n  from_port = 0\n  to_port = 0\n  cidr_block = "0.0.0.0/0"\n}\n`;

/** What goes out, by the name that a line begins with; nothing but brackets stands between it and the match. */
const LEADS_OUT = /^[^\w-]*[\w-]{0,60}?(?:egress|route|destination)[\w-]{0,60}[\s"':={[(]*$/i;

const OPEN_INGRESS: Rule = traitRule({
  id: "network/open-to-all",
  kind: "widening",
  asks: "block",
  when: "a security group, a firewall or a list of allowed addresses lets the whole internet in (`0.0.0.0/0`, `::/0`)",
  of: ["terraform", "terraform-values", "cloudformation", "kubernetes", "helm-values"],
  traits: (tree, part, all) =>
    [...placesIn(tree)].flatMap(({ path, key, line, value, within }) => {
      const azure = /^source_?address_?prefix(?:es)?$/i.test(key);
      const open = openTo(value, azure) ?? rangeTo(within, key);
      if (open === undefined || !letsIn(path, within, part) || isPrivate(tree, path)) return [];
      if (isOverruled(within, tree, part, all)) return [];
      const ports = portsOf(within);
      const whom = open.startsWith("every ") ? open : `the whole internet (${shown(open)})`;
      const why = `opens ${ports === "" ? "" : `${ports} of `}${shown(part.name)} to ${whom}`;
      const subject = subjectOf({ ports, open, protocol: protocolOf(within), owners: ownersOf(tree, part) });
      return [{ key: isDelicate(ports) ? ports : "other", line, what: shown(part.name), why, subject }];
    }),
  isWithin: isWithinPorts,
  lines: [
    {
      side: "after",
      pattern:
        /(?:cidr|source|allow|whitelist|ingress)[\w-]{0,60}"?\s*[:=](?:(?!cidr|source|allow|whitelist|ingress).)*?(0\.0\.0\.0\/0|::\/0)/i,
      where: ({ input, index }) => !LEADS_OUT.test(input.slice(0, index)),
      why: ([, open = ""]) => `opens it to the whole internet (${shown(open)})`,
    },
  ],
  reports: [
    [
      "opens port `22` of `aws_security_group.web` to the whole internet (`0.0.0.0/0`)",
      changed(
        "sg.tf",
        ingress("0.0.0.0/0").replace("from_port = 22\n    to_port = 22", "from_port = 80\n    to_port = 443"),
        ingress("0.0.0.0/0"),
      ),
    ],
    [
      "opens port `22` of `google_compute_firewall.a` to the whole internet (`0.0.0.0/0`)",
      changed("fw.tf", google("443"), google("22")),
    ],
    [
      "opens every port of `aws_network_acl_rule.in` to the whole internet (`0.0.0.0/0`)",
      changed("acl.tf", acl(90), `${acl(90)}${entry(80)}`),
    ],
    [
      "opens every port of `aws_network_acl_rule.in` to the whole internet (`0.0.0.0/0`)",
      changed("acl.tf", acl(90, "tcp"), `${acl(90, "tcp")}${entry(100)}`),
    ],
    [
      "opens every port of `aws_network_acl_rule.in` to the whole internet (`0.0.0.0/0`)",
      added("acl.tf", `${acl(90).replace("{\n", "{\n  count = 0\n")}${entry(100)}`),
    ],
    [
      "opens `google_compute_firewall.a` to the whole internet (`0.0.0.0/0`)",
      added(
        "fw.tf",
        'resource "google_compute_firewall" "a" {\n  deny {\n    protocol = "udp"\n  }\n  allow {\n    protocol = "tcp"\n  }\n  source_ranges = ["0.0.0.0/0"]\n}\n',
      ),
    ],
    [
      "opens port `22` of `aws_security_group.web` to the whole internet (`0.0.0.0/0`)",
      changed("sg.tf", ingress("10.0.0.0/8"), ingress("0.0.0.0/0")),
    ],
    [
      "opens port `22` of `aws_security_group.web` to the whole internet (`0.0.0.0/1, 128.0.0.0/1`)",
      changed("sg.tf", ingress("10.0.0.0/8"), ingress('0.0.0.0/1", "128.0.0.0/1')),
    ],
    [
      "opens `azurerm_mssql_firewall_rule.a` to the whole internet (`0.0.0.0 to 255.255.255.255`)",
      added(
        "db.tf",
        'resource "azurerm_mssql_firewall_rule" "a" {\n  start_ip_address = "0.0.0.0"\n  end_ip_address = "255.255.255.255"\n}\n',
      ),
    ],
    [
      "opens port `22` of `aws_security_group.web` to the whole internet (`0.0.0.0/0`)",
      changed(
        "sg.tf",
        'locals {\n  office = ["10.0.0.0/8"]\n}\nresource "aws_security_group" "web" {\n  ingress {\n    from_port = 22\n    to_port = 22\n    cidr_blocks = local.office\n  }\n}\n',
        'locals {\n  office = ["0.0.0.0/0"]\n}\nresource "aws_security_group" "web" {\n  ingress {\n    from_port = 22\n    to_port = 22\n    cidr_blocks = local.office\n  }\n}\n',
      ),
    ],
    [
      "opens `google_compute_firewall.ssh` to the whole internet (`0.0.0.0/0`)",
      added("fw.tf", 'resource "google_compute_firewall" "ssh" {\n  source_ranges = ["0.0.0.0/0"]\n}\n'),
    ],
    [
      "opens port `22` of `azurerm_network_security_rule.ssh` to the whole internet (`*`)",
      added(
        "nsg.tf",
        'resource "azurerm_network_security_rule" "ssh" {\n  direction = "Inbound"\n  access = "Allow"\n  destination_port_range = "22"\n  source_address_prefix = "*"\n}\n',
      ),
    ],
    [
      "opens port `5432` of `Database` to the whole internet (`::/0`)",
      added(
        "sg.yaml",
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Database:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      SecurityGroupIngress:\n        - FromPort: 5432\n          ToPort: 5432\n          CidrIpv6: '::/0'\n",
      ),
    ],
  ],
  ignores: [
    [
      "fewer ports of those that were open",
      changed(
        "sg.tf",
        ingress("0.0.0.0/0").replace(
          "from_port = 22\n    to_port = 22",
          "from_port = 0\n    to_port = 65535",
        ),
        ingress("0.0.0.0/0"),
      ),
    ],
    [
      "a database without a public address",
      added(
        "db.tf",
        'resource "google_sql_database_instance" "a" {\n  settings {\n    ip_configuration {\n      ipv4_enabled = false\n      authorized_networks {\n        value = "0.0.0.0/0"\n      }\n    }\n  }\n}\n',
      ),
    ],
    [
      "a block of a group becomes a rule of its own",
      changed(
        "sg.tf",
        ingress("0.0.0.0/0"),
        'resource "aws_security_group" "web" {\n}\nresource "aws_vpc_security_group_ingress_rule" "ssh" {\n  security_group_id = aws_security_group.web.id\n  from_port = 22\n  to_port = 22\n  cidr_ipv4 = "0.0.0.0/0"\n}\n',
      ),
    ],
    ["a rule of a lower number forbids all", changed("acl.tf", acl(90), `${acl(90)}${entry(100)}`)],
    [
      "a firewall that is asked before it denies the same",
      added(
        "fw.tf",
        'resource "google_compute_firewall" "no" {\n  priority = 1\n  source_ranges = ["0.0.0.0/0"]\n  deny {\n    protocol = "tcp"\n  }\n}\nresource "google_compute_firewall" "ssh" {\n  source_ranges = ["0.0.0.0/0"]\n  allow {\n    protocol = "tcp"\n    ports = ["22"]\n  }\n}\n',
      ),
    ],
    [
      "the same port is open by another block",
      changed(
        "sg.tf",
        ingress("0.0.0.0/0"),
        'resource "aws_security_group" "web" {\n  ingress {\n    from_port = 22\n    to_port = 22\n    cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]\n  }\n}\n',
      ),
    ],
    [
      "the way out",
      added(
        "sg.tf",
        'resource "aws_security_group" "web" {\n  egress {\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\nresource "aws_security_group_rule" "out" {\n  type = "egress"\n  cidr_blocks = ["0.0.0.0/0"]\n}\n',
      ),
    ],
    [
      "a route to the internet",
      added("rt.tf", 'resource "aws_route" "out" {\n  destination_cidr_block = "0.0.0.0/0"\n}\n'),
    ],
    [
      "whoever asks whether it is there",
      changed(
        "sg.tf",
        'resource "aws_security_group" "web" {\n}\n',
        'resource "aws_security_group" "web" {\n  ingress {\n    from_port = 128\n    to_port = -1\n    protocol = "icmpv6"\n    ipv6_cidr_blocks = ["::/0"]\n  }\n}\n',
      ),
    ],
    ["another port of the web", changed("fw.tf", google("443"), google("8443"))],
    ["a small block", changed("sg.tf", ingress("10.0.0.0/8"), ingress("10.2.0.0/23"))],
    [
      "a rule that denies",
      added(
        "acl.yaml",
        "Resources:\n  A:\n    Type: AWS::EC2::NetworkAclEntry\n    Properties:\n      RuleAction: deny\n      CidrBlock: 0.0.0.0/0\n",
      ),
    ],
    [
      "a firewall that only denies",
      added(
        "fw.tf",
        'resource "google_compute_firewall" "a" {\n  deny {\n    protocol = "all"\n  }\n  source_ranges = ["0.0.0.0/0"]\n}\n',
      ),
    ],
    ["it was open before", changed("sg.tf", ingress("0.0.0.0/0"), `${ingress("0.0.0.0/0")}# web\n`)],
  ],
});

const FIREWALL_DOWN: Rule = {
  id: "network/firewall-down",
  kind: "widening",
  asks: "block",
  when: "a script or playbook empties or stops a firewall, or opens a security group to the internet",
  lines: [
    {
      side: "after",
      pattern:
        /\b(?:iptables\s+(?:-F|--flush|-P\s+INPUT\s+ACCEPT)|ufw\s+(?:--force\s+)?disable|systemctl\s+(?:stop|disable)\s+(?:--now\s+)?(?:firewalld|ufw|nftables)|nft\s+flush\s+ruleset|setenforce\s+0)/,
      why: ([command = ""]) => `runs ${shown(command)}: the machine stands without its protection`,
    },
    {
      side: "after",
      pattern:
        /authorize-security-group-ingress\b.*(?:0\.0\.0\.0\/0|::\/0)|firewall-rules\s+(?:create|update)\b.*--source-ranges[= ]"?(?:0\.0\.0\.0\/0|::\/0)/,
      what: () => "a firewall rule",
      why: () => "opens a firewall to the whole internet",
    },
  ],
  reports: [
    ["runs `ufw disable`: the machine stands without its protection", added("setup.sh", "ufw disable\n")],
    [
      "opens a firewall to the whole internet",
      added("open.sh", "aws ec2 authorize-security-group-ingress --group-id g --port 22 --cidr 0.0.0.0/0\n"),
    ],
  ],
  ignores: [
    ["it is started", added("setup.sh", "ufw enable\n")],
    ["a comment", added("setup.sh", "# ufw disable\n")],
  ],
};

export const NETWORK: RuleSet = {
  name: "network",
  title: "Networks and firewalls",
  reads: ({ isLive }) => isLive,
  rules: [OPEN_INGRESS, FIREWALL_RULE_WEAKENED, GUARD_REMOVED, FIREWALL_DOWN],
};

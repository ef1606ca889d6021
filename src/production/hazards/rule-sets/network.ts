import { traitRule } from "../builders.ts";
import type { ChangedPart } from "../reading/part.ts";
import { at, type Mapping, oneOrMore, placesIn, type Tree, textOf } from "../reading/tree.ts";
import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

const ANYWHERE = new Set(["0.0.0.0/0", "::/0"]);
const AZURE_ANYWHERE = new Set(["*", "Internet", "Any"]);
const OUTWARDS =
  /egress|outbound|destination|route|nat_|_nat|no_?proxy|exclude|allow_internet|deny|blocklist|blacklist/i;
const NOT_RULES = new Set(["locals", "output", "provider", "check", "terraform"]);

/** Whether the entry lets in: not when it, or what holds it, speaks of the way out or forbids. */
function letsIn(path: readonly string[], within: Mapping, { type, name }: ChangedPart): boolean {
  const word = (key: string) => textOf(at(within, key)).toLowerCase();
  if (OUTWARDS.test(path.join(".")) || OUTWARDS.test(type) || NOT_RULES.has(type)) return false;
  if (type === "variable" && OUTWARDS.test(name)) return false;
  if (
    word("type") === "egress" ||
    word("egress") === "true" ||
    /^(?:egress|outbound)$/.test(word("direction"))
  )
    return false;
  return ![word("access"), word("action"), word("rule_action"), word("policy")].some((each) =>
    /^(?:deny|block|drop)$/.test(each),
  );
}

function portsOf(within: Mapping): string {
  const [from, to] = ["from_port", "to_port"].map((key) => textOf(at(within, key) ?? at(within, camel(key))));
  const single = textOf(at(within, "destination_port_range") ?? at(within, "port"));
  if (from === undefined || from === "")
    return single === "" || single === "*" ? "" : `port ${shown(single)}`;
  if (from === "0" && (to === "0" || to === "65535")) return "every port";
  return from === to || to === "" ? `port ${shown(from)}` : `ports ${shown(`${from}-${to}`)}`;
}

function camel(key: string): string {
  return key.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function openTo(value: Tree, azure: boolean): string | undefined {
  return oneOrMore(value)
    .map(textOf)
    .find((text) => ANYWHERE.has(text) || (azure && AZURE_ANYWHERE.has(text)));
}

const ingress = (cidr: string) =>
  `resource "aws_security_group" "web" {\n  ingress {\n    from_port = 22\n    to_port = 22\n    cidr_blocks = ["${cidr}"]\n  }\n}\n`;

const OPEN_INGRESS: Rule = traitRule({
  id: "network/open-to-all",
  kind: "widening",
  asks: "block",
  when: "a security group, a firewall or a list of allowed addresses lets the whole internet in (`0.0.0.0/0`, `::/0`)",
  of: ["terraform", "terraform-values", "cloudformation", "kubernetes", "helm-values"],
  traits: (tree, part) =>
    [...placesIn(tree)].flatMap(({ path, key, line, value, within }) => {
      const azure = /^source_address_prefix(?:es)?$/.test(key);
      const open = openTo(value, azure);
      if (open === undefined || !letsIn(path, within, part)) return [];
      const ports = portsOf(within);
      const why = `opens ${ports === "" ? "" : `${ports} of `}${shown(part.name)} to the whole internet (${shown(open)})`;
      return [{ key: `${open} ${ports}`, line, what: shown(part.name), why }];
    }),
  lines: [
    {
      side: "after",
      pattern: /(?:cidr|source|allow|whitelist|ingress)[\w-]*"?\s*[:=].*?(0\.0\.0\.0\/0|::\/0)/i,
      unless: /egress|route|destination/i,
      why: ([, open = ""]) => `opens it to the whole internet (${shown(open)})`,
    },
  ],
  reports: [
    [
      "opens port `22` of `aws_security_group.web` to the whole internet (`0.0.0.0/0`)",
      changed("sg.tf", ingress("10.0.0.0/8"), ingress("0.0.0.0/0")),
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
  rules: [OPEN_INGRESS, FIREWALL_DOWN],
};

import type { Finding } from "../../hazard.ts";
import type { FileChange } from "../../reading/change.ts";
import { gained } from "../../reading/compare.ts";
import { added, changed, type Example, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { type ProgramLine, programOf } from "./program-lines.ts";

const EVERYBODY =
  /\b(?:anyIpv[46]|any_ipv[46]|AnyIpv[46]|allowFromAnyIpv4|allow_from_any_ipv4|AllowFromAnyIpv4)\s*\(|(?<![\w.:])(?:0\.0\.0\.0\/0|::\/0)(?![\w.])/;
/** Which way a rule leads, as a name says it or a word by itself; what a description says is neither. */
const DIRECTION =
  /(?:egress|outbound|destination|route|deny|allow_?to)\w{0,60}["']?\s{0,5}[:=([{.]|["'](?:egress|outbound|deny)["']|ingress|inbound|allow_?from|rules?:/gi;
const OUTWARDS = /^["']?(?:egress|outbound|destination|route|deny|allow_?to)/i;
/** Of Azure's own templates; a rule that denies, or is about what goes out, opens nothing. */
const FROM_ANYWHERE = /sourceAddressPrefix["']?\s{0,5}:\s{0,5}["'](?:\*|Internet|Any|0\.0\.0\.0\/0)["']/;
const DENIES_OR_OUT = /["'](?:Deny|Outbound)["']/;
const STARTS_ANYWHERE = /start_?ip(?:_?address)?["']?\s{0,5}[:=]\s{0,5}["']0\.0\.0\.0["']/i;
const ENDS_ANYWHERE =
  /end_?ip(?:_?address)?["']?\s{0,5}[:=]\s{0,5}["'](?:255\.255\.255\.255|0\.0\.0\.0)["']/i;

/** How many lines around one say what it is about. */
const NEAR = 8;

/** By the nearest word before what it lets in. */
function leadsOut(lines: readonly string[], from: number, found: RegExpExecArray): boolean {
  const before = [...lines.slice(Math.max(0, from - NEAR), from), found.input.slice(0, found.index)];
  const words = before.flatMap((line) => line.match(DIRECTION) ?? []);
  return OUTWARDS.test(words.at(-1) ?? found[0]);
}

const depthOf = (line: string) => line.split(/[{[(]/).length - line.split(/[}\])]/).length;

/** The lines near one that stand in the same brackets. */
function blockAround(lines: readonly string[], from: number): readonly string[] {
  const before = lines.slice(Math.max(0, from - NEAR), from).toReversed();
  const after = lines.slice(from + 1, from + 1 + NEAR);
  return [...untilOutside(before, 1), lines[from] ?? "", ...untilOutside(after, -1)];
}

/** Up to the bracket that opens around them, or closes. */
function untilOutside(lines: readonly string[], outside: 1 | -1): readonly string[] {
  let depth = 0;
  const end = lines.findIndex((line) => {
    depth += depthOf(line) * outside;
    return depth > 0;
  });
  return end === -1 ? lines : lines.slice(0, end);
}

/** The lines that let everybody in. One that differs in blanks and commas alone says the same. */
function* openingsIn(program: readonly ProgramLine[], key: "text" | "plain") {
  const lines = program.map((each) => each[key]);
  for (const [index, text] of lines.entries()) {
    const what = openedBy(lines, index);
    if (what !== null)
      yield { key: text.replaceAll(/[\s,;]/g, ""), what, text: text.trim(), line: program[index]?.line ?? 1 };
  }
}

const nearby = (lines: readonly string[], index: number) =>
  lines.slice(Math.max(0, index - NEAR), index + 1 + NEAR);

function openedBy(lines: readonly string[], index: number): string | null {
  const text = lines[index] ?? "";
  if (STARTS_ANYWHERE.test(text) && nearby(lines, index).some((each) => ENDS_ANYWHERE.test(each)))
    return "0.0.0.0";
  const from = FROM_ANYWHERE.exec(text);
  if (from !== null && !blockAround(lines, index).some((each) => DENIES_OR_OUT.test(each))) return from[0];
  const everybody = EVERYBODY.exec(text);
  return everybody === null || leadsOut(lines, index, everybody) ? null : everybody[0];
}

function* opened(file: FileChange): Generator<Finding> {
  const program = programOf(file);
  if (program === null) return;
  const before = [...openingsIn(program.before, "plain")];
  for (const { what, text, line } of gained(before, [...openingsIn(program.after, "text")])) {
    const why = `opens it to the whole internet (${shown(what)})`;
    yield { what: shown(what), file: file.path, line, side: "after", why, after: text };
  }
}

const cdk = (line: string) => `import * as ec2 from "aws-cdk-lib/aws-ec2";\n${line}\n`;

export const OPEN_TO_ALL: Rule = {
  id: "programs/open-to-all",
  kind: "widening",
  asks: "block",
  when: "a program or template of CDK, Pulumi, Azure or Ansible lets the whole internet in",
  file: opened,
  reports: [
    [
      "opens it to the whole internet (`0.0.0.0/0`)",
      changed(
        "net.py",
        'import pulumi_aws as aws\naws.ec2.SecurityGroup("a",\n  egress=[{\n    "cidr_blocks": ["0.0.0.0/0"],\n  }])\n',
        'import pulumi_aws as aws\naws.ec2.SecurityGroup("a",\n  ingress=[{\n    "cidr_blocks": ["0.0.0.0/0"],\n  }])\n',
      ),
    ],
    ...[
      'sg.addIngressRule(ec2.Peer.anyIpv4(), port, "the route to the shop");',
      "a.allowTo(b); sg.addIngressRule(ec2.Peer.anyIpv4(), port);",
      'sg.add({ ingress: [{\n  description: "route by destination",\n  from: ec2.Peer.anyIpv4(),\n}] });',
      "a.add(ec2.Peer.anyIpv4());",
    ].map(
      (lines): Example => [
        "opens it to the whole internet (`anyIpv4(`)",
        changed(
          "lib/net.ts",
          cdk("a.add( ec2.Peer.anyIpv4() );"),
          cdk(`a.add(ec2.Peer.anyIpv4());\n${lines}`),
        ),
      ],
    ),
    [
      "opens it to the whole internet (`sourceAddressPrefix: '*'`)",
      added(
        "nsg.bicep",
        "securityRules: [\n  {\n    access: 'Allow'\n    sourceAddressPrefix: '*'\n  }\n  {\n    access: 'Deny'\n    sourceAddressPrefix: '*'\n  }\n]\n",
      ),
    ],
    [
      "opens it to the whole internet (`anyIpv4(`)",
      changed(
        "lib/net.ts",
        cdk('sg.addIngressRule(ec2.Peer.ipv4("10.0.0.0/8"), ec2.Port.tcp(22));'),
        cdk("sg.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(22));"),
      ),
    ],
    [
      "opens it to the whole internet (`0.0.0.0/0`)",
      changed(
        "roles/net/main.yml",
        "- amazon.aws.ec2_security_group:\n    rules:\n      - ports: [22]\n        cidr_ip: 10.0.0.0/8\n",
        "- amazon.aws.ec2_security_group:\n    rules:\n      - ports: [22]\n        cidr_ip: 0.0.0.0/0\n",
      ),
    ],
    [
      "opens it to the whole internet (`0.0.0.0`)",
      added(
        "db.bicep",
        "resource all 'Microsoft.Sql/servers/firewallRules@2021-11-01' = {\n  properties: {\n    startIpAddress: '0.0.0.0'\n    endIpAddress: '255.255.255.255'\n  }\n}\n",
      ),
    ],
  ],
  ignores: [
    [
      "the way out",
      added(
        "net.py",
        'import pulumi_aws as aws\naws.ec2.SecurityGroup("a",\n  egress=[{\n    "cidr_blocks": ["0.0.0.0/0"],\n  }])\n',
      ),
    ],
    [
      "it was open before",
      changed("lib/net.ts", cdk("a.add(Peer.anyIpv4(), 22);"), cdk("a.add( Peer.anyIpv4(), 22 );")),
    ],
    ["no such program", added("src/net.ts", 'listen("0.0.0.0/0");\n')],
  ],
};

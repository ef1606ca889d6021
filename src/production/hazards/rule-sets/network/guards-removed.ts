import { changedBy, keyOf } from "../../reading/lookup.ts";
import type { ChangedPart } from "../../reading/part.ts";
import { type Parts, withoutIndex } from "../../reading/parts.ts";
import { at, entriesOf, scalarsIn, type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

/** Resources that do nothing but keep something out. */
const GUARD = new RegExp(
  `^(?:${[
    "aws_waf(?:v2|regional)?_(?:web_acl(?:_association)?|rule_group)|aws_networkfirewall_(?:firewall|firewall_policy|rule_group)",
    "aws_(?:shield_protection|network_acl|iam_account_password_policy|organizations_policy(?:_attachment)?)",
    "aws_(?:s3_account_public_access_block|ebs_encryption_by_default|ec2_instance_metadata_defaults|ebs_snapshot_block_public_access|ec2_image_block_public_access)",
    "azurerm_(?:subnet|network_interface)_(?:network_)?security_group_association|azurerm_(?:web_application|frontdoor|cdn_frontdoor)_firewall_policy|azurerm_cdn_frontdoor_security_policy",
    "azurerm_(?:\\w+_)?policy_assignment|azurerm_storage_account_network_rules|azuread_conditional_access_policy|azurerm_network_security_group",
    "google_compute_(?:region_)?security_policy(?:_rule)?|google_org_policy_policy|google_\\w*organization_policy|google_access_context_manager_service_perimeter|google_binary_authorization_policy",
    "cloudflare_(?:ruleset|firewall_rule|rate_limit|(?:zero_trust_)?access_(?:policy|application))",
    "kubernetes_network_policy(?:_v1)?|digitalocean_(?:firewall|database_firewall)|hcloud_firewall(?:_attachment)?|linode_firewall",
    "AWS::(?:WAFv2|WAFRegional)::(?:WebACL(?:Association)?|RuleGroup)|AWS::NetworkFirewall::\\w+|AWS::Organizations::Policy|AWS::Shield::Protection",
  ].join("|")})$`,
);

const goneByName = changedBy(({ scope, name, after }) =>
  after === undefined ? keyOf(scope, name) : undefined,
);

/** `aws_lb.shop` of `aws_lb.shop.arn`; of CloudFormation, `Alb` of `!Ref Alb` and of `!GetAtt Alb.Arn`. */
const ADDRESS = /^([a-z]\w*\.[\w-]+)\.\w+$|^(\w+)(?:\.\w+)?$/;
/** What a guard stands before, where it is a resource that ties the two together. */
const BEFORE_WHAT = [
  "resource_arn",
  "subnet_id",
  "network_interface_id",
  "server_id",
  "ResourceArn",
  "target_id",
];

/** Whether what it stood before goes as well. */
function standsBeforeNothing({ scope, before }: ChangedPart, all: Parts): boolean {
  const properties = at(before, "Properties") ?? before;
  return entriesOf(properties).some(({ key, value }) => {
    if (!BEFORE_WHAT.includes(key)) return false;
    const names = [...scalarsIn(value)].map((each) => ADDRESS.exec(withoutIndex(textOf(each))));
    return names.some((name) => goneByName(all, keyOf(scope, name?.[1] ?? name?.[2] ?? "")).length > 0);
  });
}

/** A firewall rule of Google guards where it denies. */
function isGuard(type: string, before: Tree): boolean {
  return GUARD.test(type) || (type === "google_compute_firewall" && at(before, "deny") !== undefined);
}

const acl = 'resource "aws_wafv2_web_acl" "edge" {\n  name = "edge"\n}\n';
const balancer = 'resource "aws_lb" "shop" {\n  name = "shop"\n}\n';
const tie =
  'resource "aws_wafv2_web_acl_association" "shop" {\n  resource_arn = aws_lb.shop.arn\n  web_acl_arn = aws_wafv2_web_acl.edge.arn\n}\n';

export const GUARD_REMOVED: Rule = {
  id: "network/guard-removed",
  kind: "widening",
  asks: "block",
  when: "a resource goes that only kept something out: a web firewall, what ties it to a balancer, a security group of a subnet, a policy of the organization",
  parts: {
    of: ["terraform", "cloudformation"],
    *find(part, all) {
      const { type, name, file, before, after } = part;
      if (before === undefined || after !== undefined || !isGuard(type, before)) return;
      if (all.addedParts.sameContent(part) !== undefined || all.addedParts.sameName(part) !== undefined)
        return;
      if (standsBeforeNothing(part, all)) return;
      const why = `removes ${shown(name)}: what it kept out gets in`;
      yield { what: shown(name), file, line: before.line, side: "before", why };
    },
  },
  reports: [
    [
      "removes `aws_wafv2_web_acl_association.shop`: what it kept out gets in",
      changed("waf.tf", `${acl}${balancer}${tie}`, `${acl}${balancer}`),
    ],
    [
      "removes `Tie`: what it kept out gets in",
      changed(
        "waf.yaml",
        "Resources:\n  Alb:\n    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n  Tie:\n    Type: AWS::WAFv2::WebACLAssociation\n    Properties:\n      ResourceArn: !Ref Alb\n",
        "Resources:\n  Alb:\n    Type: AWS::ElasticLoadBalancingV2::LoadBalancer\n",
      ),
    ],
  ],
  ignores: [
    ["what it stood before goes too", changed("waf.tf", `${acl}${balancer}${tie}`, acl)],
    [
      "it gets another name",
      changed("waf.tf", `${acl}${tie}`, `${acl}${tie.replace('" "shop"', '" "alb"')}`),
    ],
  ],
};

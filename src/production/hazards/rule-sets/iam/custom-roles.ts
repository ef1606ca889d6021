import { type Trait, traitRule } from "../../builders.ts";
import { oneOrMore, placesIn, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

/** Roles of one's own, the keys of what they allow, and what of it leads to everything or destroys. */
const ROLES: readonly {
  readonly types: RegExp;
  readonly keys: ReadonlySet<string>;
  readonly dangerous: RegExp;
}[] = [
  {
    types: /^google_(?:project|organization)_iam_custom_role$/,
    keys: new Set(["permissions"]),
    dangerous:
      /setIamPolicy$|^iam\.serviceAccounts\.(?:actAs|getAccessToken|getOpenIdToken|implicitDelegation|signBlob|signJwt)$|^iam\.serviceAccountKeys\.create$|^iam\.roles\.(?:create|update)$|^orgpolicy\.policy\.set$|^secretmanager\.versions\.access$|^(?:cloudfunctions\.functions|run\.services|compute\.instances)\.create$|^deploymentmanager\.deployments\.(?:create|update)$|\.(?:delete|destroy|purge)$/,
  },
  {
    types: /^azurerm_role_definition$/,
    keys: new Set(["actions", "data_actions"]),
    dangerous:
      /^\*$|\/\*$|^\*\/(?:write|delete)$|^Microsoft\.Authorization\/.*(?:write|delete|elevateAccess)|\/(?:listKeys|listSecrets|runCommand|listCredentials|listClusterAdminCredential)\/action$|\/delete$/i,
  },
  {
    types:
      /^(?:github_organization_(?:custom_)?role|gitlab_member_role|vault_policy|datadog_role|okta_admin_role_custom)$/,
    keys: new Set(["permissions", "permission"]),
    dangerous: /^(?:\*|admin.*|write_organization.*|delete_.*|manage_.*|okta\.\w+\.manage)$/i,
  },
];

export const CUSTOM_ROLE: Rule = traitRule({
  id: "iam/custom-role-widened",
  kind: "widening",
  asks: "block",
  when: "a role of one's own (Google, Azure, GitHub) may do something more by which others' rights are had or things deleted",
  of: ["terraform"],
  traits: (tree, { type, name }): readonly Trait[] => {
    const role = ROLES.find(({ types }) => types.test(type));
    if (role === undefined) return [];
    return [...placesIn(tree)]
      .filter(({ key }) => role.keys.has(key))
      .flatMap(({ value }) => oneOrMore(value))
      .filter((each) => role.dangerous.test(textOf(each)))
      .map((each) => ({
        key: textOf(each),
        line: each.line,
        what: shown(name),
        why: `lets ${shown(name)} ${shown(textOf(each))}`,
      }));
  },
  reports: [
    [
      "lets `google_project_iam_custom_role.ci` `iam.serviceAccountKeys.create`",
      changed(
        "iam.tf",
        'resource "google_project_iam_custom_role" "ci" {\n  permissions = ["run.services.get"]\n}\n',
        'resource "google_project_iam_custom_role" "ci" {\n  permissions = ["run.services.get", "iam.serviceAccountKeys.create"]\n}\n',
      ),
    ],
    [
      "lets `azurerm_role_definition.ops` `Microsoft.Authorization/*`",
      added(
        "iam.tf",
        'resource "azurerm_role_definition" "ops" {\n  permissions {\n    actions = ["Microsoft.Authorization/*"]\n  }\n}\n',
      ),
    ],
  ],
  ignores: [
    [
      "it may only look",
      added(
        "iam.tf",
        'resource "azurerm_role_definition" "ops" {\n  permissions {\n    actions = ["Microsoft.Compute/virtualMachines/read"]\n    not_actions = ["Microsoft.Authorization/*"]\n  }\n}\n',
      ),
    ],
  ],
});

import { settingRule } from "../../builders.ts";
import { type Tree, textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";

/** From one resource to all there are, by the names of Azure's provider and by the paths of Azure itself. */
const WIDTHS: readonly RegExp[] = [
  /^azurerm_(?!resource_group\b|subscription\b|management_group\b)\w+\.|\/resourceGroups\/[^/]+\/providers\//i,
  /azurerm_resource_group\.|\/resourceGroups\/[^/]+$/i,
  /azurerm_subscription\.|^\/subscriptions\/[^/]+$/i,
  /azurerm_management_group\.|managementGroups\/|^\/$/i,
];

/** `-1` where it is not known. */
function widthOf(scope: Tree | undefined): number {
  const text = textOf(scope);
  return text === "" ? -1 : WIDTHS.findLastIndex((pattern) => pattern.test(text));
}

const assignment = (scope: string) =>
  `resource "azurerm_role_assignment" "a" {\n  scope = ${scope}\n  role_definition_name = "Reader"\n}\n`;

export const SCOPE_WIDENED: Rule = settingRule({
  id: "iam/scope-widened",
  kind: "widening",
  asks: "block",
  when: "a role of Azure that was given for one thing is given for its group, its subscription or more",
  of: ["terraform"],
  types: /^azurerm_role_assignment$/,
  names: ["scope"],
  became: ({ before, after }) => widthOf(before) !== -1 && widthOf(after) > widthOf(before),
  why: () => "the role holds for more than before",
  reports: [
    [
      "sets `scope` of `azurerm_role_assignment.a` to `data.azurerm_subscription.current.id`: the role holds for more than before",
      changed(
        "iam.tf",
        assignment("azurerm_storage_account.a.id"),
        assignment("data.azurerm_subscription.current.id"),
      ),
    ],
    [
      "sets `scope` of `azurerm_role_assignment.a` to `/subscriptions/1`: the role holds for more than before",
      changed("iam.tf", assignment('"/subscriptions/1/resourceGroups/a"'), assignment('"/subscriptions/1"')),
    ],
  ],
  ignores: [
    [
      "for less",
      changed(
        "iam.tf",
        assignment("azurerm_resource_group.a.id"),
        assignment("azurerm_storage_account.a.id"),
      ),
    ],
    [
      "for another of its kind",
      changed("iam.tf", assignment("azurerm_resource_group.a.id"), assignment("azurerm_resource_group.b.id")),
    ],
  ],
});

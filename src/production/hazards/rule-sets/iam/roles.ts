import { type Trait, traitRule } from "../../builders.ts";
import { ownersOf } from "../../reading/belongs.ts";
import { at, oneOrMore, scalarsIn, type Tree, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { OF } from "./each-statement.ts";

/** Where a role is only named to be looked up, nobody gets it. */
function isGrant(type: string): boolean {
  return !/^(?:data|output|provider|check)$/.test(type);
}

const WHOM = ["member", "members", "principal_id", "user", "users", "group", "groups", "role", "roles"];
const MAPPED = ["Users", "Groups", "Roles"];

/** The one instance there is where something hangs on a condition. */
const ONLY = /\[0\](?=\.\w+$)/g;

/** To whom it gives, as far as it says so; a role that is given is not somebody. */
function whomOf(tree: Tree, given: string): readonly string[] {
  const own = WHOM.flatMap((key) => oneOrMore(at(tree, key)));
  const mapped = MAPPED.flatMap((key) => oneOrMore(at(tree, "Properties", key)));
  const names = [...own, ...mapped]
    .map((each) => textOf(each).replaceAll(ONLY, ""))
    .filter((text) => text !== given);
  return names.length === 0 ? [""] : names;
}

/** What it is given for. */
const FOR = ["project", "folder", "org_id", "bucket", "scope", "service_account_id", "dataset_id"];

/** The same for the same role given to the same people for the same thing. */
function givenTo(
  tree: Tree,
  { role, whom, type, name }: { role: string; whom: string; type: string; name: string },
): Pick<Trait, "subject"> {
  const owners =
    type.startsWith("aws_") || type.startsWith("AWS::") ? ownersOf(tree, { type, name }) : [whom];
  if (owners.includes("")) return {};
  const place = FOR.map((key) => textOf(at(tree, key)));
  return { subject: JSON.stringify([role, owners, place]) };
}

const ADMIN =
  /(?:^|[/."])(AdministratorAccess|PowerUserAccess|IAMFullAccess|AmazonEKSClusterAdminPolicy|AmazonEKSAdminPolicy)(?:$|[."])|^(roles\/(?:owner|editor|iam\.(?:securityAdmin|serviceAccountTokenCreator|organizationRoleAdmin)|resourcemanager\.organizationAdmin))$/;
const AZURE_ADMIN = /^(?:Owner|User Access Administrator|Role Based Access Control Administrator)$/;

/** Roles of the directory itself: by a reference that says so, or by the ids that Microsoft gives them in every directory. */
const DIRECTORY = /^azuread_directory_role_(?:assignment|member)$/;
const DIRECTORY_ADMIN =
  /^azuread_directory_role\.\w*(?:global|privileged|admin)\w*\.|^(?:62e90394-69f5-4237-9190-012177145e10|e8611ab8-c189-46e8-94e1-60213ab1f814|9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3|7be44c8a-adaf-4e2a-84d6-ab2649e08a13)$/i;

export const ADMIN_ROLE: Rule = traitRule({
  id: "iam/admin-role",
  kind: "widening",
  asks: "block",
  when: "an administrator's policy or role is given to somebody",
  of: OF,
  traits: (tree, { name, type }) =>
    (isGrant(type) ? [...scalarsIn(tree)] : []).flatMap((scalar) => {
      const text = textOf(scalar);
      const found = ADMIN.exec(text);
      const isAzure = type === "azurerm_role_assignment" && AZURE_ADMIN.test(text);
      const isDirectory = DIRECTORY.test(type) && DIRECTORY_ADMIN.test(text);
      const role = found?.[1] ?? found?.[2] ?? (isAzure || isDirectory ? text : undefined);
      if (role === undefined) return [];
      const why = `gives ${shown(role)} by ${shown(name)}`;
      return whomOf(tree, text).map((whom) => ({
        key: `${role} ${whom}`,
        line: scalar.line,
        what: shown(name),
        why,
        ...givenTo(tree, { role, whom, type, name }),
      }));
    }),
  reports: [
    [
      "gives `AdministratorAccess` by `aws_iam_role_policy_attachment.ci`",
      added(
        "iam.tf",
        'resource "aws_iam_role_policy_attachment" "ci" {\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n',
      ),
    ],
    [
      "gives `roles/owner` by `google_project_iam_member.ci`",
      added("iam.tf", 'resource "google_project_iam_member" "ci" {\n  role = "roles/owner"\n}\n'),
    ],
    [
      "gives `AmazonEKSClusterAdminPolicy` by `aws_eks_access_policy_association.dev`",
      added(
        "eks.tf",
        'resource "aws_eks_access_policy_association" "dev" {\n  policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"\n}\n',
      ),
    ],
    [
      "gives `azuread_directory_role.global_admin.template_id` by `azuread_directory_role_assignment.ci`",
      added(
        "ad.tf",
        'resource "azuread_directory_role_assignment" "ci" {\n  role_id = azuread_directory_role.global_admin.template_id\n}\n',
      ),
    ],
    [
      "gives `Owner` by `azurerm_role_assignment.ci`",
      added("iam.tf", 'resource "azurerm_role_assignment" "ci" {\n  role_definition_name = "Owner"\n}\n'),
    ],
    [
      "gives `roles/owner` by `google_project_iam_member.ci`",
      changed(
        "iam.tf",
        'resource "google_project_iam_member" "ci" {\n  role = "roles/owner"\n  member = "user:ana@acme.example"\n}\n',
        'resource "google_project_iam_member" "ci" {\n  role = "roles/owner"\n  member = "user:eve@acme.example"\n}\n',
      ),
    ],
  ],
  ignores: [
    [
      "a narrow role",
      added("iam.tf", 'resource "google_project_iam_member" "ci" {\n  role = "roles/viewer"\n}\n'),
    ],
    ["a tag", added("a.tf", 'resource "aws_instance" "a" {\n  tags = { Role = "Owner" }\n}\n')],
  ],
});

/** Everything of one service. */
const FULL =
  /^(?:arn:aws[\w-]*:iam::aws:policy\/(?:[\w-]+\/)*)?(?!AdministratorAccess|PowerUserAccess|IAMFullAccess)(\w+(?:FullAccess|_FullAccess|FullAccess_v2)|SystemAdministrator|DatabaseAdministrator|NetworkAdministrator)$|^(roles\/(?!viewer)[\w.]+\.(?:admin|\w*Admin|serviceAccountUser|serviceAccountKeyAdmin|workloadIdentityUser|workloadIdentityPoolAdmin)(?:\.v\d)?)$/;
const AZURE_WIDE = /^(?:Contributor|[\w ]+ (?:Data Owner|Administrator|Contributor))$/;

export const FULL_ACCESS: Rule = traitRule({
  id: "iam/full-access",
  kind: "widening",
  asks: "block",
  when: "full access to a service, or the right to act as somebody else, is given",
  of: OF,
  traits: (tree, { name, type }) => {
    if (!isGrant(type)) return [];
    const member = textOf(at(tree, "member"));
    return [...scalarsIn(tree)].flatMap((scalar): readonly Trait[] => {
      const text = textOf(scalar);
      const found = FULL.exec(text);
      const isAzure = type === "azurerm_role_assignment" && AZURE_WIDE.test(text);
      const role = found?.[1] ?? found?.[2] ?? (isAzure ? text : undefined);
      if (role === undefined) return [];
      const whom = member === "" ? "" : ` to ${shown(member)}`;
      const why = `gives ${shown(role)}${whom} by ${shown(name)}`;
      return whomOf(tree, text).map((each) => ({
        key: `${role} ${each}`,
        line: scalar.line,
        what: shown(name),
        why,
        ...givenTo(tree, { role, whom: each, type, name }),
      }));
    });
  },
  reports: [
    [
      "gives `AmazonDynamoDBFullAccess` by `aws_iam_group_policy_attachment.a`",
      added(
        "iam.tf",
        'resource "aws_iam_group_policy_attachment" "a" {\n  policy_arn = "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"\n}\n',
      ),
    ],
    [
      "gives `roles/storage.admin` to `user:ana@acme.example` by `google_project_iam_member.a`",
      added(
        "iam.tf",
        'resource "google_project_iam_member" "a" {\n  role = "roles/storage.admin"\n  member = "user:ana@acme.example"\n}\n',
      ),
    ],
    [
      "gives `Contributor` by `azurerm_role_assignment.a`",
      added(
        "iam.tf",
        'resource "azurerm_role_assignment" "a" {\n  role_definition_name = "Contributor"\n}\n',
      ),
    ],
  ],
  ignores: [
    [
      "it may only read",
      added(
        "iam.tf",
        'resource "aws_iam_group_policy_attachment" "a" {\n  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"\n}\n',
      ),
    ],
    [
      "it was given before, by a file of its own",
      changed(
        "iam.tf",
        'resource "google_project_iam_member" "a" {\n  role = "roles/storage.admin"\n}\n',
        'resource "google_project_iam_member" "a" {\n  role = "roles/storage.admin"\n  project = "a"\n}\n',
      ),
    ],
  ],
});

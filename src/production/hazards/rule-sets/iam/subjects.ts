import type { Condition } from "../../reading/conditions.ts";
import type { Statement } from "../../reading/statements.ts";

/** Issuers of which everybody can have an account. */
const PUBLIC_ISSUER =
  /token\.actions\.githubusercontent\.com|gitlab\.com|bitbucket\.org|oidc\.circleci\.com|app\.terraform\.io|accounts\.google\.com|cognito-identity|graph\.facebook\.com|www\.amazon\.com|buildkite|oidc\.eks|vercel|spacelift|openid_connect_provider\.\w*(?:github|gitlab|circleci|bitbucket|terraform|tfc)|\*/i;

/** Claims that tell whose an identity is. Others, such as the environment or the visibility, anyone can have. */
const SAYS_WHOSE =
  /:(?:sub|repository|repository_id|repository_owner|repository_owner_id|repo|organization|organization_id|organization_slug|enterprise|enterprise_id|project_path|project_id|namespace_path|namespace_id|user_login|user_id|terraform_organization_(?:id|name)|terraform_project_id|terraform_workspace_id|actor|actor_id|email|hd|job_workflow_ref|oid|tid|owner_id)$/i;
/** Where the audience is one's own, it tells too: an identity pool, or an application that people sign in to. */
const OWN_AUDIENCE =
  /^(?:cognito-identity\.amazonaws\.com|accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com):(?:aud|app_id)$/i;

/** Begins with whose it is, before any wildcard: `repo:acme/`, `organization:acme:`, `system:serviceaccount:shop:`. */
const BEGINS_WITH_OWNER =
  /^(?:(?:repo|project_path|namespace_path):[^/:*?]+[/:]|organization:[^:*?]+:|org\/[^/*?]+\/|system:serviceaccount:[^:*?]+:|(?!repo:|project_path:|namespace_path:|organization:|org\/|system:)[^*?/:]+[/:])/;

function isAnySubject(value: string): boolean {
  return /[*?]/.test(value) && !BEGINS_WITH_OWNER.test(value);
}

const isOnSubject = ({ variable }: Condition) => SAYS_WHOSE.test(variable) || OWN_AUDIENCE.test(variable);

/** Whether anybody who has an account of the issuer is let in. */
export function isForAnySubject({ federated, conditions }: Statement): boolean {
  // Where the issuer is only referred to, the variables of its conditions name it.
  const issuers = [
    ...federated,
    ...(federated.length === 0 ? [] : conditions.map(({ variable }) => variable)),
  ];
  if (!issuers.some((issuer) => PUBLIC_ISSUER.test(issuer))) return false;
  return !conditions.some(
    (each) =>
      isOnSubject(each) &&
      !/Not|^Null$|^ForAllValues:|IfExists$/i.test(each.test) &&
      !each.values.some(isAnySubject),
  );
}

interface Subject {
  readonly name: string;
  /** Whether `*` and `?` in it mean others: under `StringEquals` they are letters. */
  readonly isPattern: boolean;
}

/** Whom the conditions name of the issuer's identities. */
export function subjectsOf({ federated, conditions }: Statement): readonly Subject[] {
  if (federated.length === 0) return [];
  return conditions
    .filter(isOnSubject)
    .flatMap(({ test, values }) => values.map((name) => ({ name, isPattern: /Like/i.test(test) })));
}

/** Kinds of rules that fall under "destroys" or "lets in", and what of ours answers each. */
export const FAMILIES: Readonly<Record<string, RegExp>> = {
  encryption: /^(?:storage|network|guards)\//,
  "instance metadata": /^storage\/.*metadata/,
  "backups, retention, protection": /^(?:backups|terraform|cloudformation|storage|watch)\//,
  "public stores": /^(?:storage|network|iam|access|repository|guards)\//,
  networks: /^(?:network|storage|kubernetes|guards)\//,
  "access policies": /^(?:iam|access|storage|guards|network)\//,
  secrets: /^secrets\/|^code\//,
  RBAC: /^kubernetes\//,
  pods: /^kubernetes\/|^code\//,
  SQL: /^sql\//,
  migrations: /^migrations\//,
  "TLS checks in code": /^code\//,
  "any origin": /^code\//,
  "auth skipped": /^code\//,
  compose: /^compose\/|^kubernetes\//,
  images: /^dockerfile\//,
  scripts: /^scripts\/|^workflows\//,
  workflows: /^workflows\/|^checks\//,
  "other guards":
    /^(?:guards|watch|access|network|repository|storage|iam|branch-rules|kubernetes|terraform)\//,
};

/** The family of a rule by its words; the first that fits. What fits none is out of scope. */
const BY_NAME: readonly (readonly [pattern: RegExp, family: string | null])[] = [
  // Keys of one's own, rotation, logs, labels, pins, availability and single known holes are out of scope.
  [
    /cmk|customer-?key|customer-managed|custom(?:er)?-key|uses-kms|encrypted-with|kms-key-?id|kms-alias|rotat|logging|-logs?(?:-|$)|log-|audit-log|description|tag|label|immutable|tracing|insights|minor|latest|multi-az|zone-redund|zonal|cross-zone|cross-region|dead-letter|concurrency|expir|90days|monitor(?!.*retention)|alarm|deprecated|egress|outbound|geo|http-?2|flow|seccomp|apparmor|selinux|probe|quota|image-(?:pull|tag|digest)|read-only|timeout|index|name$|ssm|cloudwatch|dnssec|rsasha|desync|drop-(?:http|invalid)|headers?|ledger|ephemeral|managed-identity|identity-provider|identity-registered|sku|node-pool|agent|autoscal|2021|cve|account-id|lambda-environment|environment-encryption|lockout|passport|default-service-account|organization-elevated|custom-role|code-signing|dns-server|ca-cert|profile|stateless|gateway-protocol|content-type|host-match|any-actions|any-rules|self-provisioner|user-attached|attached-to-group/,
    null,
  ],
  [/imds|metadata-service|http-token|instance-metadata/, "instance metadata"],
  [
    /backup|retention|versioning|recovery|purge|soft-delet|deletion-protection|force-destroy|final-snapshot|termination|auto-snap|auto-backup/,
    "backups, retention, protection",
  ],
  [
    /password-?policy|password-length|password-(?:upp|sym|num|low|reu)|mfa|waf|ubla|uniform|os-?login|serial|ip-forward|local-auth|local-admin|shielded|abac|client-cert|signed|vulnerab|authentication|network-polic|default-network|legacy|enforce-group|minimum-password|in-passwords/,
    "other guards",
  ],
  [
    /^(?!.*encrypt).*secret|plaintext|plain-text|sensitive-info|credential(?!s-exposure)|hardcoded/,
    "secrets",
  ],
  [
    /public|anonymous|-acl|private-(?:repo|instance|cluster|node|endpoint)|external-?ip|authorized-(?:network|ip)|master-network|is-private|workers-are-private/,
    "public stores",
  ],
  [
    /ingress|security-group|nacl|network-acl|firewall|open-port|\brdp|-rdp|ssh-(?:access|blocked|from)|restrict-ssh|cidr|unrestricted|allow-all|port-access|sensitive-port/,
    "networks",
  ],
  [/encrypt|tls|ssl|https|transit|sse/, "encryption"],
  [
    /iam|polic(?:y|ies)|principal|wildcard|admin|role|privilege|permission|escalation|impersonat|oidc|workload|source-arn|trust|assume|rbac/,
    "access policies",
  ],
];

export function familyOf(rule: string): string | null {
  const words = rule
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
  return BY_NAME.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

import type { RuleSet } from "../rule.ts";
import { GUARD_SKIPPED } from "./code/anybody.ts";
import { APPROVES_ALL, TLS_OFF } from "./code/certificates.ts";
import { POLICY_WIDENED } from "./code/content-policy.ts";
import { CHECK_DROPPED } from "./code/dropped-checks.ts";
import { GUARD_REMOVED } from "./code/guards.ts";
import { ANY_ORIGIN } from "./code/origins.ts";
import { UNVERIFIED } from "./code/unverified.ts";

const CODE =
  /\.(?:[cm]?[jt]sx?|py|rb|php|java|kt|kts|scala|go|rs|cs|fs|ex|exs|swift|sh|bash|ya?ml|json|toml|ini|conf|cfg|env|tf|properties|xml|erb|pl|groovy|hcl|vue|svelte)$|(?:^|\/)(?:Dockerfile|Makefile|Jenkinsfile|Caddyfile|_headers|\.htaccess|\.npmrc|\.yarnrc|\.curlrc|\.wgetrc|\.gitconfig)[^/]*$/;

export const CODE_RULES: RuleSet = {
  name: "code",
  title: "Certificates and access checks in code",
  reads: ({ path, isLive }) => CODE.test(path) && isLive,
  rules: [
    TLS_OFF,
    APPROVES_ALL,
    GUARD_REMOVED,
    GUARD_SKIPPED,
    UNVERIFIED,
    CHECK_DROPPED,
    ANY_ORIGIN,
    POLICY_WIDENED,
  ],
};

import type { Finding } from "../hazard.ts";
import { changed, type Rule, type RuleSet, removed } from "../rule.ts";
import { shown } from "../words.ts";

const HOOK_REMOVED: Rule = {
  id: "checks/guard-config-removed",
  kind: "destructive",
  asks: "block",
  when: "the settings of a scanner, a linter or a hook are deleted",
  *file({ path, status }): Generator<Finding> {
    if (status !== "removed") return;
    yield {
      what: shown(path),
      file: path,
      line: 1,
      side: "before",
      why: `deletes ${shown(path)}: what it checked is no longer checked`,
    };
  },
  reports: [
    [
      "deletes `.gitleaks.toml`: what it checked is no longer checked",
      removed(".gitleaks.toml", "[allowlist]\n"),
    ],
  ],
  ignores: [
    [
      "what it let pass is checked again",
      removed(".snyk", "ignore: {}\n"),
      removed(".trivyignore", "CVE-1\n"),
    ],
    ["what others wrote goes", removed("web/node_modules/a/.github/dependabot.yml", "version: 2\n")],
    ["it changes", changed(".gitleaks.toml", "[allowlist]\n", "[allowlist]\npaths = []\n")],
  ],
};

export const GUARDS: RuleSet = {
  name: "guards",
  title: "Scanners and hooks",
  reads: ({ path }) =>
    !/(?:^|\/)(?:node_modules|vendor)\//.test(path) &&
    /(?:^|\/)(?:\.pre-commit-config\.ya?ml|\.gitleaks\.toml|\.tflint\.hcl|\.checkov\.ya?ml|trivy\.ya?ml|\.semgrep(?:\.yml)?|\.husky\/[^/_]+|sonar-project\.properties|codecov\.yml|\.github\/dependabot\.ya?ml|\.bandit|\.hadolint\.ya?ml)$/.test(
      path,
    ),
  rules: [HOOK_REMOVED],
};

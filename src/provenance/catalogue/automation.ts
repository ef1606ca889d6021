/** A machine account that is no AI. `id: null` where it is not known. */
export interface Automation {
  readonly id: number | null;
  readonly login: string;
  readonly type: "User" | "Bot";
  /** Addresses it writes commits with, beside GitHub's own no-reply ones; lower-cased. */
  readonly emails?: readonly string[];
}

/**
 * GitHub itself: the committer of every merge, squash and edit made on the web. It says nothing about who wrote
 * the commit and is nobody's account.
 */
export const WEB_FLOW = { id: 19864447, login: "web-flow", email: "noreply@github.com" } as const;

/**
 * Bots that write commits or pull requests without being AI: dependencies, releases, formatting, merging,
 * generated code, linters. Their commits are still read, because an agent may push into their pull requests.
 * Ids from the commits of public repositories, 2026-11.
 */
export const AUTOMATION: readonly Automation[] = [
  { id: 49699333, login: "dependabot[bot]", type: "Bot" },
  { id: 29139614, login: "renovate[bot]", type: "Bot", emails: ["bot@renovateapp.com"] },
  { id: 41898282, login: "github-actions[bot]", type: "Bot" },
  { id: 66853113, login: "pre-commit-ci[bot]", type: "Bot" },
  { id: 114827586, login: "autofix-ci[bot]", type: "Bot" },
  { id: 37929162, login: "mergify[bot]", type: "Bot" },
  { id: null, login: "github-merge-queue[bot]", type: "Bot" },
  { id: 181008794, login: "kubernetes-prow[bot]", type: "Bot" },
  { id: 55107282, login: "release-please[bot]", type: "Bot" },
  { id: 225926702, login: "vercel-ai-sdk[bot]", type: "Bot" },
  {
    id: null,
    login: "semantic-release-bot",
    type: "User",
    emails: ["semantic-release-bot@martynus.net"],
  },
  { id: null, login: "changeset-bot[bot]", type: "Bot" },
  { id: null, login: "goreleaserbot", type: "User", emails: ["bot@goreleaser.com"] },
  { id: null, login: "gemini-cli-robot", type: "User", emails: ["gemini-cli-robot@google.com"] },
  { id: null, login: "snyk-bot", type: "User", emails: ["snyk-bot@snyk.io"] },
  {
    id: 20407524,
    login: "k8s-ci-robot",
    type: "User",
    emails: ["20407524+k8s-ci-robot@users.noreply.github.com"],
  },
  {
    id: 37885440,
    login: "metamaskbot",
    type: "User",
    emails: ["37885440+metamaskbot@users.noreply.github.com"],
  },
  { id: null, login: "yoshi-code-bot", type: "User", emails: ["yoshi-automation@google.com"] },
  { id: null, login: "weblate", type: "User", emails: ["hosted@weblate.org"] },
  { id: null, login: "crowdin-bot", type: "User", emails: ["support+bot@crowdin.com"] },
  { id: null, login: "grafana-pr-approver[bot]", type: "Bot" },
  { id: null, login: "allcontributors[bot]", type: "Bot" },
  { id: null, login: "imgbot[bot]", type: "Bot" },
  { id: null, login: "codecov[bot]", type: "Bot" },
  { id: 23040076, login: "greenkeeper[bot]", type: "Bot" },
  { id: 42819689, login: "mend-bolt-for-github[bot]", type: "Bot" },
  { id: null, login: "whitesource-bolt[bot]", type: "Bot" },
  { id: null, login: "whitesource-bolt-for-github[bot]", type: "Bot" },
  { id: 50673670, login: "whitesource-for-github-com[bot]", type: "Bot" },
  { id: 78513119, login: "gcf-owl-bot[bot]", type: "Bot" },
  { id: 60162190, login: "gcf-merge-on-green[bot]", type: "Bot" },
  { id: 77245923, login: "microsoft-github-policy-service[bot]", type: "Bot" },
  { id: 191533747, login: "azure-sdk-automation[bot]", type: "Bot" },
  { id: 262049992, login: "ghostty-vouch[bot]", type: "Bot" },
  { id: 111687743, login: "gitstream-cm[bot]", type: "Bot" },
  { id: null, login: "stainless-app[bot]", type: "Bot" },
  { id: null, login: "fern-api[bot]", type: "Bot" },
  { id: null, login: "transifex-integration[bot]", type: "Bot" },
  { id: null, login: "stale[bot]", type: "Bot" },
  { id: null, login: "sonarqubecloud[bot]", type: "Bot" },
  { id: null, login: "deepsource-io[bot]", type: "Bot" },
  { id: null, login: "codefactor-io[bot]", type: "Bot" },
  { id: 62310815, login: "github-advanced-security[bot]", type: "Bot" },
  { id: null, login: "fig-deploy[bot]", type: "Bot" },
  { id: 119856028, login: "aikido-autofix[bot]", type: "Bot" },
  { id: 157653362, login: "blacksmith-sh[bot]", type: "Bot" },
  { id: 109931778, login: "mintlify[bot]", type: "Bot" },
];

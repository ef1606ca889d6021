/** How much of what scanners know is seen, by the bench. */
export const RECALL = `## Measured

**What the rules see.** \`npm run bench -- --recall FOLDER\` judges the fixtures of ten scanners in place (trivy-checks, checkov, the policies
of kyverno, gatekeeper-library, kube-linter, semgrep-rules, cfn_nag, squawk, strong_migrations, zizmor): those of rules that fall under
*destroys* or *lets in*, of Amazon, Google, Azure, GitHub, GitLab and DigitalOcean. Left out are keys of one's own, rotation, logs, labels, pins
of images, availability, single known holes, tokens that have no form of their own, and 28 fixtures whose secret is one that manuals print as an example.
A fixture counts as caught when a rule that fits reports it, whether the rule asks or only shows. On 2026-11-30, of 2,146 fixtures 1,842 (86 %):

| Family | Fixtures | Caught |
| --- | --- | --- |
| access policies | 297 | 76 % |
| any origin | 30 | 83 % |
| auth skipped | 31 | 81 % |
| backups, retention, protection | 89 | 98 % |
| compose | 42 | 74 % |
| encryption | 466 | 80 % |
| instance metadata | 16 | 88 % |
| migrations | 35 | 80 % |
| networks | 108 | 76 % |
| other guards | 136 | 93 % |
| pods | 390 | 95 % |
| public stores | 292 | 95 % |
| RBAC | 45 | 80 % |
| secrets | 40 | 83 % |
| SQL | 8 | 88 % |
| TLS checks in code | 52 | 98 % |
| workflows | 68 | 71 % |

The rules were tuned on these fixtures, so that the shares on others will be lower.`;

/** What was measured before the bench wrote it down. */
export const EARLIER = `**An earlier sample**: of the newest 250 commits of each of twelve infrastructure repositories that the rules were not tuned on
(wellcomecollection/platform-infrastructure and storage-service, freeCodeCamp/infra, DFE-Digital/teacher-services-cloud, alphagov/forms-deploy,
paas-cf and govuk-helm-charts, szinn/k8s-homelab, carpenike/k8s-gitops, ministryofjustice/analytical-platform,
hmcts/azure-platform-terraform, NHSDigital/NRLF) 294 findings were drawn by a seed, one of a rule and commit at most and 36 of a repository at most. Whoever
wrote the rules read them, once: the sentence with the lines that it names, and only the doubtful ones beside their diffs. 268 were taken for right (91 %; lower
95 % bound 87 %, as if each finding stood for itself, although those of one repository resemble one another). The 26 mistakes: a kustomization's entry
that moved into a component (8), defaults of a module's variables that are there to be set (6), blocks of a bucket that became resources of their
own (4), commands that only look like checks (5), a namespace that a kustomization no longer says (2), and one sentence that said too much (1).
Rules were changed since, for these mistakes and for others, and the changed rules were not measured on any history. The sample says nothing of what the
rules miss in these repositories, nothing of application code, and nothing of what the findings that only show are worth.

**Before these rules**, on 2026-11-23, over the whole histories of five public repositories, each commit without its merges against its parent
(\`npm run bench -- --hazards-of REPOSITORY --owner ACCOUNT\`). Of each, 25 findings were drawn at random, one of a rule and commit at most,
and read by one engineer, the doubtful ones beside their diffs: *right* means that what the sentence says happens in that change.

| Repository | What it holds | Commits | That raise a hazard | Right of 25 |
| --- | --- | --- | --- | --- |
| alphagov/govuk-infrastructure | Terraform | 5,032 | 547 (11 %) | 25 |
| ministryofjustice/modernisation-platform | Terraform | 13,039 | 974 (7 %) | 24 |
| onedr0p/home-ops | Kubernetes | 31,468 | 1,980 (6 %) | 21 |
| lobsters/lobsters | migrations of Rails | 4,397 | 77 (2 %) | 21 |
| documenso/documenso | migrations of Prisma | 3,661 | 99 (3 %) | 22 |
| in all | | 57,597 | 3,677 | 113 of 125 (90 %) |

It was the second sample: of the first 125, from the same histories, 101 were right (81 %), and the rules were tuned on its mistakes.
Some findings are in both samples.
The twelve mistakes of the second: an entry or a definition of Kubernetes that moved to another kustomization or folder (4), a check
of access that moved to a superclass or a concern of Rails (3), a right finding with a wrong word in its sentence (3), an
address with a password in an article, and a folder that may only have moved. Five of them have been fixed since: two entries that another
kustomization takes up, the article, and two of the words. The fixed rules were not measured again.
What the measurement does not show: what the rules miss, and how they do on histories of another style.

How many commits raise which hazard:

- **alphagov/govuk-infrastructure**: \`terraform/resource-removed\` 244, \`terraform/module-removed\` 65, \`workflows/secret-gained\` 38, \`iam/wildcard-resource\` 35, \`workflows/unpinned-action\` 28, \`iam/wildcard-action\` 22, \`iam/admin-role\` 20, \`terraform/backend-changed\` 20, \`workflows/permission-gained\` 19, \`terraform/resource-renamed\` 14, \`terraform/force-destroy\` 13, \`terraform/skip-final-snapshot\` 12, \`iam/trust-widened\` 12, \`iam/public-principal\` 10, \`network/open-to-all\` 10, \`files/folder-removed\` 8, \`terraform/alarm-removed\` 7, \`checks/workflow-removed\` 7, \`terraform/backup-removed\` 6, \`storage/public\` 6, \`checks/guard-config-removed\` 6, \`checks/failure-ignored\` 6, \`secrets/token\` 6, \`code/tls-verification-off\` 5, \`scripts/downloaded-and-run\` 5, \`terraform/prevent-destroy-dropped\` 4, \`dockerfile/remote-add\` 4, \`terraform/provider-changed\` 3, \`terraform/made-anew\` 3, \`scripts/auto-approve\` 3, \`owners/rule-dropped\` 2, \`storage/public-access-allowed\` 2, \`kubernetes/object-removed\` 2, \`scripts/kubectl-delete\` 2, \`code/any-origin\` 2, \`storage/public-access-block-removed\` 1, \`sql/truncate\` 1, \`sql/drop-table\` 1, \`owners/owner-added\` 1, \`terraform/removed-destroys\` 1, \`storage/public-database\` 1, \`scripts/cloud-delete\` 1, \`scripts/database-dropped\` 1, \`branch-rules/weakened\` 1, \`scripts/git-force-push\` 1, \`checks/test-removed\` 1.
- **ministryofjustice/modernisation-platform**: \`terraform/resource-removed\` 245, \`iam/wildcard-action\` 188, \`terraform/module-removed\` 139, \`workflows/secret-gained\` 130, \`workflows/permission-gained\` 86, \`iam/wildcard-resource\` 81, \`workflows/unpinned-action\` 43, \`terraform/resource-renamed\` 40, \`owners/owner-added\` 38, \`terraform/alarm-removed\` 32, \`iam/admin-role\` 18, \`iam/trust-widened\` 18, \`owners/rule-dropped\` 10, \`checks/workflow-removed\` 10, \`scripts/cloud-delete\` 9, \`files/folder-removed\` 8, \`scripts/auto-approve\` 8, \`terraform/backend-changed\` 8, \`workflows/stranger-text-in-script\` 4, \`terraform/skip-final-snapshot\` 4, \`network/open-to-all\` 4, \`terraform/backup-removed\` 3, \`checks/job-removed\` 3, \`agents/instructions-changed\` 2, \`workflows/pull-request-target\` 2, \`owners/carved-out\` 2, \`code/tls-verification-off\` 2, \`workflows/permissions-dropped\` 2, \`scripts/terraform-destroy\` 2, \`iam/public-principal\` 2, \`branch-rules/weakened\` 2, \`terraform/force-destroy\` 2, \`terraform/count-zero\` 1, \`secrets/private-key\` 1, \`checks/failure-ignored\` 1, \`scripts/rm-rf-variable\` 1, \`storage/instance-metadata-open\` 1, \`scripts/downloaded-and-run\` 1, \`kubernetes/object-removed\` 1, \`backups/retention-lowered\` 1, \`workflows/write-all\` 1, \`storage/public-access-block-removed\` 1, \`storage/public-access-allowed\` 1.
- **onedr0p/home-ops**: \`kubernetes/object-removed\` 723, \`kubernetes/kustomization-entry-removed\` 465, \`kubernetes/data-removed\` 235, \`workflows/unpinned-action\` 138, \`kubernetes/privileged\` 135, \`kubernetes/watch-removed\` 131, \`workflows/secret-gained\` 106, \`backups/alert-removed\` 90, \`kubernetes/host-path\` 65, \`files/folder-removed\` 55, \`code/tls-verification-off\` 48, \`checks/workflow-removed\` 41, \`scripts/kubectl-delete\` 39, \`backups/job-removed\` 38, \`kubernetes/guard-removed\` 32, \`workflows/self-hosted\` 30, \`terraform/resource-removed\` 26, \`scripts/downloaded-and-run\` 24, \`kubernetes/cluster-admin\` 24, \`kubernetes/run-as-root\` 24, \`kubernetes/rbac-wildcard\` 22, \`kubernetes/prune-on\` 20, \`kubernetes/persistence-off\` 20, \`workflows/permission-gained\` 16, \`code/auth-skipped\` 11, \`kubernetes/capabilities\` 10, \`scripts/disk-overwritten\` 8, \`checks/job-removed\` 8, \`compose/privileged\` 5, \`kubernetes/replicas-zero\` 4, \`kubernetes/reclaim-delete\` 4, \`checks/guard-config-removed\` 4, \`terraform/backend-changed\` 4, \`compose/host-mount\` 4, \`kubernetes/keep-dropped\` 3, \`terraform/force-destroy\` 3, \`checks/failure-ignored\` 2, \`scripts/bucket-emptied\` 2, \`terraform/resource-renamed\` 2, \`compose/volume-removed\` 2, \`scripts/terraform-destroy\` 2, \`network/open-to-all\` 1, \`terraform/module-removed\` 1, \`workflows/pull-request-target\` 1, \`terraform/provider-changed\` 1, \`checks/test-removed\` 1, \`scripts/auto-approve\` 1.
- **lobsters/lobsters**: \`migrations/edited\` 29, \`checks/test-removed\` 13, \`migrations/column-dropped\` 9, \`code/auth-removed\` 5, \`migrations/deleted\` 3, \`workflows/unpinned-action\` 3, \`code/tls-verification-off\` 3, \`compose/volume-removed\` 2, \`scripts/database-dropped\` 2, \`code/auth-skipped\` 2, \`agents/instructions-changed\` 2, \`files/folder-removed\` 2, \`checks/job-removed\` 1, \`workflows/permission-gained\` 1, \`checks/test-skipped\` 1, \`migrations/table-dropped\` 1.
- **documenso/documenso**: \`sql/drop-column\` 17, \`workflows/permission-gained\` 13, \`checks/test-skipped\` 11, \`workflows/unpinned-action\` 10, \`workflows/secret-gained\` 9, \`migrations/edited\` 8, \`secrets/password\` 8, \`agents/instructions-changed\` 7, \`files/folder-removed\` 7, \`migrations/deleted\` 7, \`sql/drop-table\` 6, \`code/any-origin\` 5, \`checks/workflow-removed\` 3, \`compose/volume-removed\` 2, \`checks/failure-ignored\` 2, \`workflows/pull-request-target\` 2, \`scripts/git-force-push\` 1, \`secrets/private-key\` 1, \`files/many-removed\` 1, \`code/auth-removed\` 1, \`sql/delete-without-where\` 1, \`scripts/database-dropped\` 1.`;

import { CONTROL_FILES_AREA } from "./control-files.ts";

/** Where the rule of an area comes from about which nobody wrote anything. */
export const BUILT_IN = "built-in";

/** A named set of production paths that Countersign knows without being told. */
export interface BuiltInArea {
  readonly name: string;
  /** One sentence for the person who is asked to sign. */
  readonly why: string;
  /** Patterns in CODEOWNERS' language: a name without a slash counts at any depth. */
  readonly paths: readonly string[];
}

// Folder names that also name ordinary code (infrastructure layers, chart components, deploy helpers) are
// anchored at the root, where they seldom do. Folders are written without a slash at the end, because a submodule
// or a symbolic link may stand in their place.

const INFRASTRUCTURE = {
  name: "infrastructure",
  why: "Infrastructure code creates, changes and destroys the machines, networks and data stores that production runs on.",
  paths: [
    // Terraform, OpenTofu, Terragrunt
    "*.tf",
    "*.tf.json",
    "*.tfvars",
    "*.tfvars.json",
    "*.tfstate",
    "*.tofu",
    "*.tofu.json",
    ".terraform.lock.hcl",
    ".terraformrc",
    "terragrunt*.hcl",
    "atlantis.yaml",
    "/terraform",
    "/infra",
    "/infrastructure",
    // CloudFormation, SAM, CDK
    "cloudformation",
    "*.cfn.json",
    "*.cfn.yaml",
    "*.cfn.yml",
    "/template.yaml",
    "/template.yml",
    "samconfig.toml",
    "cdk.json",
    "cdk.context.json",
    "cdktf.json",
    "/cdk",
    // Pulumi, Bicep, Azure Resource Manager
    "Pulumi.yaml",
    "Pulumi.yml",
    "Pulumi.*.yaml",
    "Pulumi.*.yml",
    "/pulumi",
    "*.bicep",
    "*.bicepparam",
    "azuredeploy*.json",
    // Ansible, Puppet, Chef, Salt
    "ansible",
    "ansible.cfg",
    "group_vars",
    "host_vars",
    "/playbooks",
    "Puppetfile",
    "**/manifests/*.pp",
    "cookbooks",
    "/salt",
    // Packer, cloud-init
    "*.pkr.hcl",
    "*.pkr.json",
    "*.pkrvars.hcl",
    "cloud-init.yaml",
    "cloud-init.yml",
    // Access rules that stand in the repository
    "firestore.rules",
    "storage.rules",
    "database.rules.json",
  ],
} as const satisfies BuiltInArea;

const DEPLOYMENT = {
  name: "deployment",
  why: "Deployment files determine what runs in production, with which image, settings, permissions and scale.",
  paths: [
    // Containers
    "Dockerfile",
    "Dockerfile.*",
    "*.dockerfile",
    "*.Dockerfile",
    "Containerfile",
    "compose.yaml",
    "compose.yml",
    "compose.*.yaml",
    "compose.*.yml",
    "docker-compose*.yaml",
    "docker-compose*.yml",
    "docker-bake.hcl",
    "docker-bake.json",
    // Kubernetes and what renders or applies it
    "k8s",
    "kubernetes",
    "helm",
    "/charts",
    "Chart.yaml",
    "Chart.lock",
    "values.yaml",
    "values-*.yaml",
    "values.*.yaml",
    "helmfile.yaml",
    "helmfile.d",
    "kustomization.yaml",
    "kustomization.yml",
    "kustomize",
    "argocd",
    "argo-cd",
    "flux-system",
    "skaffold.yaml",
    "skaffold.yml",
    "werf.yaml",
    // Platforms and schedulers
    "Procfile",
    "serverless.json",
    "serverless.ts",
    "serverless.yaml",
    "serverless.yml",
    "*.nomad",
    "*.nomad.hcl",
    "appspec.yaml",
    "appspec.yml",
    "task-definition*.json",
    ".ebextensions",
    "Dockerrun.aws.json",
    "/app.yaml",
    "heroku.yml",
    "fly.toml",
    "fly.*.toml",
    "render.yaml",
    "railway.json",
    "railway.toml",
    "vercel.json",
    "netlify.toml",
    "firebase.json",
    "wrangler.json",
    "wrangler.jsonc",
    "wrangler.toml",
    // Deploy tools and folders
    ".kamal",
    "**/config/deploy.rb",
    "**/config/deploy.yml",
    "**/config/deploy",
    "Capfile",
    "/deploy",
    "/deployment",
    "/deployments",
    "/manifests",
  ],
} as const satisfies BuiltInArea;

const MIGRATIONS = {
  name: "migrations",
  why: "Migrations change the schema and data of live databases, and most cannot be undone.",
  paths: [
    "migrations",
    "Migrations",
    "**/db/migrate",
    "**/db/migration",
    "**/db/schema.rb",
    "**/db/structure.sql",
    // Alembic
    "alembic",
    "alembic.ini",
    // Flyway, by folder and by its file names
    "flyway",
    "flyway.conf",
    "flyway.toml",
    "V*__*.sql",
    "U*__*.sql",
    "R__*.sql",
    // Liquibase
    "liquibase",
    "liquibase.properties",
    "**/db/changelog",
    "db.changelog*",
    // Prisma, Drizzle, Atlas, Sqitch, golang-migrate
    "schema.prisma",
    "/drizzle",
    "**/drizzle/*.sql",
    "atlas.hcl",
    "sqitch.plan",
    "*.up.sql",
    "*.down.sql",
  ],
} as const satisfies BuiltInArea;

export const CI_AREA = {
  name: "ci",
  why: "Pipelines build and release with production credentials, so changing one gives access to everything it can reach.",
  paths: [
    ".gitlab-ci.yml",
    "*.gitlab-ci.yml",
    "/.gitlab/ci",
    "Jenkinsfile",
    "Jenkinsfile.*",
    "*.jenkinsfile",
    ".circleci",
    "azure-pipelines*.yaml",
    "azure-pipelines*.yml",
    ".azure-pipelines",
    ".azuredevops",
    ".buildkite",
    "bitbucket-pipelines.yml",
    ".travis.yml",
    "appveyor.yml",
    ".appveyor.yml",
    ".cirrus.yml",
    ".cirrus.star",
    ".drone.yml",
    ".drone.star",
    ".drone.jsonnet",
    ".woodpecker.yaml",
    ".woodpecker.yml",
    ".woodpecker",
    ".forgejo/workflows",
    ".gitea/workflows",
    ".semaphore",
    ".teamcity",
    ".tekton",
    ".harness",
    "bamboo-specs",
    "buildspec*.yaml",
    "buildspec*.yml",
    "cloudbuild*.json",
    "cloudbuild*.yaml",
    "cloudbuild*.yml",
    "codefresh.yml",
    "codemagic.yaml",
    "bitrise.yml",
    "Earthfile",
    "/.ci",
  ],
} as const satisfies BuiltInArea;

/** In the order in which they are shown; control files last. */
export const BUILT_IN_AREAS = [
  INFRASTRUCTURE,
  DEPLOYMENT,
  MIGRATIONS,
  CI_AREA,
  CONTROL_FILES_AREA,
] as const satisfies readonly BuiltInArea[];

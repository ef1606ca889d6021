import type { Asks, HazardKind } from "../hazard.ts";
import type { FileChange } from "../reading/change.ts";
import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";
import { isFilledBy, isForeign } from "./scripts/own-folders.ts";
import { isRunAsBefore } from "./scripts/run-before.ts";
import { isSaidOtherwise, isSavedPlan } from "./scripts/same-apply.ts";
import { isSpoken } from "./scripts/spoken.ts";

interface Command {
  readonly id: string;
  readonly kind: HazardKind;
  readonly asks: Asks;
  readonly when: string;
  readonly pattern: RegExp;
  /** Matches that are harmless all the same. */
  readonly unless?: RegExp;
  readonly where?: (found: RegExpExecArray, file: FileChange) => boolean;
  /** What it does, to follow "runs `…`: ". */
  readonly does: string;
  readonly reports: readonly string[];
  readonly ignores: readonly (readonly [why: string, line: string])[];
}

/** What stood before a command and no longer keeps it from running, and what came. */
const UNGUARDED = [
  ['[ "$SURE" = yes ] && ', ""],
  ["read -r sure && ", "sudo "],
] as const;

function commandRule({
  id,
  kind,
  asks,
  when,
  pattern,
  unless,
  where,
  does,
  reports,
  ignores,
}: Command): Rule {
  const line = {
    side: "after",
    pattern,
    ...(unless === undefined ? {} : { unless }),
    where: (found: RegExpExecArray, file: FileChange) =>
      !isSpoken(found.input) && !isRunAsBefore(found, { file, pattern }) && where?.(found, file) !== false,
    why: ([command = ""]: RegExpExecArray) => `runs ${shown(command)}: ${does}`,
  } as const;
  const script = (text: string) => added("scripts/run.sh", `${text}\n`);
  const runsIn = (text: string) => `runs ${shown(pattern.exec(text)?.[0] ?? "nothing")}: ${does}`;
  const said = reports[0] ?? "";
  return {
    id,
    kind,
    asks,
    when,
    lines: [line],
    reports: [
      ...reports.map((text) => [runsIn(text), script(text)] as const),
      ...UNGUARDED.map(
        ([before, after]) =>
          [runsIn(said), changed("scripts/run.sh", `${before}${said}\n`, `${after}${said}\n`)] as const,
      ),
    ],
    ignores: [
      ...ignores.map(([why, text]) => [why, script(text)] as const),
      ["it ran so before", changed("scripts/run.sh", `sudo ${said}\n`, `env -u B ${said}\n`)],
      ["it is only printed", script(`echo "would run: ${said.replaceAll('"', "'")}"`)],
    ],
  };
}

/** Variables of what is made anew, by whole words of their names, or that always hold a path. */
const SAFE_VARIABLE =
  /^["']?\$[({]{0,3}\s*(?:(?:\w*_)?(?:TE?MP|BUILD|DIST|OUT(?:PUT)?|CACHE|WORK(?:SPACE)?|STAGING|SCRATCH|ARTIFACTS?|TARGET|COVERAGE|LOGS?)_?(?:(?:DIR(?:ECTORY)?|PATH|FOLDER|ROOT|HOME)S?)?|github\.workspace|runner\.temp|mktemp|PWD|pwd|@)(?!\w)|^["']?\$(?:HOME|\{HOME\}|PWD|\{PWD\}|\(pwd\)|\{GITHUB_WORKSPACE\}|\{\{ *github\.workspace *\}\})\/[\w.]/i;

/** A variable of a function or a loop, by the habit of writing those small. */
const SMALL_FOLDER = /^["']?\$\{?\w*(?:\bd|_d|[a-z][dD])ir\b/;

function endangers(target: string, { input }: RegExpExecArray, file: FileChange): boolean {
  if (!/^["']?\$/.test(target) || isFilledBy(file, target, input)) return false;
  // What it is called says nothing where the file says what it is.
  if (isForeign(file, target)) return true;
  if (/^["']?\$\{\w+:\?/.test(target)) return false;
  return ![SAFE_VARIABLE, SMALL_FOLDER].some((each) => each.test(target));
}

const targetsOf = (found: RegExpExecArray) => (found[1] ?? "").split(/\s+/);

const COMMANDS: readonly Command[] = [
  {
    id: "scripts/rm-rf-variable",
    kind: "destructive",
    asks: "block",
    when: "`rm -rf` on a variable that may be empty or wrong",
    pattern:
      /\brm\s+(?:-\w+\s+)*(?:-(?:(?=\w*r)(?=\w*f)\w+|r\s+-f\w*|f\s+-r\w*)|--recursive\s+--force|--force\s+--recursive|-r\s+--force|-f\s+--recursive)\s+(?:--\s+)?([^;&|\n]*)/i,
    where: (found, file) => targetsOf(found).some((target) => endangers(target, found, file)),
    does: "an empty or wrong variable makes it delete something else",
    reports: [
      'rm --recursive --force "$STEAMROOT/"*',
      'rm -rf "$DEPLOY_ROOT/app"',
      "rm -fr $PREFIX/lib",
      'rm -rf "$DATA_DIR"/*',
      "rm -rf $OUTAGES",
      'DIR=/var/lib; rm -rf "$DIR"',
      'for each in /srv/a /srv/b; do\n  rm -rf "$each"\ndone',
      'for each in build $ALL; do\n  rm -rf "$each"\ndone',
      'DIR=../shop; rm -rf "$DIR"',
      'export BUILD_DIR=~/shop\nrm -rf "$BUILD_DIR"',
      'if [ -z "$DIR" ]; then\n  DIR=build/x\nfi\nrm -rf "$DIR"',
      'rm -rf "$DIR"\nDIR=build/x',
      'DIR=build/x make all\nrm -rf "$DIR"',
      'DIR=build/x\nrm -rf "$DIR/../.."',
      `: "$\{OUT_DIR:=/srv/shop}"\nrm -rf "$OUT_DIR"`,
    ],
    ignores: [
      ["words that stand there", 'for each in build dist; do\n  rm -rf "$each"\ndone'],
      ["a path of the checkout", 'DIR=build/x; rm -rf "$DIR"'],
      ["one for temporary files", 'DIR="/tmp/shop"\nif true; then\n  rm -rf "$DIR"\nfi'],
      ["in a function", 'tidy() {\n  rm -rf "$work"\n}\nwork=$(mktemp -d)\ntrap tidy EXIT'],
      ["a fixed folder", "rm -rf node_modules dist"],
      ["a folder that the script made", 'work="$(mktemp -d)"\nrm -rf "$work"'],
      ["a temporary folder", 'rm -rf "$TMPDIR/work"'],
      ["a folder of the build", 'rm -rf "$APP_BUILD_DIR"'],
      ["it stops where the variable is empty", `rm -rf "$\{DEPLOY_ROOT:?}/app"`],
      ["a comment", '# rm -rf "$DEPLOY_ROOT"'],
    ],
  },
  {
    id: "scripts/rm-rf-root",
    kind: "destructive",
    asks: "block",
    when: "`rm -rf` on the root, a home or a system folder",
    pattern:
      /\brm\s+(?:-\w+\s+)*-\w*[rR]\w*\s+(?:-\w+\s+)*(?:--no-preserve-root\s+)?["']?(?:\/(?=\s|$|\*|["'])|\/(?:etc|usr|var|home|root|boot|data|opt|srv|mnt|var\/(?:lib|www|opt|db|mail|spool|backups?)|usr\/(?:local|bin|lib|lib64|sbin|share)|home\/[\w.-]+)\/?(?=\s|$|\*|["';&|])|\/var\/lib\/(?:postgres\w*|mysql|mariadb|mongo\w*|redis|docker|containerd|kubelet|etcd|rancher|elasticsearch|rabbitmq\w*|prometheus|grafana|vault|consul|libvirt|ceph)(?![\w-])|~\/?(?=\s|$|\*|["'])|\$\{?HOME\}?\/?(?=\s|$|\*|["']))\S*/,
    does: "it deletes what the whole machine or account lives by",
    reports: [
      "rm -rf /",
      "sudo rm -rf /var/*",
      'rm -rf "$HOME"',
      "rm -rf /var/lib/mysql/*",
      "rm -rf /var/lib; ls",
    ],
    ignores: [
      ["a package cache", "rm -rf /var/lib/apt/lists/*"],
      ["a program that is put in anew", "rm -rf /usr/local/go"],
    ],
  },
  {
    id: "scripts/terraform-destroy",
    kind: "destructive",
    asks: "block",
    when: "`terraform destroy` or its kin (OpenTofu, Terragrunt, Pulumi, CDK, CloudFormation, SAM, Serverless)",
    pattern:
      /\b(?:terraform|tofu|terragrunt)\s+(?:-\S+\s+)*(?:run-all\s+|run\s+--all\s+(?:--\s+)?|stack\s+run\s+|apply\s+(?:-\S+\s+)*-)?destroy\b|\bpulumi\s+(?:destroy|stack\s+rm)\b|\bcdk\s+destroy\b|\b(?:serverless|sls)\s+remove\b|\bsam\s+delete\b|\baws\s+cloudformation\s+delete-stack\b/,
    does: "it destroys what it manages",
    reports: ["terraform destroy -target module.db", "terraform apply -destroy", "pulumi destroy --yes"],
    ignores: [
      ["it only plans", "terraform plan -out plan.bin"],
      ["Ruby says it", 'puts "terraform destroy #{folder}"'],
    ],
  },
  {
    id: "scripts/state-forgotten",
    kind: "destructive",
    asks: "block",
    when: "something is taken out of Terraform's state (`terraform state rm`)",
    pattern: /\b(?:terraform|tofu|terragrunt)\s+(?:-\S+\s+)*state\s+rm\b/,
    does: "Terraform no longer knows it, and makes another where it is still written",
    reports: ["terraform state rm module.db", "tofu state rm module.db"],
    ignores: [["it is only listed", "terraform state list"]],
  },
  {
    id: "scripts/auto-approve",
    kind: "destructive",
    asks: "block",
    when: "infrastructure is applied without anybody seeing the plan",
    pattern:
      /\b(?:terraform|tofu|terragrunt)\b(?!\s+(?:-\S+\s+)*(?:run-all\s+|run\s+--all\s+(?:--\s+)?)?(?:init|plan|validate|output|show|fmt|hclfmt|providers|refresh|import|state\s+replace-provider)\s[^;&|]*$).*\s(?:-{1,2}auto-approve|--terragrunt-non-interactive|--non-interactive)(?!=false)\b|\byes\b[^|]{0,20}\|\s*(?:terraform|tofu|terragrunt)\b.{0,80}\bapply\b|\bTF_CLI_ARGS\w*["']?\s*[:=].{0,80}-auto-approve|\b\w*(?:APPROVE|AUTO)\w*=["']?-auto-approve|\bpulumi\s+up\b.*\s(?:--yes|-y|--skip-preview)\b|\bcdk\s+deploy\b.*--require-approval[= ]never\b/,
    where: (found, file) => !isSaidOtherwise(found, file) && !isSavedPlan(found, file),
    does: "nobody sees the plan before it destroys",
    reports: [
      "terraform apply -auto-approve",
      "terraform apply -auto-approve plan/",
      "terraform state replace-provider -auto-approve a b && terraform apply -auto-approve",
      "terraform plan -out a.plan\nterraform apply -auto-approve plans",
      "# terraform plan -out a.plan\nterraform apply -auto-approve a.plan",
      "terraform plan -out a.plan\nterraform apply -auto-approve -target a.plan",
      "echo -out a.plan\nterraform apply -auto-approve a.plan",
      "cdk deploy --require-approval never",
      "terragrunt run-all init --terragrunt-non-interactive && terragrunt apply --terragrunt-non-interactive",
    ],
    ignores: [
      ["a plan that was seen", "terraform apply plan.bin"],
      ["only another provider is named in the state", "terraform state replace-provider -auto-approve a b"],
      [
        "a plan that was saved",
        "terraform plan -out tf.plan\nterraform apply -auto-approve -input=false tf.plan",
      ],
      ["nothing is applied", "terragrunt run-all init -upgrade --terragrunt-non-interactive"],
    ],
  },
  {
    id: "scripts/kubectl-delete",
    kind: "destructive",
    asks: "block",
    when: "`kubectl delete`, `oc delete`, `helm uninstall`, `argocd app delete`, `flux delete`, or a drain",
    pattern:
      /\b(?:kubectl|oc|k)\s+(?:-\S+\s+(?:[^-\s]\S*\s+)?){0,6}(?:delete\s+(?!-h)\S+|drain\s+\S+|replace\s+.*--force)(?:\s+\S+)?|\bhelm\s+(?:uninstall|delete)\s+\S+|\bargocd\s+app\s+delete\b|\bflux\s+delete\b|\bkubectl\s+apply\b.*--prune\b|\bkubectl\s+scale\b.*--replicas[= ]0\b/,
    unless: /\s--(?:kube-)?context[= ]["']?(?:kind|k3d|minikube)\b/,
    does: "it takes running objects away",
    reports: [
      "kubectl -n shop delete pvc data",
      "helm uninstall shop",
      "kubectl scale deploy/web --replicas=0",
    ],
    ignores: [["it only looks", "kubectl get pods"]],
  },
  {
    id: "scripts/cloud-delete",
    kind: "destructive",
    asks: "block",
    when: "`aws … delete-*`, `terminate-*`, `gcloud … delete`, `az … delete`, `doctl`, `heroku`, `fly`, `gh repo delete`",
    pattern:
      /\baws\s+(?:-\S+\s+(?:[^-\s]\S*\s+)?){0,6}[\w-]+\s+(?:(?:batch-)?delete-(?!message|tags|access-key|cookie)[\w-]+|terminate-[\w-]+|deregister-(?!task|targets|image)[\w-]+|purge-queue|schedule-key-deletion)|\bgcloud\s+(?:[\w-]+\s+){1,6}delete\b|\baz\s+(?:[\w-]+\s+){1,6}(?:delete|purge)\b|\bdoctl\s+(?:[\w-]+\s+){1,6}(?:delete|rm)\b|\bheroku\s+(?:apps:destroy|pg:reset|addons:destroy)|\bfly(?:ctl)?\s+(?:(?:apps|volumes?|postgres)\s+)?(?:destroy|delete)\b|\bgh\s+(?:repo|release|secret|variable)\s+delete\b/,
    does: "it deletes in the cloud, at once",
    reports: [
      "aws rds delete-db-instance --db-instance-identifier main",
      "gcloud sql instances delete main --quiet",
      "az group delete --name shop",
    ],
    ignores: [["it only lists", "aws rds describe-db-instances"]],
  },
  {
    id: "scripts/bucket-emptied",
    kind: "destructive",
    asks: "block",
    when: "a bucket is emptied, removed or synchronised with deletion",
    pattern:
      /\baws\s+s3\s+(?:rm\b.*--recursive|rb\b.*--force|sync\b.*--delete)|\bgsutil\s+(?:-m\s+)?(?:rm\s+(?:-\w*r\w*|-a)|rsync\b.*\s-\w*d)|\bgcloud\s+storage\s+(?:rm\b.*(?:-r|--recursive)|buckets\s+delete)|\baz\s+storage\s+blob\s+delete-batch\b|\brclone\s+(?:purge|delete|sync)\b|\bmc\s+(?:rm\b.*--recursive|rb\b.*--force)/,
    does: "what is in the bucket is gone",
    reports: ["aws s3 rm s3://shop-orders --recursive", "aws s3 sync . s3://site --delete"],
    ignores: [["it copies", "aws s3 cp a s3://shop/a"]],
  },
  {
    id: "scripts/database-dropped",
    kind: "destructive",
    asks: "block",
    when: "a database is dropped, reset or emptied from a script",
    pattern:
      /\bdropdb\b(?!.*--help)|\bmysqladmin\b.*\bdrop\b|\b(?:rails|rake|bin\/rails)\s+db:(?:drop|reset|purge|migrate:reset)\b|\bprisma\s+(?:migrate\s+reset|db\s+push\b.*--(?:accept-data-loss|force-reset))|\bartisan\s+(?:migrate:(?:fresh|refresh|reset)|db:wipe)\b|\bsupabase\s+db\s+reset\b.{0,80}--(?:linked|db-url)|\bmanage\.py\s+(?:flush|reset_db|sqlflush)\b|\bredis-cli\b.*\b(?:FLUSHALL|FLUSHDB)\b|\b(?:sequelize|knex)\b.*(?:db:drop|undo:all|rollback\s+--all)|\bmongo(?:sh)?\b.*dropDatabase|\bcurl\b.*-X\s*DELETE\b.*:9200|\b(?:doctrine|orm):(?:schema(?:-tool)?:(?:drop|update)\b.{0,80}--force|database:drop)|\bmikro-orm\s+(?:schema:(?:drop|fresh)|database:drop)|\btypeorm\s+schema:drop|\b(?:ef|dotnet-ef)\s+database\s+drop|\bflyway\b.{0,80}\sclean\b|\bliquibase\b.{0,80}\b(?:drop-all|dropAll)\b/i,
    does: "the database and its data are gone",
    reports: [
      "dropdb shop",
      "bundle exec rails db:reset",
      "npx prisma migrate reset --force",
      "php bin/console doctrine:schema:update --force",
      "redis-cli FLUSHALL",
    ],
    ignores: [["it migrates", "bundle exec rails db:migrate"]],
  },
  {
    id: "scripts/sql-in-string",
    kind: "destructive",
    asks: "block",
    when: "a script or a program runs SQL that drops a database, schema or table, or empties one",
    pattern:
      /["'`\s](?:DROP\s+(?:DATABASE|SCHEMA|TABLE)\s+(?:IF\s+EXISTS\s+)?[\w$"`{%.]+|TRUNCATE\s+TABLE\s+[\w$"`{%.]+)/,
    does: "its data is gone",
    reports: ['psql -c "DROP DATABASE shop"', "mysql -e 'TRUNCATE TABLE orders'"],
    ignores: [["it is made", 'psql -c "CREATE DATABASE shop"']],
  },
  {
    id: "scripts/git-force-push",
    kind: "destructive",
    asks: "block",
    when: "`git push --force` without a lease, or a remote branch or tag is deleted",
    pattern:
      /\bgit\s+(?:-C\s+\S+\s+)?push\b(?:(?!&&|[;|]).)*\s(?:--force(?!-)|-\w*f\w*(?=\s|$)|--mirror|--delete|\+\S+)(?:\s+[^\s&|;]+)*/,
    // The pages that are made from the sources, and nothing else.
    unless: /\spush\s+(?:-\S+\s+)*[^-\s]\S*\s+(?:-\S+\s+)*(?:\S+:)?(?:refs\/heads\/)?gh-pages["']?$/,
    does: "commits of others can be lost",
    reports: ["git push --force origin main", "git push origin +HEAD:main"],
    ignores: [
      ["it stops where others have pushed", "git push --force-with-lease origin feature"],
      ["a plain push", "git push origin main"],
    ],
  },
  {
    id: "scripts/volumes-removed",
    kind: "destructive",
    asks: "block",
    when: "Docker volumes are removed or pruned",
    pattern:
      /\bdocker[ -]compose\b.*\bdown\b.*\s(?:-v\b|--volumes\b)|\bdocker\s+volume\s+(?:rm|prune)\b|\bdocker\s+system\s+prune\b.*--volumes\b/,
    does: "what is in the volumes is gone",
    reports: ["docker compose down -v", "docker volume rm data"],
    ignores: [["it only stops", "docker compose down"]],
  },
  {
    id: "scripts/disk-overwritten",
    kind: "destructive",
    asks: "block",
    when: "a disk is formatted, overwritten or wiped",
    pattern:
      /\bmkfs(?:\.\w+)?\s+\S*\/dev\/\S+|\bdd\b.*\bof=\/dev\/(?!null|stdout|stderr|fd|shm)\S+|\b(?:wipefs|shred|blkdiscard|sgdisk\s+(?:-Z|--zap-all))\b\s+\S+|\blvremove\b|\bzpool\s+destroy\b|\bzfs\s+destroy\b/,
    does: "what is on the disk is gone",
    reports: ["mkfs.ext4 /dev/sdb1", "zfs destroy tank/data"],
    ignores: [["a file of zeros", "dd if=/dev/zero of=swapfile"]],
  },
  {
    id: "scripts/everybody-may-write",
    kind: "widening",
    asks: "block",
    when: "files are opened to every user of the machine (`chmod 777`)",
    pattern: /\bchmod\s+(?:-\w+\s+)*(?:0?777|a\+rwx|ugo\+rwx|o\+w)\b\s+\S+/,
    does: "every user and process may change it",
    reports: ["chmod -R 777 /srv/app"],
    ignores: [["made executable", "chmod +x run.sh"]],
  },
  {
    id: "scripts/downloaded-and-run",
    kind: "widening",
    asks: "block",
    when: "something is downloaded and run unseen (`curl … | sh`)",
    pattern:
      /\b(?:curl|wget)\b[^|;&]*\|\s*(?:sudo\s+)?(?:-\w+\s+)*(?:(?:ba|z|da|k)?sh|python3?|perl|ruby|node|php)\b(?!\s+-(?:c|e|n|p|ne|pe)\s+['"](?!.*\b(?:exec|eval|system|spawn|require)\b))|\b(?:curl|wget)\b[^|;&]{0,200}\s(?:-\w*[oO]|--output|--output-document)[= ]?\s*["']?([\w./-]+)["']?[^|;&]{0,200}(?:&&|;)\s*(?:sudo\s+)?(?:chmod\s+\S+\s+\S+\s*(?:&&|;)\s*(?:sudo\s+)?)?(?:(?:ba|z|da)?sh\s+|\.\/|source\s+|python3?\s+)["']?(?:\.\/)?\1\b|\beval\s+["']?\$\(\s*(?:curl|wget)\b|\bsource\s+<\(\s*(?:curl|wget)\b|\b(?:python3?|perl|ruby|node)\s+(?:-c\s+|<\()\s*["']?\$?\(?\s*(?:curl|wget)\b|\b(?:ba|z)?sh\s+(?:-c\s+)?["']?(?:<\(|\$\()\s*(?:curl|wget)\b|\b(?:iex|Invoke-Expression)\b.*(?:DownloadString|\birm\b|\biwr\b)/i,
    does: "whoever controls that address runs code here",
    reports: [
      "curl -fsSL https://example.com/install.sh | bash",
      'curl -s https://example.com/a.py | python3 -c "import sys; exec(sys.stdin.read())"',
      "curl -o i.sh https://example.com/i.sh && bash i.sh",
      'sh -c "$(curl -fsSL https://example.com/i.sh)"',
    ],
    ignores: [
      ["it is only fetched", "curl -fsSLO https://example.com/install.sh"],
      [
        "it is only read",
        'curl -s https://example.com/a.json | python3 -c "import json, sys; print(json.load(sys.stdin))"',
      ],
    ],
  },
  {
    id: "scripts/agent-unattended",
    kind: "widening",
    asks: "block",
    when: "an AI agent is started without asking anybody (`--dangerously-skip-permissions`, `--yolo`, …)",
    pattern:
      /(?<=\s)--(?:dangerously-skip-permissions|allow-dangerously-skip-permissions|dangerously-bypass-approvals-and-sandbox|yolo|trust-all-tools|allow-all-tools|full-auto|auto-approve-everything|dangerously-allow-all|permission-mode[= ]bypassPermissions|ask-for-approval[= ]never|sandbox[= ]danger-full-access|approval-mode[= ]yolo|yes-always)\b/,
    does: "an agent acts with nobody to ask",
    reports: ["claude -p fix --dangerously-skip-permissions", "gemini --yolo", "codex exec --full-auto"],
    ignores: [["a listed tool only", "claude -p fix --allowedTools Read"]],
  },
];

const SCRIPT =
  /\.(?:sh|bash|zsh|ksh|fish|ps1|bat|cmd|mk|cron|service)$|(?:^|\/)(?:Makefile|GNUmakefile|[Jj]ustfile|Rakefile|Jenkinsfile|Procfile|Vagrantfile|Fastfile|Dockerfile|Containerfile|crontab|buildspec)[^/]*$|(?:^|\/)(?:Taskfile|\.gitlab-ci|bitbucket-pipelines|azure-pipelines|cloudbuild|package|turbo|tasks|appspec|skaffold|deno)[^/]*\.(?:ya?ml|json)$|(?:^|\/)\.(?:github|gitlab|circleci|buildkite|husky|forgejo|gitea|drone|woodpecker)\/|(?:^|\/)(?:bin|scripts?|hack|ci|tools|deploy|ops)\/[^./]+$|(?:^|\/)(?:tasks|playbooks|handlers)\/[^/]+\.ya?ml$/;

export const SCRIPTS: RuleSet = {
  name: "scripts",
  title: "Scripts, Makefiles, pipeline steps",
  reads: ({ path, isLive }) => SCRIPT.test(path) && isLive,
  rules: COMMANDS.map(commandRule),
};

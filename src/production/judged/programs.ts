/** Programs by whose names a command is told from a piece of code or of data. */
const PROGRAMS: ReadonlySet<string> = new Set(
  [
    "sh bash zsh fish ksh dash pwsh powershell cmd eval exec source export env set unset alias trap xargs nohup time timeout watch",
    "node nodejs deno bun bunx tsx ts-node python python2 python3 ruby perl php java kotlin scala lua Rscript julia swift swiftc",
    "npm npx pnpm pnpx yarn corepack pip pip3 pipx uv uvx poetry pdm hatch conda mamba cargo rustup rustc go gem bundle bundler composer",
    "mvn mvnw gradle gradlew sbt dotnet nuget mix hex rebar3 stack cabal brew apt apt-get apk dnf yum choco winget snap nix nix-shell",
    "make gmake just task cmake bazel bazelisk buck2 ninja nx turbo lerna rush rake grunt gulp tox nox invoke mise asdf direnv",
    "git gh glab hub jj svn hg act pre-commit husky lefthook changeset semantic-release goreleaser twine vsce",
    "aws gcloud gsutil bq az doctl heroku vercel netlify fly flyctl railway render wrangler supabase firebase ncc eas expo",
    "kubectl kubectx helm helmfile kustomize oc terraform tofu terragrunt pulumi cdk sam serverless sls ansible ansible-playbook packer",
    "vault consul nomad argocd flux eksctl kops minikube kind k3d skaffold tilt docker docker-compose podman buildah nerdctl crane skopeo",
    "psql mysql mysqldump pg_dump pg_restore dropdb createdb mongo mongosh redis-cli sqlite3 duckdb clickhouse clickhouse-client influx",
    "prisma drizzle-kit alembic flyway liquibase rails django-admin knex sequelize typeorm atlas sqitch dbmate goose",
    "curl wget http https ssh scp rsync sftp ftp nc ncat netcat telnet socat nmap ngrok cloudflared tailscale",
    "rm rmdir mv cp ln chmod chown dd mkfs mount umount tar unzip zip gunzip find fd sed awk perl tee truncate install patch",
    "cat ls grep rg ag head tail echo printf mkdir touch cd pushd wc sort uniq cut tr jq yq diff less more tree stat which open base64 xxd",
    "sudo su doas systemctl service launchctl crontab kill pkill killall screen tmux osascript reg schtasks Invoke-WebRequest iex iwr",
    "gpg openssl security op pass age sops ssh-keygen ssh-add keytool certbot",
    "claude codex gemini cursor cursor-agent copilot aider opencode amp goose devin",
    "jest vitest mocha ava playwright cypress pytest unittest ruff mypy pyright black isort flake8 pylint eslint tsc biome prettier oxlint",
    "rspec rubocop golangci-lint staticcheck clippy shellcheck hadolint ktlint swiftlint xcodebuild xcrun adb flutter dart pod fastlane",
  ].flatMap((line) => line.split(" ")),
);

/** Programs that only show what is there. */
export const SHOWS: ReadonlySet<string> = new Set(
  "cat ls grep rg head tail wc sort uniq cut tr jq diff less tree stat which echo printf pwd cd test true".split(
    " ",
  ),
);

/** Where a command begins: at the start, and behind what joins commands. */
const JOINTS = /[|;&`]+|\$\(|\bthen\b|\bdo\b/;

/** Whether a text in code marks is a command, and not a piece of code or of data. */
export function looksLikeCommand(code: string): boolean {
  if (CODE.test(code) || (CHOICE.test(code) && !SHELLS.test(code))) return false;
  return code
    .replace(/^[$#>%] /, "")
    .split(JOINTS)
    .some((part) => isCommand(part.trim().replace(/^(?:[A-Za-z_]\w*=\S* +)+/, "")));
}

/** A declaration of a program, or the words of which one is chosen: `json|yaml|env`. */
const CODE =
  /^export (?:default |declare |abstract |async )*(?:const|let|class|type|function|interface|enum|namespace) [\w$]+$/;
const CHOICE = /^(?:--?[\w-]+ )?[\w-]+(?:\|[\w-]+)+$/;
const SHELLS =
  /(?:^|\|)(?:ba|z|fi|da|k)?sh(?:\||$)|\|(?:xargs|sudo|eval|exec|node|python3?|perl|ruby)(?:\||$)/;

function isCommand(text: string): boolean {
  const [program = "", ...rest] = text.split(/\s+/);
  if (
    PROGRAMS.has(nameOf(program)) ||
    /^(?:\.{1,2}|~)\/.|^\/\w+\/\w|\.(?:sh|bash|ps1|bat|cmd)$/.test(program)
  )
    return true;
  return /^[a-z][\w.@/-]*$/.test(program) && rest.some((word) => /^--?[A-Za-z]/.test(word));
}

function nameOf(word: string): string {
  return word.slice(word.lastIndexOf("/") + 1).replace(/\.exe$/i, "");
}

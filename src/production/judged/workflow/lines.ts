import { at, type Tree, textOf } from "../../hazards/reading/tree.ts";

/** The commands of a script, each on one line; what is only said to people is left out. */
export function commandsOf(step: Tree): readonly string[] {
  return textOf(at(step, "run"))
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

const PLAIN_TEXT = /(?:[^|;&<>`$\\'"]|'[^']*'|"[^"`$\\]*")*/.source;
const PREPARES = new RegExp(
  `^(?:sudo )?(?:${[
    "echo|printf|mkdir|ls|pwd|sleep|df|du|free|uname|which|whoami|date",
    "npm (?:ci|install|i)|pnpm (?:install|i|fetch)|yarn(?: install)?|bun (?:install|i)|corepack enable",
    "(?:python3? -m )?pip3? install|uv (?:sync|venv|pip install|python install)|poetry install|pipx install",
    "cargo fetch|go mod download|bundle install|composer install|rustup (?:toolchain install|target add|component add|update)",
    "(?:apt-get|apt|brew|apk|dnf|yum|choco) (?:-y )?(?:install|update|add)",
    "docker (?:run|pull|login|start)|docker compose (?:up|pull)|npx playwright install",
    "(?:node|npm|pnpm|python3?|cargo|rustc|go|java|ruby|docker) (?:-v|--version|version)",
  ].join("|")})(?: ${PLAIN_TEXT})?$`,
);

/** Whether a command only brings what later ones need, or says something: nothing is checked by it. */
export function isPreparation(command: string): boolean {
  return PREPARES.test(command);
}

const OWN_PREPARES = new RegExp(
  `^(?:${[
    "(?:echo|printf) (?:[\\w .,:!-]+|'[^']*'|\"[^\"`$\\\\]*\")",
    "(?:ls|pwd|df|du|uname|date|corepack enable)",
    "(?:npm ci|npm install|pnpm install|yarn install|yarn|bun install|uv sync|poetry install|bundle install|composer install|cargo fetch|go mod download)(?: --[a-z][\\w-]*(?:=\\w+)?)*",
    "(?:node|npm|pnpm|python3?|cargo|rustc|go|java|ruby|docker) (?:-v|--version|version)",
  ].join("|")})$`,
);

/** Whether a command brings what the repository's own lists say, and nothing else, or only says something. */
export function isOwnPreparation(command: string): boolean {
  return OWN_PREPARES.test(command);
}

/** Where a script may write without changing what later commands do. */
const NOTES =
  /(?:>>?|\| tee(?: -a)?) ?"?(?:\$\{?GITHUB_(?:STEP_SUMMARY|OUTPUT)\}?|\/dev\/(?:null|stderr|stdout))"?|[12]?>&[12]/g;

/** What makes later commands do something else, or a failure pass. */
const DEFUSES =
  /\|\||[;&]\s*(?:true|:)(?:\s|$)|\bset\s+[-+]o?|\b(?:exit|return|trap|exec|eval|source|alias|unalias|function|export|declare|unset|kill|pkill|killall|tee|truncate|dd|install -m|patch)\b|\(\)\s*\{|GITHUB_(?:ENV|PATH)|(?:BASH_)?ENV=|\b(?:sed|perl|awk)\b|\b(?:rm|mv|cp|ln|chmod|chown)\s|\bgit\b(?!\s+(?:status|log|diff|show|rev-parse|describe|fetch|ls-files|branch|tag|grep)\b)|(?:^|[^<])<<|>|::(?:set-env|add-path|stop-commands|add-mask)|&\s*$|^\.\s|\b(?:npx|bunx|uvx|dlx)\b|\b(?:pkg|config) set\b|\s-(?:c|e)\s|--(?:eval|exit-zero|passWithNoTests|no-fail|soft-fail|allow-failures?|collect-only|dry-run|no-verify)\b/;

/** Whether a command that comes may weaken those that follow it. */
export function mayDefuse(command: string): boolean {
  return DEFUSES.test(command.replaceAll(NOTES, ""));
}

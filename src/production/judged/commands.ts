import { SHOWS } from "./programs.ts";

/** Commands that run what the repository itself holds, and change nothing but what is thrown away after the job. */
const TASK = "(?:unit-?)?(?:tests?|lint|check|build|typecheck|type-check|tsc|compile)(?::[\\w-]+)*";
const ORDINARY: readonly RegExp[] = [
  new RegExp(`^(?:npm|pnpm|yarn|bun) (?:run )?${TASK}$`),
  new RegExp(`^(?:make|just) ${TASK}$`),
  /^(?:npm ci|npm t|pnpm install|yarn install|poetry install|bundle install|cargo fetch)$/,
  /^uv sync(?: --(?:all-extras|all-groups|dev|group [\w-]+|extra [\w-]+))*$/,
  /^cargo (?:test|build|check|clippy|doc)$/,
  /^go (?:test|build|vet)(?: \.\/\.\.\.)?$/,
  /^(?:python3? -m )?(?:pytest|unittest|mypy|ruff check|tox)(?: \.)?$/,
  /^(?:dotnet|mvn|gradle|\.\/gradlew|\.\/mvnw) (?:test|build|check|verify)$/,
];

/** Options that choose nothing but how much is said and how strict it is. */
const OPTIONS =
  / --?(?:ci|coverage|check|verbose|v|silent|frozen-lockfile|immutable|locked|race|strict)(?= |$)/g;

/** Whether every line is a command that builds, tests or checks by the repository's own tools, and no more. */
export function isOrdinary(script: string): boolean {
  const lines = script.split("\n").map((line) => line.trim());
  const commands = lines.filter((line) => line !== "");
  return commands.length > 0 && commands.every(isOrdinaryLine);
}

function isOrdinaryLine(line: string): boolean {
  const bare = line.replaceAll(OPTIONS, "");
  return ORDINARY.some((pattern) => pattern.test(bare));
}

/** Programs that build, test and check, and git where it only looks. */
const WORKS =
  /^(?:npm|pnpm|yarn|bun|make|just|cargo|go|pytest|python3? -m pytest|uv run|ruff|mypy|tox|eslint|tsc|vitest|jest|dotnet|mvn|gradle|\.\/gradlew|turbo|nx|biome|prettier|oxlint|swift (?:build|test)|git (?:status|diff|log|show|blame|branch|grep|ls-files|rev-parse)|gh (?:pr|issue|run|search) (?:view|list|diff|checks|issues|prs|code))(?: |$)/;
const REACHES =
  /[|;&$<>()`\\]|\b(?:add|apply|deploy\w*|destroy|publish|release|push|delete|drop|remove|rm|reset|clean|prod\w*|install|exec|dlx|create|init|login|token|force|migrat\w*|config|set|run https?|get|link|unlink|prune|upgrade)\b|(?<![\w:-])(?:x|fix|write|update)\b|--(?:with|from|index|registry|require|import|loader|plugin)\b|:\/\/|@|(?:^|[\s/])\.(?:env|ssh|aws|npmrc|netrc|git)\b|(?:^|\s)(?:\/|~)/i;

/** Whether an agent that is told to run a command only works on the copy that it has. */
export function isOrdinaryToTell(command: string): boolean {
  if (isOrdinary(command)) return true;
  const parts = command
    .replace(/^[$%] /, "")
    .replace(COMMENT, "$1")
    .split(/&&|\|/)
    .map((part) => part.trim());
  return parts.every((part) => isOrdinary(part) || isLook(part) || isHarmless(part.replace(SAID, "")));
}

/** Questions to a cluster, a registry of charts or a machine of containers, but for what is kept secret there. */
const LOOKS =
  /^(?:(?:kubectl|oc) (?:get|describe|logs|top|explain|api-resources|api-versions|events|version|rollout (?:status|history))|flux (?:get|logs|events|stats|tree|version)|helm (?:list|ls|status|history|lint|version)|docker (?:ps|images|logs|inspect|stats|version)|docker[ -]compose (?:ps|logs|config)|git ls-remote)(?: [\w./:=,<>@-]+)*$/;
const KEPT_SECRET = /secret|token|password|credential|kubeconfig|--raw|\bget (?:all|-f)\b|\bcm\b|configmap/i;

/** Whether agents who are told of a command no longer may leave a check: one that they only worked with is no guard. */
export function mayGuard(command: string): boolean {
  if (isOrdinaryToTell(command)) return false;
  const plain = command.replace(COMMENT, "$1");
  return GUARDS.test(command) || !KNOWN_WORK.test(plain);
}

/** Whether a command may check something, by its words. */
export function isCheck(command: string): boolean {
  return isOrdinary(command) || GUARDS.test(command);
}

const GUARDS =
  /^never: |test|lint|check|scan|verif|valid|audit|review|guard|diff|plan\b|dry-?run|secret|sign|hook|format|policy|confirm|backup|snapshot/i;
/** Programs that act on what they are named for; a script of one's own may check anything. */
const KNOWN_WORK =
  /^(?:kubectl|oc|flux|helm|docker|docker-compose|podman|terraform|tofu|aws|gcloud|az|git|gh|npm|pnpm|yarn|bun|npx|bunx|cargo|go|uv|pip3?|poetry|brew|apt(?:-get)?|nix|direnv|wrangler|vercel|rails|prisma|alembic|psql|redis-cli|node|python3?|ruby|open|cd|touch|mkdir|cp|mv|rm|export|claude|codex|gemini)(?: [\w./:=,<>@"'{}()$*|…-]+)*$/;

/** A word for which its reader is to put another. */
const PLACEHOLDER = /(?<=[ ="])<[A-Za-z][\w.-]*>(?=[ "]|$)/g;
/** What a shell leaves out. Between quotes it would be a part of the command. */
const COMMENT = /^([^"'`#]*\S)\s+#\s.*$/;

/** Variables that choose how much is said; others could have a command run something else. */
const SAID = /^(?:(?:CI|NODE_ENV|RUST_BACKTRACE|RUST_LOG|LOG_LEVEL|DEBUG|FORCE_COLOR|NO_COLOR)=\w+ )+/;

function isLook(part: string): boolean {
  return LOOKS.test(part) && !KEPT_SECRET.test(part);
}

/** Tools that check, which the package runner finds among those that the lists name. */
const LOCAL_TOOL =
  /^((?:pnpm|npm|yarn)(?: (?:-C|--filter)[ =]\S+)?) exec (?=(?:vitest|jest|eslint|tsc|prettier|biome|oxlint|turbo|nx|knip)(?: |$))/;
/** An expression that a test runner takes as it is. */
const QUOTED_FILTER = / '[\w\s./:^()<>*=-]*'/g;
const TEST_RUNNER = /^(?:cargo|go|pytest|vitest|jest) /;

function isHarmless(part: string): boolean {
  const [program = ""] = part.split(" ");
  const plain = part
    .replace(LOCAL_TOOL, "$1 run ")
    .replaceAll(QUOTED_FILTER, (text) => (TEST_RUNNER.test(part) ? " a filter" : text))
    .replaceAll(/ 2>&1$| (?:-F|--filter)[ =]@?[\w./-]+/g, "");
  if (WORKS.test(part)) return !REACHES.test(plain.replaceAll(PLACEHOLDER, "name"));
  return SHOWS.has(program) && !REACHES.test(plain);
}

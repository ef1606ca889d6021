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
  /^(?:npm|pnpm|yarn|bun|make|just|cargo|go|pytest|python3? -m pytest|uv run|ruff|mypy|tox|eslint|tsc|vitest|jest|dotnet|mvn|gradle|\.\/gradlew|turbo|nx|biome|prettier|oxlint|git (?:status|diff|log|show|blame|branch|grep|ls-files|rev-parse)|gh (?:pr|issue|run|search) (?:view|list|diff|checks|issues|prs|code))(?: |$)/;
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
  return parts.every((part) => isOrdinary(part) || isHarmless(part.replace(SAID, "")));
}

/** A word for which its reader is to put another. */
const PLACEHOLDER = /(?<=[ ="])<[A-Za-z][\w.-]*>(?=[ "]|$)/g;
/** What a shell leaves out. Between quotes it would be a part of the command. */
const COMMENT = /^([^"'`#]*\S)\s+#\s.*$/;

/** Variables that choose how much is said; others could have a command run something else. */
const SAID = /^(?:(?:CI|NODE_ENV|RUST_BACKTRACE|RUST_LOG|LOG_LEVEL|DEBUG|FORCE_COLOR|NO_COLOR)=\w+ )+/;

function isHarmless(part: string): boolean {
  const [program = ""] = part.split(" ");
  const plain = part.replaceAll(/ 2>&1$| (?:-F|--filter)[ =]@?[\w./-]+/g, "");
  if (WORKS.test(part)) return !REACHES.test(plain.replaceAll(PLACEHOLDER, "name"));
  return SHOWS.has(program) && !REACHES.test(plain);
}

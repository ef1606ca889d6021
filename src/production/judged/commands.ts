/** Commands that run what the repository itself holds, and change nothing but what is thrown away after the job. */
const TASK = "(?:unit-?)?(?:tests?|lint|check|build|typecheck|type-check|tsc|compile)(?::[\\w-]+)*";
const ORDINARY: readonly RegExp[] = [
  new RegExp(`^(?:npm|pnpm|yarn|bun) (?:run )?${TASK}$`),
  new RegExp(`^(?:make|just) ${TASK}$`),
  /^(?:npm ci|npm t|pnpm install|yarn install)$/,
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

import type { FileChange } from "../../reading/change.ts";
import { sidesOf } from "../../reading/sides.ts";
import { at, entriesOf, oneOrMore, placesIn, scalarsIn, type Tree, textOf } from "../../reading/tree.ts";
import { WORKFLOW_FILE } from "../../reading/yaml-parts.ts";

/** Files that say what is checked before a change goes in or out. */
export const PIPELINE_FILE =
  /(?:^|\/)(?:\.gitlab-ci[^/]*|\.?azure-pipelines[^/]*|bitbucket-pipelines|cloudbuild[^/]*|buildspec[^/]*|\.drone|\.travis|appveyor|\.woodpecker|\.pre-commit-config|lefthook|\.lefthook)\.ya?ml$|(?:^|\/)\.(?:gitlab|circleci|buildkite|woodpecker|github\/workflows|forgejo\/workflows|gitea\/workflows|azure-pipelines|tekton)\/.*\.ya?ml$/;
/** Scripts that git runs before a commit or a push. */
export const HOOK = /(?:^|\/)(?:\.husky|\.?git-?hooks|\.hooks)\/(?!_\/)[\w-]+$/;
export const JENKINSFILE = /(?:^|\/)Jenkinsfile[^/]*$|\.jenkinsfile$/;

const COMMANDS =
  /^(?:run|script|before_script|after_script|bash|sh|command|commands|cmd|uses|id|task|orb|pwsh|powershell|entry|args|include|template|component)$/;
const CHECK =
  /(?:^|[\s/:_.@-])(?:tests?|unittest|lint(?:er)?|check(?!out)\w*|scan(?:ner)?|audit|verify|validate|vet|tsc|mypy|pyright|ruff|flake8|pylint|eslint|biome|jest|vitest|mocha|pytest|tox|rspec|phpunit|rubocop|brakeman|semgrep|codeql(?:-action)?|trivy(?:-action)?|snyk|checkov|tfsec|tflint|kics|terrascan|gitleaks|trufflehog|detect-secrets|bandit|gosec|govulncheck|golangci-lint|staticcheck|shellcheck|hadolint|sonar\w*|cypress|playwright|e2e|kubeconform|kubeval|kube-linter|conftest|zizmor|actionlint|dependency-review-action|typecheck|type-check|clippy|grype|scorecard-action|codecov|danger|sast|dast|secret-detection|(?:dependency|container|license)-scanning|code-quality|nancy|safety|pip-audit|cargo-deny|detect-private-key)(?=$|[\s/:;_.@=-])/i;

export interface CheckCommand {
  /** The same for the same command, whatever its version. */
  readonly key: string;
  readonly text: string;
  readonly line: number;
  /** The job of a workflow that runs it. */
  readonly job: string | undefined;
  /** It is only called so, and may do anything. */
  readonly isNamed: boolean;
  /** What it is piped into does not hide its failure. */
  readonly hasPipefail: boolean;
  /** What stands around it goes on when it fails. */
  readonly isUnchecked: boolean;
  readonly file: FileChange;
}

/** What is only fetched and cut to size; what a shell gets of it is run. */
const FETCHED =
  /^\s*\w+=["']?\$\((?:curl|wget)\s[^|;&`$]*(?:\|\s*(?:grep|sed|awk|jq|cut|head|tail|tr)\s[^|;&`$]*)*\)["']?\s*$/;
/** Printed, a comment or a heading, or only installed. */
const NO_COMMAND =
  /^\s*(?::|true|false|exit|return)(?:\s|$)|^\s*(?:echo|printf)\b[^|;&]*$|^\s*[#*>|]|^\s*(?:sudo\s+|uv\s+|python3?\s+-m\s+)?(?:pip3?|npm|yarn|pnpm|apt(?:-get)?|brew|apk|gem|go|cargo)\s+(?:-\S+\s+)*(?:install|add|get|i|ci)\b[^|;&]*$/;

/** Words between quotes in which a shell puts nothing in. */
const PLAINLY_QUOTED = /"[^"`$\\]*"|'[^']*'/g;

/** What a store of files is called says nothing, where files are only copied to or from it. */
const COPIED =
  /^\s*(?:aws\s+s3\s+(?:cp|sync|mv|ls|rm)|gsutil|gcloud\s+storage\s+(?:cp|rsync|mv|ls|rm))\s[^|;&`]*$/;
const STORED = /\b(?:s3|gs):\/\/[^\s"']*/g;

/** What a cloud or git is asked for, whatever it is called; a shell that gets it runs it. */
const ASKED =
  /^\s*(?:\w+=["']?\$\()?\(?(?:aws\s+[\w-]+\s+(?:describe|get|list|put-parameter|put-metric|tag|publish|send-message)[\w-]*|git\s+diff\s+--(?:quiet|name-only))\s(?!.*\|\s*(?:ba|z)?sh\b)/;

/** A command in a container. */
const IN_CONTAINER = /^\s*docker(?: |-)(?:compose |exec |run )(?:\S+ ){1,8}(?:\/bin\/)?(?:ba)?sh -l?c ["']/;

export function looksLikeCheck(written: string): boolean {
  const text = written.replace(IN_CONTAINER, "");
  const command = text.replace(/\s#.*$/, "");
  const told = COPIED.test(command) ? command.replaceAll(STORED, " ") : command;
  const said = /^\s*(?:echo|printf)\b/.test(text) ? text.replaceAll(PLAINLY_QUOTED, '""') : text;
  return CHECK.test(told) && !NO_COMMAND.test(said) && !FETCHED.test(text) && !ASKED.test(text);
}

/** The lines of a file's side that check something. */
export function checksIn(file: FileChange, side: "before" | "after"): readonly CheckCommand[] {
  if (JENKINSFILE.test(file.path)) return checksInText(file, side);
  if (HOOK.test(file.path)) return checksInHook(file, side);
  const tree = sidesOf(file)[side];
  if (tree === undefined) return [];
  const isWorkflow = WORKFLOW_FILE.test(file.path);
  const isRun = jobsRunIn(file, side, tree);
  return (
    [...placesIn(tree)]
      .filter(({ key, value }) => COMMANDS.test(key) && value.kind !== "map")
      .filter(({ path }) => isRun(path))
      // What is included is read as a whole.
      .filter(({ path }) => path.at(-2) !== "include")
      .flatMap(({ key: name, value, path, within }) => {
        const isNamed = name === "id" && isWorkflow;
        if (isNamed && isCheckItself(within)) return [];
        const job = isWorkflow && path[0] === "jobs" ? path[1] : undefined;
        const shells = [
          at(within, "shell"),
          at(tree, "jobs", job ?? "", "defaults", "run", "shell"),
          at(tree, "defaults", "run", "shell"),
        ];
        const hasPipefail =
          PIPEFAIL_BY_ITSELF.test(file.path) || textOf(shells.find((shell) => shell)) === "bash";
        return [...scalarsIn(value)].flatMap((scalar) =>
          commandsIn(textOf(scalar)).map(({ text, isUnchecked }) => ({
            key: keyOf(text),
            text: text.trim(),
            line: scalar.line,
            hasPipefail: hasPipefail || textOf(scalar).includes("pipefail"),
            job,
            isNamed,
            isUnchecked,
            file,
          })),
        );
      })
  );
}

/** Tells whether a job that is written down is run: of CircleCI by a workflow, of GitLab unless its name hides it. */
function jobsRunIn(
  file: FileChange,
  side: "before" | "after",
  tree: Tree,
): (path: readonly string[]) => boolean {
  if (/(?:^|\/)\.circleci\//.test(file.path) && at(tree, "workflows") !== undefined) {
    const workflows = entriesOf(at(tree, "workflows"));
    const listed = workflows.flatMap(({ value }) => oneOrMore(at(value, "jobs")));
    const names = new Set(listed.flatMap((job) => [textOf(job), ...entriesOf(job).map(({ key }) => key)]));
    return ([first, job = ""]) => first !== "jobs" || names.has(job);
  }
  if (!/(?:^|\/)\.gitlab(?:-ci|\/)/.test(file.path)) return () => true;
  const text = file[side] ?? "";
  return ([job = ""]) => !job.startsWith(".") || text.split(job).length > 2;
}

/** Whether a step is known as a check by what it runs, so that its id is only another word for that. */
function isCheckItself(step: Tree): boolean {
  return ["uses", "run"].some((key) => textOf(at(step, key)).split("\n").some(looksLikeCheck));
}

/** Runners that set it for every command. */
const PIPEFAIL_BY_ITSELF = /(?:^|\/)\.(?:gitlab-ci|gitlab\/|circleci\/)/;
const GOES_ON =
  /(?:^|[\s;])set (?:\+\w*e|\+o\s+errexit)|\$ErrorActionPreference\s*=\s*['"]?(?:Silently)?Continue/i;
const STOPS = /(?:^|[\s;])set (?:-\w*e|-o\s+errexit)/;
const ENDS_WELL = /^\s*trap\s.*\bexit\s+0\b/;
const FAILS = /\bexit\s+(?:[1-9]|\$)|\breturn\s+[1-9]/;

/** A script in which a line that goes on is one command with the next. */
function continued(script: string): string {
  const parts = script.split("\\\n");
  return parts
    .map((part, index) => (index === 0 ? part : part.trimStart()))
    .map((part, index) => (index === parts.length - 1 ? part : part.trimEnd()))
    .join(" ");
}

/** The lines of a command that check something, and whether it goes on when they fail. */
function commandsIn(script: string): readonly { readonly text: string; readonly isUnchecked: boolean }[] {
  const lines = continued(script.replace(/^exit(?:\s+0)?\s*;?\s*$[\s\S]*/m, "")).split("\n");
  const isCaught = FAILS.test(script);
  const last = lines.findLastIndex((line) => /^\s*[^\s#]/.test(line));
  // What comes after it decides, even where it only says so.
  const isLast = (index: number) => index === last && !/^[ \t]*exit\b/m.test(script);
  let goesOn = lines.some((line) => ENDS_WELL.test(line));
  const isAlways = goesOn;
  return lines.flatMap((text, index) => {
    if (GOES_ON.test(text)) goesOn = true;
    else if (STOPS.test(text) && !isAlways) goesOn = false;
    if (!looksLikeCheck(text)) return [];
    const isAsked = /^\s*(?:el)?if\b/.test(text);
    return [{ text, isUnchecked: (isAsked || (goesOn && (isAlways || !isLast(index)))) && !isCaught }];
  });
}

function checksInHook(file: FileChange, side: "before" | "after"): readonly CheckCommand[] {
  const script = file[side] ?? "";
  const lines = new Map(script.split("\n").map((text, index) => [text, index + 1]));
  return commandsIn(script).map(({ text, isUnchecked }) => ({
    key: keyOf(text),
    text: text.trim(),
    line: lines.get(text) ?? 1,
    job: undefined,
    isNamed: false,
    hasPipefail: false,
    isUnchecked,
    file,
  }));
}

/** What a step of a Jenkinsfile runs, or is called. */
const STEP = /\b(?:sh|bat|powershell|stage|build job:)\s*\(?[^'"]{0,200}["']+([^"']*)/g;
const LONGEST = 2_000;

function checksInText(file: FileChange, side: "before" | "after"): readonly CheckCommand[] {
  const text = file[side];
  if (typeof text !== "string") return [];
  const isCaught = /^[ \t]*(?:catchError|warnError)\b/m.test(text);
  return text.split("\n").flatMap((line, index) => {
    if (/^\s*\/\//.test(line)) return [];
    const commands = [...line.slice(0, LONGEST).matchAll(STEP)].map(([, command = ""]) => command);
    const isUnchecked = isCaught || /\breturnStatus:\s*true|\bpropagate:\s*false/.test(line);
    return commands.filter(looksLikeCheck).map((command) => ({
      key: keyOf(command),
      text: command,
      line: index + 1,
      job: undefined,
      isNamed: false,
      hasPipefail: false,
      isUnchecked,
      file,
    }));
  });
}

function keyOf(text: string): string {
  return text
    .trim()
    .replace(/@[\w.-]+$/, "")
    .replaceAll(/\s+/g, " ");
}

/** Whether a job of a workflow is still there. */
export function hasJob(tree: Tree | undefined, job: string | undefined): boolean {
  return job === undefined || at(tree, "jobs", job) !== undefined;
}

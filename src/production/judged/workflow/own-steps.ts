import { at, entriesOf, scalarsIn, type Tree, textOf } from "../../hazards/reading/tree.ts";
import { isOrdinaryToTell } from "../commands.ts";
import { actionIn, isLabel, stepLikeness } from "./alike.ts";
import { commandsOf, isOwnPreparation } from "./lines.ts";
import { doubtInPlainSteps, RELEASE, SETS_UP } from "./steps.ts";

const CHECKS_OUT = /^actions\/checkout@/;
/** Commands that run what the repository holds: its scripts, its tests, what its lists name. */
const RUNS_OWN =
  /^(?:[A-Z_]+=\S+ )*(?:npm (?:ci|t|test|run|install$)|pnpm(?! (?:dlx|add))|yarn(?! (?:dlx|add|global))|bun (?:run|test)|make|just|cargo (?:test|build|run|nextest|clippy|check)|go (?:test|build|run|vet)|uv run|poetry run|python3? -m pytest|pytest|tox|nox|bundle exec|mvn|(?:\.\/)?gradlew?|dotnet (?:test|build)|\.\/[\w./-]+|pip3? install (?:-[eqU]+ )*\.{1,2}\/?)(?: |$)/;
/** A program of a language, at a path of the repository. */
const RUNS_FILE =
  /^(?:timeout \d+ )?(?:python3?|node|bash|sh|ruby|php) "?(?:\$\{?\w+\}?\/|\.{1,2}\/)*(?:[\w.-]+\/)*[\w-]+\.(?:py|[cm]?js|ts|sh|rb|php)(?:["\s]|$)/;

/** Whether steps bring the repository's code and run it. */
export function runsOwnCode(steps: readonly Tree[]): boolean {
  const brought = steps.findIndex((step) => CHECKS_OUT.test(textOf(at(step, "uses"))));
  return brought !== -1 && steps.slice(brought).some(isOwnCode);
}

function isOwnCode(step: Tree): boolean {
  const isLocal = textOf(at(step, "uses")).startsWith("./");
  return isLocal || commandsOf(step).some((line) => RUNS_OWN.test(line) || RUNS_FILE.test(line));
}

/** As for steps that can do nothing else; what comes runs the repository's own code by its own tools, and no more. */
export function doubtInOwnSteps(
  was: readonly Tree[],
  is: readonly Tree[],
  usedBefore: ReadonlySet<string>,
): string | null {
  const doubt = doubtInPlainSteps(was, is, usedBefore);
  if (doubt !== null) return doubt;
  const known = new Set(was.map(asRun));
  const ran = new Set(was.flatMap(commandsOf).map(withoutRelease));
  const used = new Set(was.map((step) => textOf(at(step, "uses"))));
  return is.every((step) => known.has(asRun(step)) || isOwn(step, { ran, used }))
    ? null
    : "runs something else";
}

/** A step without its labels and without the releases that its commands name. */
function asRun(step: Tree): string {
  if (step.kind !== "map") return stepLikeness(step);
  const rest = { ...step, entries: step.entries.filter(({ key }) => key !== "run") };
  return `${stepLikeness(rest)} ${withoutRelease(textOf(at(step, "run")))}`;
}

interface Before {
  readonly ran: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
}

const MAY_SAY = /^(?:id|if|run|uses|with)$/;

function isOwn(step: Tree, { ran, used }: Before): boolean {
  const said = entriesOf(step).filter((entry) => !isLabel(entry));
  if (!said.every(({ key }) => MAY_SAY.test(key)) || namesToken(step)) return false;
  const uses = textOf(at(step, "uses"));
  if (uses !== "")
    return bringsTools(uses, used) && entriesOf(at(step, "with")).every(({ key }) => CHOOSES.test(key));
  return commandsOf(step).every(
    (command) => ran.has(withoutRelease(command)) || runsOwn(command) || isOwnPreparation(command),
  );
}

function runsOwn(command: string): boolean {
  return isOrdinaryToTell(command) && !FIXES.test(command);
}

/** What is fixed while it is checked passes. */
const FIXES = /\b(?:fix|write|update)|\s-u\b/i;

/** Which tools come, and what is kept of them. */
const CHOOSES = /version|cache|^(?:key|restore-keys|path|run_install)$/i;

function bringsTools(uses: string, used: ReadonlySet<string>): boolean {
  const action = actionIn(uses) ?? "";
  const isKnown = used.has(uses) || /@v?\d+(?:\.\d+)*$/.test(uses);
  return isKnown && SETS_UP.test(action) && !/^actions\/(?:checkout|(?:up|down)load-artifact)$/.test(action);
}

function namesToken(step: Tree): boolean {
  return [...scalarsIn(step)].some((text) => /token|secret/i.test(textOf(text)));
}

/** What differs by releases alone is the same here. */
function withoutRelease(text: string): string {
  return text.replaceAll(RELEASE, (found) => (found.startsWith("${{") ? found : "a release"));
}

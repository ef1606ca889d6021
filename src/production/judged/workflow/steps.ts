import { gained, type Keyed } from "../../hazards/reading/compare.ts";
import { at, entriesOf, type Tree, textOf } from "../../hazards/reading/tree.ts";
import { isOrdinary } from "../commands.ts";
import { actionIn, changedKeys, isLabel, stepLikeness } from "./alike.ts";
import { onlyGainsPlain } from "./growth.ts";
import { commandsOf, isPreparation, mayDefuse } from "./lines.ts";

/** What was there has to stay, in its order; what comes has to be ordinary in a job that runs such things already. */
export function doubtInPowerfulSteps(was: readonly Tree[], is: readonly Tree[]): string | null {
  const runsOwn = was.some((step) => isOrdinary(textOf(at(step, "run"))));
  let next = 0;
  for (const step of is) {
    const expected = was[next];
    if (expected !== undefined && stepLikeness(expected) === stepLikeness(step)) next += 1;
    else if (!runsOwn || !isOrdinaryStep(step)) return "runs something else";
  }
  return next < was.length ? "takes or changes a step" : null;
}

function isOrdinaryStep(step: Tree): boolean {
  const rest = entriesOf(step).filter((entry) => !isLabel(entry));
  return rest.every(({ key }) => key === "run") && isOrdinary(textOf(at(step, "run")));
}

interface Step extends Keyed {
  readonly tree: Tree;
}

/**
 * In a job that can harm nothing but its own result: whatever checks has to stay as it is, and what comes may neither
 * bring a stranger's action nor weaken what follows.
 */
export function doubtInPlainSteps(
  was: readonly Tree[],
  is: readonly Tree[],
  usedBefore: ReadonlySet<string>,
): string | null {
  const [old, now] = [was.map(stepOf), is.map(stepOf)];
  const [gone, come] = [gained(now, old), gained(old, now)];
  if (keysOf(old, gone) !== keysOf(now, come)) return "moves steps";
  const left = [...come];
  for (const { tree } of gone) {
    const index = left.findIndex((step) => standsFor(step.tree, tree));
    if (index !== -1) left.splice(index, 1);
    else if (!preparesOnly(tree)) return "takes or changes a step that may check something";
  }
  const known = new Set(was.flatMap(commandsOf));
  const commands = come.flatMap(({ tree }) => commandsOf(tree)).filter((command) => !known.has(command));
  const defusing =
    commands.some(mayDefuse) || come.some(({ tree }) => at(tree, "continue-on-error") !== undefined);
  if (defusing) return "runs something that may weaken what follows";
  const brought = come.map(({ tree }) => textOf(at(tree, "uses")));
  return brought.some((action) => !isKnownAction(action, usedBefore))
    ? "uses an action that it did not use"
    : null;
}

function stepOf(tree: Tree): Step {
  return { key: releasesAlike(tree), tree };
}

/** The same for what differs by releases alone, but for those by which it is chosen what runs and what is looked at. */
function releasesAlike(step: Tree): string {
  if (step.kind !== "map" || actionIn(textOf(at(step, "uses"))) === "actions/checkout")
    return stepLikeness(step);
  const partsThat = (choose: boolean) =>
    stepLikeness({ ...step, entries: step.entries.filter(({ key }) => CHOOSES_RUNS.test(key) === choose) });
  const runs = partsThat(false).replaceAll(RELEASE, (found) =>
    found.startsWith("${{") ? found : "a release",
  );
  return `${partsThat(true)}${runs}`;
}

const CHOOSES_RUNS = /^(?:if|continue-on-error)$/;

/**
 * Of three numbers, as releases are numbered: addresses have four, and limits of checks have fewer. What stands in an
 * expression is found with it.
 */
export const RELEASE = /\$\{\{[\s\S]*?(?:\}\}|$)|(?<![\w.-])v?\d{1,5}\.\d{1,5}\.\d{1,5}(?![\w.-])/g;

function keysOf(steps: readonly Step[], without: readonly Step[]): string {
  const left = new Set(without);
  return steps.flatMap((step) => (left.has(step) ? [] : [step.key])).join("\n");
}

/** Actions that bring tools, files and what was kept of earlier runs, and check nothing. */
export const SETS_UP =
  /^(?:actions\/(?:checkout|setup-[\w-]+|cache(?:\/\w+)?|upload-artifact|download-artifact)|pnpm\/action-setup|astral-sh\/setup-uv|oven-sh\/setup-bun|denoland\/setup-deno|ruby\/setup-ruby|dtolnay\/rust-toolchain|actions-rust-lang\/setup-rust-toolchain|Swatinem\/rust-cache|docker\/setup-[\w-]+-action|gradle\/actions\/setup-gradle|jdx\/mise-action)$/;

/** What of `actions/checkout` chooses which code is looked at. */
const CHOOSES_CODE =
  /^(?:ref|repository|path|sparse-checkout.*|token|ssh-.*|clean|set-safe-directory|github-server-url)$/;

function preparesOnly(step: Tree): boolean {
  const uses = at(step, "uses");
  if (uses === undefined) return commandsOf(step).every(isPreparation);
  const action = actionIn(textOf(uses)) ?? "";
  // Without it nothing is there to be checked, and what looks at nothing passes.
  return SETS_UP.test(action) && action !== "actions/checkout";
}

/** Whether one step runs all that another ran, under the same conditions. */
function standsFor(come: Tree, gone: Tree): boolean {
  const changed = [...changedKeys(withoutLabels(gone), withoutLabels(come))];
  return changed.every((key) => {
    const [was, is] = [at(gone, key), at(come, key)];
    if (key === "run") return runsAll(commandsOf(gone), commandsOf(come));
    if (key === "env") return onlyGainsPlain(was, is);
    return key === "with" && isSetting(textOf(at(come, "uses")), { was, is });
  });
}

function withoutLabels(step: Tree): Tree {
  if (step.kind !== "map") return step;
  return { ...step, entries: step.entries.filter((entry) => !isLabel(entry) && entry.key !== "name") };
}

/** Only commands that prepare may go. What comes before a check may prepare it, and what comes after it must not hide it. */
function runsAll(was: readonly string[], is: readonly string[]): boolean {
  const widened = is.map((command) => withoutWidening(command, was));
  const checks = was.filter((command) => !isPreparation(command));
  if (checks.some(mayDefuse)) return false;
  const others = widened.filter((command) => !isPreparation(command) && !isOrdinary(command));
  return (
    others.join("\n") === checks.filter((command) => !isOrdinary(command)).join("\n") &&
    holds(widened, checks)
  );
}

/** Options by which a check looks at more, or says more. */
const WIDENS =
  / --(?:workspace|all-targets|all-features|tests|benches|examples|locked|frozen-lockfile|verbose|strict)(?= |$)/g;

/** A command as it was, where it only looks at more now. */
function withoutWidening(command: string, was: readonly string[]): string {
  const bare = (text: string) => text.replaceAll(WIDENS, "");
  const optionsOf = (text: string): readonly string[] => text.match(WIDENS) ?? [];
  const former = was.find(
    (each) =>
      bare(each) === bare(command) && optionsOf(each).every((option) => optionsOf(command).includes(option)),
  );
  return former ?? command;
}

function holds(commands: readonly string[], wanted: readonly string[]): boolean {
  let next = 0;
  for (const command of commands) if (command === wanted[next]) next += 1;
  return next === wanted.length;
}

function isSetting(
  uses: string,
  { was, is }: { readonly was: Tree | undefined; readonly is: Tree | undefined },
): boolean {
  const action = actionIn(uses) ?? "";
  if (!SETS_UP.test(action)) return false;
  return action !== "actions/checkout" || ![...changedKeys(was, is)].some((key) => CHOOSES_CODE.test(key));
}

/** GitHub's own, one that the workflow used before, one that is bound to a commit, and what the repository holds. */
function isKnownAction(uses: string, usedBefore: ReadonlySet<string>): boolean {
  if (uses === "" || uses.startsWith("./")) return true;
  const action = actionIn(uses);
  if (action === null) return false;
  const isOwn = /^(?:actions|github)\//.test(action) || SETS_UP.test(action) || usedBefore.has(action);
  return isOwn || /@[0-9a-f]{40}$/.test(uses);
}

/** The actions of a workflow, without their versions. */
export function actionsOf(jobs: Tree | undefined): ReadonlySet<string> {
  const steps = entriesOf(jobs).flatMap(({ value }) => stepsOf(value));
  return new Set(steps.flatMap((step) => actionIn(textOf(at(step, "uses"))) ?? []));
}

export function stepsOf(job: Tree): readonly Tree[] {
  const steps = at(job, "steps");
  return steps?.kind === "list" ? steps.items : [];
}

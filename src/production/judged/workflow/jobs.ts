import { at, placesIn, type Tree, textOf } from "../../hazards/reading/tree.ts";
import { changedKeys, valuesOf } from "./alike.ts";
import { onlyGainsPlain } from "./growth.ts";
import { runsHosted } from "./machines.ts";
import { addsTestsAlone, makesOwnChecks, onlyGrows } from "./matrix.ts";
import { doubtInOwnSteps, runsOwnCode } from "./own-steps.ts";
import { onlyReads, type Power, powersOf } from "./power.ts";
import { actionsOf, doubtInPlainSteps, doubtInPowerfulSteps, stepsOf } from "./steps.ts";

export interface Workflows {
  readonly was: Tree;
  readonly is: Tree;
}

/** Why the jobs of a workflow cannot be taken for harmlessly changed. A job counts as powerful if it is so on either side. */
export function doubtInJobs({ was, is }: Workflows): string | null {
  const [before, after] = [at(was, "jobs"), at(is, "jobs")];
  const [old, now] = [valuesOf(before), valuesOf(after)];
  const powers = new Map([...powersOf(was), ...powersOf(is)]);
  const usedBefore = actionsOf(before);
  for (const name of changedKeys(before, after)) {
    const sides = { was: old.get(name), is: now.get(name) };
    if (sides.was === undefined) return `adds the job \`${name}\`, whose check can stand for a required one`;
    if (sides.is === undefined) return `removes the job \`${name}\``;
    if (sides.was.kind !== "map" || sides.is.kind !== "map") return `changes the job \`${name}\``;
    const job = { name, was: sides.was, is: sides.is };
    const power = powers.get(name);
    const doubt = power === undefined ? doubtInPlain(job, usedBefore) : doubtInPowerful(job, power);
    if (doubt !== null && !(power?.isOnMachine && isHarmlessToOwnCode(job, usedBefore))) return doubt;
  }
  return null;
}

interface Job extends Workflows {
  readonly name: string;
}

function doubtInPowerful({ name, was, is }: Job, power: Power): string | null {
  const of = `the job \`${name}\`, which ${power.does}`;
  const other = [...changedKeys(was, is)].find((key) => {
    if (key === "steps") return false;
    const [old, now] = [at(was, key), at(is, key)];
    if (key === "timeout-minutes") return !(isMinutes(old) && isMinutes(now));
    if (key === "runs-on") return !movesToHosted({ was, is });
    return !(key === "permissions" && loses(old, now));
  });
  if (other !== undefined) return `changes \`${other}\` of ${of}`;
  const doubt = doubtInPowerfulSteps(stepsOf(was), stepsOf(is));
  return doubt === null ? null : `${doubt} in ${of}`;
}

/**
 * Whether a job stays as harmless as its code: all that it can do, the repository's code that it runs can do as well, and
 * that code changes in many pull requests. So what checks has to stay, and what comes may only run such code.
 */
function isHarmlessToOwnCode({ was, is }: Job, usedBefore: ReadonlySet<string>): boolean {
  if (!runsOwnCode(stepsOf(was))) return false;
  const keys = [...changedKeys(was, is)];
  const rest = keys.every((key) => {
    const [old, now] = [at(was, key), at(is, key)];
    if (key === "timeout-minutes") return isMinutes(old) && isMinutes(now);
    if (key === "permissions") return loses(old, now);
    if (key === "strategy") return growsByTests({ was, is });
    if (key === "runs-on") return movesToHosted({ was, is });
    return key === "steps";
  });
  return rest && doubtInOwnSteps(stepsOf(was), stepsOf(is), usedBefore) === null;
}

const SYSTEM = /ubuntu|windows|macos/;

/** To a machine of GitHub's own with the same system, which begins anew and keeps nothing. */
function movesToHosted({ was, is }: Workflows): boolean {
  const [from, to] = [was, is].map((job) => SYSTEM.exec(textOf(at(job, "runs-on")))?.[0]);
  return runsHosted(is) && to !== undefined && from === to;
}

function growsByTests({ was, is }: Workflows): boolean {
  const [old, now] = [at(was, "strategy"), at(is, "strategy")];
  return (
    onlyGrows(old, now) &&
    addsTestsAlone(old, now) &&
    !isSteeredByMatrix(is) &&
    makesOwnChecks(textOf(at(is, "name")), old, now)
  );
}

/** A number, or what GitHub allows where none is given. */
function isMinutes(timeout: Tree | undefined): boolean {
  return timeout === undefined || /^[1-9]\d*$/.test(textOf(timeout));
}

type Judge = (was: Tree | undefined, is: Tree | undefined) => boolean;

const always: Judge = () => true;

/** What may change of a job that can harm nothing but its own result. Its name, and what decides whether it runs, may not. */
const MAY_CHANGE: Readonly<Record<string, Judge>> = {
  "timeout-minutes": always,
  concurrency: (_, is) => isOwnGroup(is),
  outputs: always,
  // It has no rights on either side.
  permissions: always,
  services: always,
  env: onlyGainsPlain,
  strategy: onlyGrows,
  "continue-on-error": (_, is) => is === undefined,
};

/** A group is the whole repository's: one of another workflow's name could end its runs. */
export function isOwnGroup(concurrency: Tree | undefined): boolean {
  const group = concurrency?.kind === "map" ? at(concurrency, "group") : concurrency;
  return group === undefined || /\$\{\{ github\.workflow \}\}/.test(textOf(group));
}

function doubtInPlain({ name, was, is }: Job, usedBefore: ReadonlySet<string>): string | null {
  const other = [...changedKeys(was, is)].find((key) => {
    const [old, now] = [at(was, key), at(is, key)];
    if (key === "strategy" && (isSteeredByMatrix(is) || !makesOwnChecks(textOf(at(is, "name")), old, now)))
      return true;
    if (key === "runs-on") return !movesToHosted({ was, is });
    const judge = key === "steps" ? always : MAY_CHANGE[key];
    return judge === undefined || !judge(old, now);
  });
  if (other !== undefined) return `changes \`${other}\` of the job \`${name}\``;
  const doubt = doubtInPlainSteps(stepsOf(was), stepsOf(is), usedBefore);
  return doubt === null ? null : `${doubt} in the job \`${name}\``;
}

/** A matrix may say of what ran before that it is left out, or that its failure does not count. */
function isSteeredByMatrix(job: Tree): boolean {
  return [...placesIn(job)].some(
    ({ key, value }) => /^(?:if|continue-on-error)$/.test(key) && /\bmatrix\b/i.test(textOf(value)),
  );
}

/** Whether the token may do no more than before. */
export function loses(was: Tree | undefined, is: Tree | undefined): boolean {
  if (is === undefined) return false;
  if (onlyReads(is)) return true;
  if (was?.kind !== "map" || is.kind !== "map") return false;
  const before = valuesOf(was);
  return is.entries.every(
    ({ key, value }) => /^(?:read|none)$/.test(textOf(value)) || textOf(before.get(key)) === textOf(value),
  );
}

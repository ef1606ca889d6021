import {
  at,
  entriesOf,
  oneOrMore,
  placesIn,
  scalarsIn,
  type Tree,
  textOf,
} from "../../hazards/reading/tree.ts";
import { runsHosted } from "./machines.ts";

/**
 * Events whose runs have no more than the file says. Others come with rights for what strangers wrote, when something is
 * released, or from workflows that go on with the results.
 */
const PLAIN_EVENTS: readonly string[] = [
  "pull_request",
  "push",
  "merge_group",
  "workflow_dispatch",
  "schedule",
];

/** What a job can do beyond running what the repository holds and saying whether that passed. */
export interface Power {
  /** As a clause to follow the job's name. */
  readonly does: string;
  /**
   * Whether all of it is at hand to every command of the job on its machine, and so to the code of the repository that it
   * runs. Who starts the job, and what waits for a person, are no part of the machine.
   */
  readonly isOnMachine: boolean;
}

/** What each job of a workflow can do. A job that is left out can harm nothing but its own result. */
export function powersOf(workflow: Tree): ReadonlyMap<string, Power> {
  const jobs = entriesOf(at(workflow, "jobs"));
  const shared = sharedPower(workflow);
  const powers = new Map<string, Power>();
  for (const { key, value } of jobs) {
    const own = ownPower(value, at(value, "permissions") ?? at(workflow, "permissions"));
    const power = shared === null || (shared.isOnMachine && own?.isOnMachine === false) ? own : shared;
    if (power !== null) powers.set(key, power);
  }
  for (const { key, value } of jobs)
    if (at(value, "outputs") !== undefined && jobs.some((job) => needsOf(job.value).includes(key)))
      powers.set(key, powers.get(key) ?? onMachine("decides what other jobs do"));
  // Those that are added are looked at in their turn.
  for (const [name] of powers)
    for (const need of needsOf(at(workflow, "jobs", name)))
      if (!powers.has(need))
        powers.set(need, onMachine(`hands its results to \`${name}\`, which can do more`));
  return powers;
}

function onMachine(does: string): Power {
  return { does, isOnMachine: true };
}

function apart(does: string): Power {
  return { does, isOnMachine: false };
}

function needsOf(job: Tree | undefined): readonly string[] {
  return oneOrMore(at(job, "needs")).map(textOf);
}

function eventsOf(workflow: Tree): readonly string[] {
  const on = triggersOf(workflow);
  return on?.kind === "map" ? on.entries.map(({ key }) => key) : oneOrMore(on).map(textOf);
}

/** Some readers of YAML take the word for a yes. */
export function triggersOf(workflow: Tree): Tree | undefined {
  return at(workflow, "on") ?? at(workflow, "true");
}

function sharedPower(workflow: Tree): Power | null {
  const events = eventsOf(workflow).filter((each) => !PLAIN_EVENTS.includes(each));
  const event = events.find((each) => each !== CALLED) ?? events[0];
  // Who calls it hands it secrets and rights, which are on the machine.
  if (event !== undefined) return { does: `runs on \`${event}\``, isOnMachine: event === CALLED };
  const outside = entriesOf(workflow).filter(({ key }) => key !== "jobs");
  return outside.some(({ value }) => namesSecrets(value)) ? onMachine("has secrets") : null;
}

const CALLED = "workflow_call";

function ownPower(job: Tree, permissions: Tree | undefined): Power | null {
  if (job.kind !== "map") return apart("cannot be read");
  if (at(job, "uses") !== undefined) return apart("calls another workflow");
  if (at(job, "environment") !== undefined) return apart("deploys to an environment");
  if (namesSecrets(job)) return onMachine("has secrets");
  if (!runsHosted(job)) return onMachine("runs on a machine that is not known to be GitHub's own");
  // GitHub gives what the repository's settings say, which can be the right to write everything.
  if (permissions === undefined)
    return onMachine("may be able to write with its token, because nothing limits it: add `permissions:`");
  return onlyReads(permissions) ? null : onMachine("can write with its token");
}

export function onlyReads(permissions: Tree): boolean {
  if (permissions.kind === "map")
    return permissions.entries.every(({ value }) => /^(?:read|none)$/.test(textOf(value)));
  return textOf(permissions) === "read-all";
}

const OWN_TOKEN = /\bsecrets\.GITHUB_TOKEN\b/gi;

/** GitHub reads expressions in any letters. The token is no secret of anybody: what it can do, `permissions` says. */
function namesSecrets(tree: Tree): boolean {
  const texts = [...[...scalarsIn(tree)].map(textOf), ...[...placesIn(tree)].map(({ key }) => key)];
  return texts.some((text) => /\bsecrets\b/i.test(text.replaceAll(OWN_TOKEN, "")));
}

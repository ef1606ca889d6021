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

/**
 * What each job of a workflow can do beyond running what the repository holds and saying whether that passed: as a clause
 * to follow its name. A job that is left out can harm nothing but its own result.
 */
export function powersOf(workflow: Tree): ReadonlyMap<string, string> {
  const jobs = entriesOf(at(workflow, "jobs"));
  const shared = sharedPower(workflow);
  const powers = new Map<string, string>();
  for (const { key, value } of jobs) {
    const power = shared ?? ownPower(value, at(value, "permissions") ?? at(workflow, "permissions"));
    if (power !== null) powers.set(key, power);
  }
  for (const { key, value } of jobs)
    if (at(value, "outputs") !== undefined && jobs.some((job) => needsOf(job.value).includes(key)))
      powers.set(key, powers.get(key) ?? "decides what other jobs do");
  // Those that are added are looked at in their turn.
  for (const [name] of powers)
    for (const need of needsOf(at(workflow, "jobs", name)))
      if (!powers.has(need)) powers.set(need, `hands its results to \`${name}\`, which can do more`);
  return powers;
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

function sharedPower(workflow: Tree): string | null {
  const event = eventsOf(workflow).find((each) => !PLAIN_EVENTS.includes(each));
  if (event !== undefined) return `runs on \`${event}\``;
  const outside = entriesOf(workflow).filter(({ key }) => key !== "jobs");
  return outside.some(({ value }) => namesSecrets(value)) ? "has secrets" : null;
}

function ownPower(job: Tree, permissions: Tree | undefined): string | null {
  if (job.kind !== "map") return "cannot be read";
  if (at(job, "uses") !== undefined) return "calls another workflow";
  if (at(job, "environment") !== undefined) return "deploys to an environment";
  if (namesSecrets(job)) return "has secrets";
  if (!runsHosted(job)) return "runs on a machine that is not known to be GitHub's own";
  // GitHub gives what the repository's settings say, which can be the right to write everything.
  if (permissions === undefined)
    return "may be able to write with its token, because nothing limits it: add `permissions:`";
  return onlyReads(permissions) ? null : "can write with its token";
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

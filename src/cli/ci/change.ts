import { Failure } from "../failure.ts";
import type { Environment } from "../github/host.ts";
import { eventFields } from "./event.ts";
import { CI_SERVERS, type CiServer, type Condition, GITHUB_EVENT_FILE } from "./servers.ts";

/** The change that a CI server runs for, as it names it. */
export interface CiChange {
  readonly server: Pick<CiServer, "name" | "wholeClone">;
  /** The branch to merge into. */
  readonly target: string;
  /** Its last commit, or the remote branch that leads there if there is one. */
  readonly head: { readonly id: string } | { readonly remoteBranch: string };
  /** The branch that it comes from. */
  readonly source: string | null;
  /** Commits that the target held when the job was made. */
  readonly targetHolds: readonly string[];
}

/**
 * The change that this job runs for; `null` where no CI server names one. Throws a `Failure` where what is named is
 * incomplete or contradicts itself: another change would be checked than the one that merges.
 */
export async function changeInCi(environment: Environment, directory: string): Promise<CiChange | null> {
  const running = CI_SERVERS.filter(({ mark }) => isMet(mark, environment));
  const changes: CiChange[] = [];
  for (const server of running) {
    const change = changeOf(server, await variablesOf(server, environment, directory));
    if (change !== null) changes.push(change);
  }
  const [first, second] = changes;
  if (first === undefined || second === undefined) return first ?? null;
  throw new Failure(
    `${first.server.name} and ${second.server.name} both name a change: give --base and --head`,
  );
}

async function variablesOf(
  { target }: CiServer,
  environment: Environment,
  directory: string,
): Promise<Environment> {
  if (!target.some((name) => name.startsWith("event."))) return environment;
  return { ...environment, ...(await eventFields(environment[GITHUB_EVENT_FILE], directory)) };
}

function changeOf(server: CiServer, variables: Environment): CiChange | null {
  const target = agreed(server, server.target, variables);
  if (target === null) {
    const { noChange } = server;
    if (noChange === undefined || isMet(noChange, variables)) return null;
    throw new Failure(
      `${server.name} runs this for the event ${variables[noChange.variable] ?? "without a name"}, which names no ` +
        "pull request: give --base and --head",
    );
  }
  return {
    server,
    target,
    head: headOf(server, variables),
    source: agreed(server, server.source, variables),
    targetHolds: server.targetHolds.flatMap((name) => commitId(server, name, variables) ?? []),
  };
}

function headOf(server: CiServer, variables: Environment): CiChange["head"] {
  const { headIf, headBranch } = server;
  const named = [
    ...server.head,
    ...(headIf !== undefined && isMet(headIf.condition, variables) ? [headIf.variable] : []),
  ];
  const ids = new Set(named.flatMap((name) => commitId(server, name, variables) ?? []));
  const [id, other] = ids;
  if (other !== undefined) throw contradiction(server, named);
  if (id !== undefined) return { id };
  const remoteBranch = headBranch === undefined ? undefined : variables[headBranch];
  if (remoteBranch) return { remoteBranch };
  throw new Failure(`${server.name} names the target of the change, but not its last commit: give --head`);
}

/** The branch that the variables which are set name alike; `null` where none is set. */
function agreed(server: CiServer, names: readonly string[], variables: Environment): string | null {
  const values = names.flatMap((name) => variables[name] || []);
  const [value, other] = new Set(values.map(branchName));
  if (other !== undefined) throw contradiction(server, names);
  return value ?? null;
}

function contradiction(server: CiServer, names: readonly string[]): Failure {
  return new Failure(`${server.name} contradicts itself in ${names.join(", ")}: give --base and --head`);
}

const COMMIT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

function commitId(server: CiServer, name: string, variables: Environment): string | null {
  const value = variables[name];
  if (!value) return null;
  if (!COMMIT_ID.test(value)) {
    throw new Failure(`${name} of ${server.name} is no commit id: give --base and --head`);
  }
  return value;
}

function isMet({ variable, holds }: Condition, variables: Environment): boolean {
  return holds.test(variables[variable] ?? "");
}

/** Some servers write a branch in full. */
function branchName(ref: string): string {
  return ref.replace(/^refs\/heads\//, "");
}

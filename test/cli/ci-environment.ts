import { CI_VARIABLES } from "../../src/cli/ci/servers.ts";

/** What this machine's CI says, which no test may hear of. */
export function leaveCi(): void {
  for (const name of CI_VARIABLES) delete process.env[name];
}

/** Runs with such variables of a CI server, and takes them back. */
export async function inCi<Result>(
  variables: Readonly<Record<string, string>>,
  run: () => Promise<Result>,
): Promise<Result> {
  Object.assign(process.env, variables);
  return run().finally(() => {
    for (const name of Object.keys(variables)) delete process.env[name];
  });
}

import { Failure } from "../cli/failure.ts";
import type { Environment } from "../cli/github/host.ts";

/** What the workflow gives the action; `action.yml` describes it. */
export interface Inputs {
  readonly token: string;
  /** The own App in whose name the check is written; `null` for a commit status by the token. */
  readonly app: { readonly id: number; readonly pem: string } | null;
  /** Whether the step fails where a pull request is blocked. */
  readonly fail: boolean;
}

/** @throws {Failure} */
export function inputsOf(environment: Environment): Inputs {
  const token = input(environment, "token");
  if (token === "") throw new Failure("the input `token` is empty: leave it out, or give it a token");
  return { token, app: appOf(environment), fail: flag(environment, "fail") };
}

function appOf(environment: Environment): Inputs["app"] {
  const [id, pem] = [input(environment, "app-id"), input(environment, "private-key")];
  if (id === "" && pem === "") return null;
  if (id === "" || pem === "")
    throw new Failure("`app-id` and `private-key` go together: give both, or leave both out");
  if (!/^[1-9]\d{0,9}$/.test(id))
    throw new Failure("`app-id` must be the App's number, as its page on GitHub shows it");
  if (!/^-----BEGIN (?:RSA )?PRIVATE KEY-----\s/.test(pem))
    throw new Failure("`private-key` must be the whole text of the App's private key, a PEM file");
  return { id: Number(id), pem };
}

function flag(environment: Environment, name: string): boolean {
  const text = input(environment, name);
  if (text !== "" && text !== "true" && text !== "false")
    throw new Failure(`\`${name}\` must be true or false`);
  return text === "true";
}

/** The runner puts each input into a variable: its name in capitals, with an underscore for each blank. */
function input(environment: Environment, name: string): string {
  return (environment[`INPUT_${name.toUpperCase()}`] ?? "").trim();
}

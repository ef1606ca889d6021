import { Failure } from "../failure.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

const GITHUB = "github.com";

/** The token to ask GitHub with; `null` where none is given. */
export function tokenOf({ GITHUB_TOKEN, GH_TOKEN }: Environment): string | null {
  return GITHUB_TOKEN || GH_TOKEN || null;
}

/** The host that people see, as `GHE_HOST` names it: the only one that gets the token. */
export function hostOf({ GHE_HOST }: Environment): string {
  const host = (GHE_HOST || GITHUB).toLowerCase();
  return host === `api.${GITHUB}` || host.endsWith(".ghe.com") ? host.replace(/^api\./, "") : host;
}

/**
 * A workflow gets a token for the server that it runs on, which is not always github.com.
 * Throws a `Failure` when the token would go elsewhere without anybody's word.
 */
export function refuseForeignToken(environment: Environment): void {
  const { GHE_HOST, GITHUB_SERVER_URL } = environment;
  if (GHE_HOST || !GITHUB_SERVER_URL || tokenOf(environment) === null) return;
  const server = hostIn(GITHUB_SERVER_URL);
  if (server === GITHUB) return;
  throw new Failure(
    `the token is for ${server ?? GITHUB_SERVER_URL}, and would be sent to ${GITHUB}: set GHE_HOST to the host it is for`,
  );
}

/** Throws a `Failure` when a pasted address is on another host than the one that is asked. */
export function refuseForeignAddress(host: string | undefined, environment: Environment): void {
  const asked = hostOf(environment);
  if (host === undefined || host === asked) return;
  throw new Failure(
    `that address is on ${host}, but ${asked} is asked: set GHE_HOST to the host that you mean`,
  );
}

/** The host of an address, in lower case and with its port; `null` where it is no web address. */
export function hostIn(address: string): string | null {
  const url = URL.parse(address);
  return url !== null && /^https?:$/.test(url.protocol) && url.host !== "" ? url.host : null;
}

import { addressOf, OWN_ADDRESS } from "./own-address.ts";
import { weakness } from "./secret.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** What the pages need. */
export interface PageSettings {
  /** Where people reach them: an origin, without a slash at its end. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** By which sessions are known. Another one ends them all. */
  readonly sessionSecret: string;
}

/** The address alone makes no pages: public keys are published there, too. */
const OWN = ["CLIENT_ID", "CLIENT_SECRET", "SESSION_SECRET"] as const;
const NAMES = [OWN_ADDRESS, ...OWN] as const;

interface Read {
  /** Left out where there are no pages. */
  readonly settings?: PageSettings;
  readonly problems: readonly string[];
}

/**
 * The pages are there when all of their variables are, and not when none of their own is. An empty one counts as an absent
 * one. Whoever reads the address for the keys says what is wrong with it.
 */
export function readPages(environment: Variables): Read {
  const missing = NAMES.filter((name) => !environment[name]);
  if (OWN.every((name) => missing.includes(name))) return { problems: [] };
  if (missing.length > 0) return { problems: [incomplete(missing)] };
  const { COUNTERSIGN_URL: address = "", CLIENT_ID: clientId = "" } = environment;
  const { CLIENT_SECRET: clientSecret = "", SESSION_SECRET: sessionSecret = "" } = environment;
  const url = addressOf(address);
  const weak = weakness(sessionSecret);
  if (weak !== null)
    return {
      problems: [`SESSION_SECRET is too easy to guess: ${weak}; \`openssl rand -hex 32\` makes a good one`],
    };
  return { ...(url !== null && { settings: { url, clientId, clientSecret, sessionSecret } }), problems: [] };
}

function incomplete(missing: readonly string[]): string {
  const are = missing.length === 1 ? "is" : "are";
  return `${missing.join(" and ")} ${are} missing: the pages need ${NAMES.join(", ")}; set all four, or leave out the last three for no pages`;
}

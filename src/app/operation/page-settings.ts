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

const NAMES = ["COUNTERSIGN_URL", "CLIENT_ID", "CLIENT_SECRET", "SESSION_SECRET"] as const;

interface Read {
  /** Left out where there are no pages. */
  readonly settings?: PageSettings;
  readonly problems: readonly string[];
}

/** The pages are there when all of their variables are, and not when none is. An empty one counts as an absent one. */
export function readPages(environment: Variables): Read {
  const missing = NAMES.filter((name) => !environment[name]);
  if (missing.length === NAMES.length) return { problems: [] };
  if (missing.length > 0) return { problems: [incomplete(missing)] };
  const { COUNTERSIGN_URL: address = "", CLIENT_ID: clientId = "" } = environment;
  const { CLIENT_SECRET: clientSecret = "", SESSION_SECRET: sessionSecret = "" } = environment;
  const url = originOf(address);
  const weak = weakness(sessionSecret);
  const problems = [
    ...(url === null ? [`COUNTERSIGN_URL ${ORIGIN}`] : []),
    ...(weak === null
      ? []
      : [`SESSION_SECRET is too easy to guess: ${weak}; \`openssl rand -hex 32\` makes a good one`]),
  ];
  if (url === null || problems.length > 0) return { problems };
  return { settings: { url, clientId, clientSecret, sessionSecret }, problems };
}

function incomplete(missing: readonly string[]): string {
  const are = missing.length === 1 ? "is" : "are";
  return `${missing.join(" and ")} ${are} missing: the pages need ${NAMES.join(", ")}; set all four, or none for no pages`;
}

const ORIGIN =
  "must be the address that people reach the pages at, without a path: https://countersign.example.com (http only for localhost)";

/** Where browsers take a page for a safe one although it comes by http. */
const LOCAL: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

function originOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { origin, protocol, hostname, href } = new URL(address);
  if (href !== `${origin}/`) return null;
  const isSafe = protocol === "https:" || (protocol === "http:" && LOCAL.has(hostname));
  return isSafe ? origin : null;
}

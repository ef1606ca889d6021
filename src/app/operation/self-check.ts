import { z } from "zod";
import { LEVELS, readAppManifest } from "../../github/client/app-manifest.ts";
import { type GitHubClient, parsed, rest, restList } from "../../github/client/client.ts";

type Level = (typeof LEVELS)[number];

/** What the App may do and hears, as registered, or as one account accepted it. */
export interface Grant {
  readonly permissions: Readonly<Record<string, Level>>;
  readonly events: readonly string[];
}

const grantFields = {
  permissions: z.record(z.string(), z.enum(LEVELS)),
  events: z.array(z.string()),
};
const appAnswer = z.object(grantFields);
const installationsAnswer = z.array(
  z.object({ ...grantFields, account: z.object({ login: z.string() }).nullish(), id: z.int() }),
);
/** What `app.yml` asks for. */
export function readManifest(): Grant {
  const manifest = readAppManifest();
  return { permissions: manifest.default_permissions, events: manifest.default_events };
}

/** An absent permission ranks below all. */
function rank(level: Level | undefined): number {
  return level === undefined ? -1 : LEVELS.indexOf(level);
}

/** What is wanted and not granted: "permission members: read", "event push". */
export function missing(wanted: Grant, granted: Grant): readonly string[] {
  const permissions = Object.entries(wanted.permissions)
    .filter(([name, level]) => rank(granted.permissions[name]) < rank(level))
    .map(([name, level]) => `permission ${name}: ${level}`);
  const events = wanted.events
    .filter((name) => !granted.events.includes(name))
    .map((name) => `event ${name}`);
  return [...permissions, ...events];
}

/**
 * Compares what `app.yml` asks for with what GitHub has registered, and with what each account accepted: a change of
 * the App takes effect for an account only when one of its owners accepts it. One sentence for each thing missing.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function selfCheck(client: GitHubClient, wanted: Grant): Promise<readonly string[]> {
  const need = "a private key that belongs to APP_ID";
  const { data } = await rest(client, { route: "GET /app", parameters: {}, need });
  const lacking = missing(wanted, parsed(appAnswer, data, "the App"));
  const ofApp = lacking.map((thing) => `the App lacks the ${thing}: add it in the App's settings`);
  const installations = await restList(
    client,
    { route: "GET /app/installations", parameters: {}, need },
    (page) => parsed(installationsAnswer, page, "the installations"),
  );
  const ofAccounts = installations.flatMap((installation) =>
    missing(wanted, installation)
      .filter((thing) => !lacking.includes(thing))
      .map((thing) => {
        const account = installation.account?.login ?? `installation ${installation.id}`;
        return `${account} has not granted the ${thing}: an owner accepts it in the settings of the installation`;
      }),
  );
  return [...ofApp, ...ofAccounts];
}

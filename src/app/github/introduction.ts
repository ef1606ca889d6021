import { z } from "zod";
import { LEVELS } from "../../github/client/app-manifest.ts";
import { type GitHubClient, parsed, rest, restList } from "../../github/client/client.ts";
import type { Clock } from "../operation/clock.ts";
import { type Grant, missing } from "../operation/self-check.ts";

/** What GitHub tells the App about itself. */
export interface Introduction {
  /** The login of the App's bot. */
  readonly login: string;
  /** The installations that are not suspended. */
  readonly installations: readonly number[];
  /** A sentence for each thing that the App needs and is not granted. */
  readonly shortcomings: readonly string[];
}

const grantFields = {
  permissions: z.record(z.string(), z.enum(LEVELS)),
  events: z.array(z.string()),
};
const appAnswer = z.object({ ...grantFields, slug: z.string() });
const installationsAnswer = z.array(
  z.object({
    ...grantFields,
    id: z.int(),
    app_slug: z.string(),
    account: z.object({ login: z.string() }).nullish(),
    suspended_at: z.string().nullish(),
  }),
);

type AppAnswer = z.infer<typeof appAnswer>;
type InstallationAnswer = z.infer<typeof installationsAnswer>[number];

const NEED = "a private key that belongs to APP_ID";

/**
 * Asks for the installations, which name the App. What the App itself has registered is asked for where none does, and
 * where one lacks something that `wanted` names: a change of the App takes effect for an account only when one of its
 * owners accepts it.
 * @throws {GitHubUnavailable | GitHubProblem}
 */
export async function introduce(client: GitHubClient, wanted: Grant): Promise<Introduction> {
  const installations = await restList(
    client,
    { route: "GET /app/installations", parameters: {}, need: NEED },
    (page) => parsed(installationsAnswer, page, "the installations"),
  );
  const [first] = installations;
  const isWhole = installations.every((each) => missing(wanted, each).length === 0);
  const app = first === undefined || !isWhole ? await readApp(client) : null;
  return {
    login: `${app?.slug ?? first?.app_slug}[bot]`,
    installations: installations.flatMap(({ id, suspended_at: suspended }) => (suspended ? [] : [id])),
    shortcomings: app === null ? [] : shortcomings(wanted, app, installations),
  };
}

async function readApp(client: GitHubClient): Promise<AppAnswer> {
  const { data } = await rest(client, { route: "GET /app", parameters: {}, need: NEED });
  return parsed(appAnswer, data, "the App");
}

function shortcomings(
  wanted: Grant,
  app: AppAnswer,
  installations: readonly InstallationAnswer[],
): readonly string[] {
  const lacking = missing(wanted, app);
  const ofApp = lacking.map((thing) => `the App lacks the ${thing}: add it in the App's settings`);
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

/** For so long an answer serves whoever asks next: at a start two do. Installations made meanwhile are told by events. */
const SERVES_MS = 2_000;

interface AskingPorts {
  /** Authenticated as the App itself. */
  readonly client: () => Promise<GitHubClient>;
  readonly wanted: Grant;
  readonly clock: Pick<Clock, "now">;
}

/** Answers with an introduction that was asked for just now. */
export function introductions({ client, wanted, clock }: AskingPorts): () => Promise<Introduction> {
  let latest: { readonly at: number; readonly answer: Promise<Introduction> } | null = null;
  return () => {
    const at = clock.now().getTime();
    if (latest !== null && at - latest.at < SERVES_MS) return latest.answer;
    const asked = { at, answer: client().then((app) => introduce(app, wanted)) };
    latest = asked;
    asked.answer.catch(() => {
      if (latest === asked) latest = null;
    });
    return asked.answer;
  };
}

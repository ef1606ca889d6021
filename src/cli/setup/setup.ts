import { apiBaseUrl, pagesUrl } from "../../github/client/base-url.ts";
import { GitHubProblem, GitHubUnavailable, NotFound } from "../../github/client/errors.ts";
import { withhold } from "../../github/client/redact.ts";
import { doctor } from "../doctor/doctor.ts";
import type { ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";
import { type Environment, refuseForeignAddress } from "../github/host.ts";
import type { RepositoryName } from "../github/repository-name.ts";
import { neutralLine } from "../output/neutral.ts";
import type { Terminal } from "../terminal.ts";
import type { SetupOptions } from "./command.ts";
import { ENV_FILE, KEY_FILE, keep, refuseTaken } from "./files.ts";
import { installed } from "./installed.ts";
import { Loopback } from "./loopback.ts";
import { exchange, manifestOf, type Registered } from "./registration.ts";

/** What setup does to the machine besides writing files. */
export interface SetupPorts {
  /** Opens a page in the person's browser. */
  readonly browse: (url: string) => void;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface SettingUp {
  readonly repository: RepositoryName;
  readonly options: SetupOptions;
  readonly environment: Environment;
  readonly ports: SetupPorts;
}

/** `countersign setup`: from nothing to a required check. Throws a `Failure` when it cannot. */
export async function setup(given: SettingUp, terminal: Terminal): Promise<ExitCode> {
  const { options, repository } = given;
  if ((options.url === undefined) === (options.poll === undefined))
    throw new Failure("say how the App learns what happens: --url ADDRESS that GitHub can reach, or --poll");
  const host = options.host ?? given.environment.GHE_HOST;
  const environment = { ...given.environment, ...(host !== undefined && { GHE_HOST: host }) };
  refuseForeignAddress(repository.host, environment);
  await refuseTaken(terminal.directory);
  const registered = await register({ ...given, environment }, terminal);
  const say = (text: string) => terminal.stdout.write(`${neutralLine(text)}\n`);
  say(
    `Registered ${registered.name} (App ${registered.id}); its settings are in ${ENV_FILE} and ${KEY_FILE}.`,
  );
  say(`Install it on ${repository.owner}/${repository.repo}: ${installPage(registered)}`);
  await installed({ ...given, environment, registered, now: terminal.now, sleep: given.ports.sleep }).catch(
    asFailure,
  );
  say("It is installed. To start it in this folder: npm start");
  return makeRequired({ ...given, environment }, registered, terminal);
}

/** Has the person register the App, and writes down what GitHub gives for it. */
async function register(given: SettingUp, terminal: Terminal): Promise<Registered> {
  const { options, repository, environment, ports } = given;
  const pages = pagesOf(environment);
  const place = options.org === undefined ? "" : `/organizations/${options.org}`;
  const { promise, resolve, reject } = Promise.withResolvers<Registered>();
  const loopback = new Loopback({
    form: ({ redirectUrl, state }) => ({
      action: `${pages}${place}/settings/apps/new?state=${state}`,
      manifest: manifestOf({ owner: options.org ?? repository.owner, url: options.url ?? null, redirectUrl }),
    }),
    onCode: async (code) => {
      try {
        const registered = await taken(given, code, terminal);
        resolve(registered);
        return installPage(registered);
      } catch (error) {
        reject(error);
        throw error;
      }
    },
  });
  try {
    const link = await loopback.open();
    terminal.stdout.write(
      options.browser ? `Opening ${link}\n` : `Open this link in your browser: ${link}\n`,
    );
    if (options.browser) ports.browse(link);
    return await promise;
  } finally {
    loopback.close();
  }
}

async function taken(given: SettingUp, code: string, terminal: Terminal): Promise<Registered> {
  const { environment, options } = given;
  const registered = await exchange(environment, code).catch(asFailure);
  withhold([registered.pem, registered.webhook_secret ?? ""]);
  const page = registered.html_url;
  if (new URL(page).origin !== new URL(pagesOf(environment)).origin)
    throw new Failure(`GitHub answered with a page elsewhere, ${page}: check --host`);
  const kept = { registered, environment, polls: options.poll ?? false, now: terminal.now() };
  await keep(terminal.directory, kept).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure(
      `${why}. The App is registered and its key is lost: delete it at ${page}, and begin anew`,
    );
  });
  return registered;
}

function installPage({ html_url: page }: Registered): string {
  return `${page}/installations/new`;
}

function pagesOf(environment: Environment): string {
  try {
    return pagesUrl(apiBaseUrl(environment));
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error));
  }
}

/** Shows the ruleset that makes the check required, and writes it if it may; doctor's findings come with it. */
async function makeRequired(
  { repository, options, environment }: SettingUp,
  { id: appId }: Registered,
  terminal: Terminal,
): Promise<ExitCode> {
  const examination = { repository, environment };
  const shown = { appId, fix: true } as const;
  try {
    if (!options.yes) {
      const code = await doctor({ ...examination, options: shown }, terminal);
      if (!(await terminal.confirm?.("Write this ruleset?"))) return code;
    }
    return await doctor({ ...examination, options: { ...shown, yes: true } }, terminal);
  } catch (error) {
    const command = `countersign doctor ${repository.owner}/${repository.repo} --app-id ${appId} --fix --yes`;
    terminal.stdout.write(
      `The App is set up, but its check is not known to be required. Once you can: ${command}\n`,
    );
    throw error;
  }
}

function asFailure(error: unknown): never {
  if (error instanceof NotFound)
    throw new Failure("GitHub does not know that code: it works once, for an hour; run setup again");
  if (error instanceof GitHubProblem || error instanceof GitHubUnavailable) throw new Failure(error.message);
  throw error;
}

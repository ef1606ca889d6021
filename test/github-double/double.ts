import { payloadProblem } from "./contract/contract.ts";
import { Faults } from "./faults.ts";
import { type Respond, serve } from "./http.ts";
import { Logins } from "./login-flow.ts";
import { registerApp, type SubmittedForm } from "./manifest-flow.ts";
import { Tokens } from "./rest/auth.ts";
import { Limits } from "./rest/limits.ts";
import { type RequestRecord, Server } from "./server.ts";
import { Deliveries } from "./webhooks/deliveries.ts";
import type { Transition } from "./world/events.ts";
import type { Account, App, Installation } from "./world/model.ts";
import { State } from "./world/state.ts";
import { type World, worldOver } from "./world/world.ts";

export interface DoubleOptions {
  readonly now?: () => Date;
  /** Hold every REST answer and every webhook against the published description; default: true. */
  readonly validate?: boolean;
  /** Whether GraphQL tells of stacks, as github.com's does and Enterprise Server's does not; default: true. */
  readonly stacks?: boolean;
  /**
   * Whether a commit names the pull requests whose head lies in a fork; default: no, as it was seen on github.com.
   * GitHub documents neither.
   */
  readonly namesForks?: boolean;
  /** Requests that a caller has in an hour, by REST and by GraphQL; default: the 5,000 of a small installation. */
  readonly hourlyLimit?: number;
  /** Whether tokens end after an hour; default: yes. A client that reads the system's clock cannot follow another one. */
  readonly tokensExpire?: boolean;
  /** Default: any free port. */
  readonly port?: number;
  /** Where this GitHub's own pages are, if it has any: who asks for one here is sent there. */
  readonly web?: string;
}

export interface AppConnection {
  readonly appId: number;
  readonly slug?: string;
  readonly privateKeyPublicPem?: string;
  readonly secret: string;
  /** `null`: an address that no host has, as of an App that reads its deliveries by REST. */
  readonly webhookUrl: string | null;
  readonly installationAccount: Account;
  readonly permissions?: Readonly<Record<string, "read" | "write">>;
  readonly events?: readonly string[];
}

export interface GithubDouble {
  readonly url: string;
  readonly port: number;
  /** Host and port, for `GHE_HOST`. */
  readonly apiHost: string;
  readonly world: World;
  /** Answers without the network what is asked in this process. */
  readonly respond: Respond;
  readonly requests: readonly RequestRecord[];
  /** What the double did that GitHub does not; tests hold this empty. */
  readonly violations: readonly string[];
  readonly faults: Faults;
  /** The hourly budgets of REST and GraphQL, and the limits on content. */
  readonly limits: Limits;
  readonly tokens: Tokens;
  readonly webhooks: Deliveries;
  readonly transitions: readonly Transition[];
  /** An app with its webhook, installed on all repositories of an account. */
  readonly connectApp: (connection: AppConnection) => {
    readonly app: App;
    readonly installation: Installation;
  };
  /** A person registers an App from a manifest; answers where GitHub sends them then. */
  readonly registerApp: (form: SubmittedForm, by: Account) => string;
  /** How people log in to Apps. */
  readonly logins: Logins;
  readonly apps: () => Iterable<App>;
  readonly stop: () => Promise<void>;
}

/** Starts a GitHub of its own: an empty world behind GitHub's REST, GraphQL and webhooks. */
export async function startDouble(options: DoubleOptions = {}): Promise<GithubDouble> {
  const state = new State(options.now ?? (() => new Date()));
  const world = worldOver(state);
  world.user("web-flow", { id: 19864447, name: "GitHub Web Flow", email: "noreply@github.com" });
  const violations: string[] = [];
  const requests: RequestRecord[] = [];
  const faults = new Faults();
  const webhooks = new Deliveries(state, ({ event, action, payload }) => {
    const problem = options.validate === false ? null : payloadProblem(event, action, payload);
    if (problem !== null) violations.push(problem);
  });
  const tokens = new Tokens(state, options.tokensExpire);
  const logins = new Logins(state);
  const limits = new Limits(state, options.hourlyLimit ?? 5000);
  const server = new Server({
    state,
    world,
    faults,
    tokens,
    limits,
    logins,
    webhooks,
    violations,
    requests,
    validate: options.validate ?? true,
    stacks: options.stacks ?? true,
    namesForks: options.namesForks ?? false,
    web: options.web ?? null,
  });
  const respond: Respond = (request) => server.respond(request);
  const listening = await serve(options.port ?? 0, respond);
  state.origin = `http://127.0.0.1:${listening.port}`;

  return {
    url: state.origin,
    port: listening.port,
    apiHost: `127.0.0.1:${listening.port}`,
    world,
    respond,
    requests,
    violations,
    faults,
    limits,
    tokens,
    logins,
    webhooks,
    transitions: state.transitions,
    connectApp: (connection) => {
      const app = world.app(connection.slug ?? "countersign", {
        id: connection.appId,
        owner: connection.installationAccount,
        ...(connection.privateKeyPublicPem === undefined
          ? {}
          : { publicKey: connection.privateKeyPublicPem }),
        ...(connection.permissions === undefined ? {} : { permissions: connection.permissions }),
        ...(connection.events === undefined ? {} : { events: connection.events }),
      });
      webhooks.connect({ appId: app.id, url: connection.webhookUrl, secret: connection.secret });
      return { app, installation: world.install(app, connection.installationAccount) };
    },
    apps: () => state.apps.values(),
    registerApp: (form, by) => registerApp({ state, webhooks }, form, by),
    stop: async () => {
      webhooks.stop();
      await listening.close();
    },
  };
}

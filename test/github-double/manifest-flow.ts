import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { Deliveries } from "./webhooks/deliveries.ts";
import { apps } from "./world/apps.ts";
import type { Account } from "./world/model.ts";
import { Refused } from "./world/refused.ts";
import type { State } from "./world/state.ts";

/** A form as a browser sends it to GitHub. */
export interface SubmittedForm {
  /** With the state in its query. */
  readonly action: string;
  readonly manifest: string;
}

interface Manifest {
  readonly name?: string;
  readonly url?: string;
  readonly hook_attributes?: { readonly url?: string; readonly active?: boolean };
  readonly redirect_url?: string;
  readonly default_permissions?: Readonly<Record<string, "read" | "write">>;
  readonly default_events?: readonly string[];
}

const LONGEST_NAME = 34;

/** Sent to every App unasked; a manifest that names one is refused, as was seen. */
const UNASKED = ["installation", "installation_repositories", "installation_target"];

/**
 * The page on which a person registers an App from a manifest, up to their press of "Create GitHub App". Answers where
 * GitHub sends them then. Refused where GitHub shows an error instead.
 */
export function registerApp(
  { state, webhooks }: { readonly state: State; readonly webhooks: Deliveries },
  { action, manifest: text }: SubmittedForm,
  by: Account,
): string {
  const { pathname, searchParams } = new URL(action);
  const owner = ownerOf(state, pathname, by);
  const manifest = checked(state, JSON.parse(text) as Manifest);
  const slug = manifest.name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  const {
    default_permissions: permissions = {},
    default_events: events = [],
    hook_attributes: hook,
  } = manifest;
  const app = apps(state).app(slug, { owner, publicKey, permissions, events });
  const webhookSecret = hook ? randomBytes(20).toString("hex") : null;
  if (hook && hook.active !== false)
    webhooks.connect({ appId: app.id, url: reachable(hook.url), secret: webhookSecret ?? "" });
  const code = randomBytes(20).toString("hex");
  const clientSecret = randomBytes(20).toString("hex");
  state.registrations.add(
    code,
    { app, pem: privateKey, clientSecret, webhookSecret },
    Date.parse(state.now()),
  );
  const back = new URL(manifest.redirect_url);
  back.searchParams.set("code", code);
  const given = searchParams.get("state");
  if (given !== null) back.searchParams.set("state", given);
  return back.href;
}

function ownerOf(state: State, path: string, by: Account): Account {
  if (path === "/settings/apps/new") return by;
  const [, login = ""] = /^\/organizations\/([^/]+)\/settings\/apps\/new$/.exec(path) ?? [];
  const org = state.orgs.get(login.toLowerCase());
  if (!org?.owners.has(by)) throw new Refused(404, "Not Found");
  return org;
}

function checked(
  state: State,
  manifest: Manifest,
): Manifest & { readonly name: string; readonly redirect_url: string } {
  const { name = "", url, hook_attributes: hook, redirect_url, default_events: events = [] } = manifest;
  const refuse = (why: string) => new Refused(422, `Invalid GitHub App configuration. ${why}`);
  if (url === undefined || (hook && hook.url === undefined)) throw refuse('"url" wasn\'t supplied.');
  if (name === "" || name.length > LONGEST_NAME) throw refuse("Name is too long (maximum is 34 characters)");
  if ([...state.apps.values()].some(({ slug }) => slug === name.toLowerCase()))
    throw refuse("Name is already taken");
  const unasked = events.filter((event) => UNASKED.includes(event));
  if (unasked.length > 0) throw refuse(`Default events unsupported: ${unasked.join(", ")}`);
  if (redirect_url === undefined) throw refuse("the double sends people back to a redirect_url only");
  return { ...manifest, name, redirect_url };
}

/** Nobody in a test serves https, and what ends in `.invalid` is no host's name (RFC 2606). */
function reachable(url = ""): string | null {
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && !hostname.endsWith(".invalid") ? url : null;
}

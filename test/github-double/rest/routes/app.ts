import { app, installation } from "../../shapes/account.ts";
import { repository } from "../../shapes/repository.ts";
import type { Delivery } from "../../webhooks/deliveries.ts";
import { deliveryItem, deliveryWhole, publicId, writtenOut } from "../../webhooks/list.ts";
import type { Installation } from "../../world/model.ts";
import { Refused } from "../../world/refused.ts";
import type { State } from "../../world/state.ts";
import { canSee } from "../access.ts";
import { paged, pageOf } from "../paging.ts";
import { appRoute, type Call, ok, openRoute, param, type Reply, type Route, route } from "../route.ts";

function installationOf(call: Call, appId: number): Installation {
  const found = call.state.installations.get(Number(param(call, "installation_id")));
  if (!found || found.app.id !== appId) throw new Refused(404, "Not Found");
  return found;
}

function installationsOf(state: State, appId: number): readonly Installation[] {
  return [...state.installations.values()].filter((each) => each.app.id === appId);
}

export const appRoutes: readonly Route[] = [
  openRoute("POST /app-manifests/{code}/conversions", (call) => {
    const made = call.state.registrations.take(param(call, "code"), Date.parse(call.state.now()));
    if (!made) throw new Refused(404, "Not Found");
    const { pem, clientSecret, webhookSecret } = made;
    const secrets = { client_secret: clientSecret, webhook_secret: webhookSecret, pem };
    return { status: 201, body: { ...app(call.state, made.app), ...secrets } };
  }),

  openRoute("DELETE /applications/{client_id}/token", (call) => {
    const isOwn = call.logins.revoke(
      call.authorization,
      param(call, "client_id"),
      String(call.body.access_token),
    );
    if (!isOwn) throw new Refused(404, "Not Found");
    return { status: 204 };
  }),

  appRoute("GET /app", (call) => ok(app(call.state, call.app))),

  appRoute("GET /app/installations", (call) =>
    paged(call, installationsOf(call.state, call.app.id), (each) => installation(call.state, each)),
  ),

  appRoute("GET /app/installations/{installation_id}", (call) =>
    ok(installation(call.state, installationOf(call, call.app.id))),
  ),

  appRoute("POST /app/installations/{installation_id}/access_tokens", (call) => {
    const found = installationOf(call, call.app.id);
    if (found.suspendedAt !== null) throw new Refused(403, "This installation has been suspended");
    const only = narrowed(call, found);
    const asked = (call.body.permissions ?? found.permissions) as Installation["permissions"];
    for (const [name, level] of Object.entries(asked))
      if (found.permissions[name] !== "write" && found.permissions[name] !== level)
        throw new Refused(422, "The permissions requested are not granted to this installation.");
    const { token, expiresAt } = call.tokens.issue(found, only, { metadata: "read", ...asked });
    const body = {
      token,
      expires_at: expiresAt,
      permissions: asked,
      repository_selection: only ? "selected" : "all",
    };
    return { status: 201, body };
  }),

  appRoute("GET /repos/{owner}/{repo}/installation", (call) => {
    const repo = call.state.repository(param(call, "owner"), param(call, "repo"));
    const found = installationsOf(call.state, call.app.id).find((each) => each.account === repo?.owner);
    if (!found) throw new Refused(404, "Not Found");
    return ok(installation(call.state, found));
  }),

  route("GET /orgs/{org}/installations", [{ organization_administration: "read" }], (call) => {
    const org = call.state.orgs.get(param(call, "org").toLowerCase());
    const { caller, state } = call;
    if (!org) throw new Refused(404, "Not Found");
    if (caller.kind !== "user" || !org.owners.has(caller.account))
      throw new Refused(403, "You must be an organization owner.");
    const all = [...state.installations.values()].filter(({ account }) => account === org);
    return paged(
      call,
      all,
      (each) => installation(state, each),
      (installations) => ({ total_count: all.length, installations }),
    );
  }),

  appRoute("GET /orgs/{org}/installation", (call) => {
    const org = call.state.orgs.get(param(call, "org").toLowerCase());
    const found = installationsOf(call.state, call.app.id).find((each) => each.account === org);
    if (!found) throw new Refused(404, "Not Found");
    return ok(installation(call.state, found));
  }),

  route("GET /installation/repositories", [{}], (call) => {
    const { caller, state } = call;
    if (caller.kind !== "installation")
      throw new Refused(403, "You must authenticate with an installation access token.");
    const repos = [...state.repositories.values()].filter(
      (repo) => repo.owner === caller.installation.account && canSee(caller, repo),
    );
    return paged(
      call,
      repos,
      (repo) => repository(state, repo),
      (repositories) => ({
        total_count: repos.length,
        repository_selection: caller.only ? "selected" : "all",
        repositories,
      }),
    );
  }),

  appRoute("GET /app/hook/deliveries", (call) => {
    const status = call.query.get("status");
    const mine = keptDeliveries(call)
      .filter(({ ended }) => ended)
      .filter((each) => status === null || (status === "success") === isSuccess(each))
      .toReversed();
    return byCursor(call, mine);
  }),

  appRoute("GET /app/hook/deliveries/{delivery_id}", (call) => {
    const found = deliveryIn(call);
    const body = deliveryWhole(found);
    return { ...ok(body), text: writtenOut(found, body) };
  }),

  appRoute("POST /app/hook/deliveries/{delivery_id}/attempts", (call) => {
    call.deliveries.redeliver(deliveryIn(call).id);
    return { status: 202, body: {} };
  }),
];

/** For so long GitHub keeps a delivery, and delivers it again. */
const KEPT_MS = 3 * 24 * 3_600_000;

function keptDeliveries({ caller, deliveries, state }: Call): readonly Delivery[] {
  if (caller.kind !== "app") return [];
  const since = Date.parse(state.now()) - KEPT_MS;
  return deliveries.deliveries.filter(
    ({ appId, deliveredAt }) => appId === caller.app.id && Date.parse(deliveredAt) >= since,
  );
}

function deliveryIn(call: Call): Delivery {
  const found = keptDeliveries(call).find((each) => publicId(each) === param(call, "delivery_id"));
  if (!found) throw new Refused(404, "Not Found");
  return found;
}

function isSuccess({ status }: Delivery): boolean {
  return status >= 200 && status < 300;
}

/** Deliveries are paged by a cursor, newest first: it names the first one on the page. */
function byCursor(call: Call, items: readonly Delivery[]): Reply {
  const { size } = pageOf(call.query);
  const cursor = call.query.get("cursor");
  const from = cursor === null ? 0 : items.findIndex((each) => each.id <= Number(cursor.replace("v1_", "")));
  const rest = from < 0 ? [] : items.slice(from);
  const next = rest[size];
  const query = new URLSearchParams(call.query);
  if (next) query.set("cursor", `v1_${next.id}`);
  const headers = next ? { link: `<${call.address}?${query}>; rel="next"` } : {};
  const page = rest.slice(0, size).map((each) => ({ each, item: deliveryItem(each) }));
  const text = `[${page.map(({ each, item }) => writtenOut(each, item)).join()}]`;
  return { status: 200, body: page.map(({ item }) => item), text, headers };
}

/** The repositories a token is asked for, by name or id; `null`: all. */
function narrowed(call: Call, found: Installation): ReadonlySet<number> | null {
  const { repositories, repository_ids: ids } = call.body;
  if (!Array.isArray(repositories) && !Array.isArray(ids)) return null;
  const wanted = [...(Array.isArray(repositories) ? repositories : []), ...(Array.isArray(ids) ? ids : [])];
  const repos = [...call.state.repositories.values()].filter((repo) => repo.owner === found.account);
  const chosen = wanted.map((each) => repos.find((repo) => repo.id === each || repo.name === each)?.id);
  if (chosen.includes(undefined))
    throw new Refused(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  return new Set(chosen.filter((id) => id !== undefined));
}

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Account, type Conversation, isPull } from "../test/github-double/world/model.ts";
import { commentOn, isAction } from "./actions.ts";
import { CAST, isLogin, type Login } from "./cast.ts";
import type { Html } from "./page/html.ts";
import { issuePage } from "./page/issue.ts";
import { listPage } from "./page/list.ts";
import { pullPage } from "./page/pull.ts";
import { isTab } from "./page/tabs.ts";
import type { Show } from "./show.ts";
import { type DemoState, summarise, summariseIssue } from "./summary.ts";

export interface Call {
  readonly show: Show;
  readonly method: string;
  readonly path: string;
  readonly form: URLSearchParams;
  /** Whom the visitor acts as, according to the cookie. */
  readonly viewer: string;
  readonly wantsJson: boolean;
}

export interface Reply {
  readonly status: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Route {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  readonly handle: (call: Call, parts: readonly (string | undefined)[]) => Reply | Promise<Reply>;
}

const NOT_FOUND: Reply = { status: 404, body: "Not Found" };

const ROUTES: readonly Route[] = [
  { method: "GET", path: /^\/$/, handle: list },
  { method: "GET", path: /^\/acme\/shop\/pull\/(\d{1,9})(?:\/(\w+))?$/, handle: showPull },
  { method: "GET", path: /^\/acme\/shop\/issues\/(\d{1,9})$/, handle: showIssue },
  { method: "GET", path: /^\/demo\/state$/, handle: state },
  { method: "GET", path: /^\/demo\/style\.css$/, handle: style },
  { method: "GET", path: /^\/demo\/live\.js$/, handle: script },
  { method: "POST", path: /^\/demo\/act$/, handle: act },
  { method: "POST", path: /^\/demo\/comment$/, handle: comment },
  { method: "POST", path: /^\/demo\/code$/, handle: printCode },
  { method: "POST", path: /^\/demo\/viewer$/, handle: becomeViewer },
  { method: "POST", path: /^\/demo\/start-over$/, handle: startOver },
];

export async function reply(call: Call): Promise<Reply> {
  for (const { method, path, handle } of ROUTES) {
    const found = method === call.method ? path.exec(call.path) : null;
    if (found) return handle(call, found.slice(1));
  }
  return NOT_FOUND;
}

function list(call: Call): Reply {
  return page(listPage(call.show.stage, viewerOf(call)));
}

function showPull(call: Call, [number, tab = "conversation"]: readonly (string | undefined)[]): Reply {
  const { show } = call;
  const pull = show.stage.shop.pulls.get(Number(number));
  if (!pull || !isTab(tab)) return NOT_FOUND;
  const answer = show.answerIn(pull.number);
  const view = { stage: show.stage, passkeys: show.passkeys };
  return page(pullPage({ ...view, pull, tab, viewer: viewerOf(call), answer: answer ?? null }));
}

function showIssue(call: Call, [number]: readonly (string | undefined)[]): Reply {
  const issue = call.show.stage.shop.issues.get(Number(number));
  return issue ? page(issuePage(issue, viewerOf(call))) : NOT_FOUND;
}

async function state({ show }: Call): Promise<Reply> {
  const settled = await show.settled();
  const { stage } = show;
  const pulls = [...stage.shop.pulls.values()].map((pull) => summarise(stage, pull));
  const issues = [...stage.shop.issues.values()].map(summariseIssue);
  return json(200, { settled, pulls, issues } satisfies DemoState);
}

/** Later ones override earlier ones. */
const STYLES = ["colours", "base", "small", "pull", "gate", "tabs", "narrow"];

function style(): Reply {
  const body = STYLES.map((name) => file(`./page/style/${name}.css`)).join("\n");
  return { status: 200, type: "text/css", body };
}

function script(): Reply {
  return { status: 200, type: "text/javascript", body: file("./page/live.js") };
}

function file(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

function act(call: Call): Reply {
  const { show, form, wantsJson } = call;
  const pull = show.stage.shop.pulls.get(Number(form.get("pull")));
  const name = form.get("act") ?? "";
  if (!pull || !isAction(name)) return NOT_FOUND;
  const answer = show.act(name, { pull, as: actorOf(call), field: (field) => form.get(field) ?? "" });
  return wantsJson ? json(answer.status, answer) : backTo(pull);
}

/** A comment on an issue. */
function comment(call: Call): Reply {
  const { show, form, wantsJson } = call;
  const issue = show.stage.shop.issues.get(Number(form.get("issue")));
  if (!issue) return NOT_FOUND;
  const answer = commentOn(show.stage, issue, { as: actorOf(call), body: form.get("body") ?? "" });
  return wantsJson ? json(answer.status, answer) : backTo(issue);
}

async function printCode(call: Call): Promise<Reply> {
  const pull = call.show.stage.shop.pulls.get(Number(call.form.get("pull")));
  if (!pull || call.show.passkeys === null) return NOT_FOUND;
  await call.show.printCode(viewerOf(call));
  return backTo(pull);
}

function becomeViewer({ show, form }: Call): Reply {
  const { pulls, issues } = show.stage.shop;
  const on = pulls.get(Number(form.get("pull"))) ?? issues.get(Number(form.get("issue")));
  const login = form.get("login") ?? "";
  if (!isLogin(login)) return NOT_FOUND;
  const { status, headers } = on ? backTo(on) : { status: 303, headers: { location: "/" } };
  return {
    status,
    headers: {
      ...headers,
      "set-cookie": `viewer=${encodeURIComponent(login)}; Path=/; SameSite=Strict; HttpOnly`,
    },
  };
}

async function startOver({ show, wantsJson }: Call): Promise<Reply> {
  await show.startOver();
  return wantsJson ? json(200, {}) : { status: 303, headers: { location: "/" } };
}

/** A script says with each act who it is. */
function actorOf(call: Call): Account {
  const given = call.form.get("as") ?? "";
  return call.show.stage.cast[isLogin(given) ? given : viewerOf(call)];
}

function viewerOf({ viewer }: Call): Login {
  return (CAST.find(({ login }) => encodeURIComponent(login) === viewer) ?? CAST[0]).login;
}

function backTo(on: Conversation): Reply {
  const kind = isPull(on) ? "pull" : "issues";
  return { status: 303, headers: { location: `/acme/shop/${kind}/${on.number}` } };
}

/** The tag lets an open page notice changes. */
function page({ text: body }: Html): Reply {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  return { status: 200, type: "text/html", headers: { etag }, body };
}

function json(status: number, value: object): Reply {
  return { status, type: "application/json", body: JSON.stringify(value) };
}

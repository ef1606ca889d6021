import { createHash, randomBytes } from "node:crypto";
import type { RawResponse } from "./faults.ts";
import type { HttpRequest } from "./http.ts";
import type { Account } from "./world/model.ts";
import type { State } from "./world/state.ts";

/** An App that people can log in to. */
export interface LoginClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where GitHub sends people back to. */
  readonly callback: string;
}

interface Code {
  readonly client: LoginClient;
  readonly account: Account;
  readonly challenge: string | null;
  /** Milliseconds. */
  readonly until: number;
}

/** Documented: a code is good for ten minutes. */
const CODE_LASTS_MS = 600_000;

/** How people log in to Apps: the pages and the one address of the web flow, outside of REST. */
export class Logins {
  /** Who uses the browser. Nobody: GitHub would ask them to log in, and the double lists everybody. */
  signedIn: Account | null = null;
  readonly #state: State;
  readonly #clients = new Map<string, LoginClient>();
  readonly #codes = new Map<string, Code>();

  constructor(state: State) {
    this.#state = state;
  }

  connect(client: LoginClient): void {
    this.#clients.set(client.clientId, client);
  }

  /** `null` for what is not of this flow. */
  answer({ method, path, query, body }: HttpRequest): RawResponse | null {
    if (method === "GET" && path === "/login/oauth/authorize") return this.#authorize(query);
    if (method === "POST" && path === "/login/oauth/access_token")
      return { status: 200, body: this.#exchange((body ?? {}) as Readonly<Record<string, unknown>>) };
    return null;
  }

  /** Ends a token that the App with these credentials was given; false where they are not its own. */
  revoke(authorization: string, clientId: string, token: string): boolean {
    const client = this.#clients.get(clientId);
    const own = client && `Basic ${Buffer.from(`${clientId}:${client.clientSecret}`).toString("base64")}`;
    if (own !== authorization) return false;
    return this.#state.userTokens.delete(token);
  }

  #authorize(query: URLSearchParams): RawResponse {
    const client = this.#clients.get(query.get("client_id") ?? "");
    if (client === undefined) return page(404, "<h1>Not Found</h1>");
    if (query.get("redirect_uri") !== client.callback)
      return page(400, "<h1>The redirect_uri is not associated with this application.</h1>");
    // PKCE knows no other method here.
    const challenge = query.get("code_challenge");
    if (challenge !== null && query.get("code_challenge_method") !== "S256")
      return page(400, "<h1>The code_challenge_method is not S256.</h1>");
    const account = this.signedIn ?? this.#chosen(query);
    if (account === null) return this.#everybody(query);
    const code = randomBytes(10).toString("hex");
    const until = Date.parse(this.#state.now()) + CODE_LASTS_MS;
    this.#codes.set(code, { client, account, challenge, until });
    const back = new URL(client.callback);
    back.searchParams.set("code", code);
    const state = query.get("state");
    if (state !== null) back.searchParams.set("state", state);
    return { status: 302, body: "", headers: { location: back.href } };
  }

  #chosen(query: URLSearchParams): Account | null {
    const login = query.get("as");
    return login === null ? null : (this.#state.account(login) ?? null);
  }

  #everybody(query: URLSearchParams): RawResponse {
    const people = [...this.#state.accounts.values()].filter(
      ({ kind, deleted }) => kind === "User" && !deleted,
    );
    const links = people.map(({ login }) => {
      const address = `?${new URLSearchParams([...query, ["as", login]])}`.replaceAll("&", "&amp;");
      return `<li><a href="${address}">Log in as ${login}</a></li>`;
    });
    return page(200, `<h1>Sign in to GitHub</h1><ul>${links.join("")}</ul>`);
  }

  /** Errors come with status 200 too, as documented. */
  #exchange(asked: Readonly<Record<string, unknown>>): object {
    const client = this.#clients.get(String(asked.client_id));
    if (client === undefined || asked.client_secret !== client.clientSecret)
      return { error: "incorrect_client_credentials" };
    if (asked.redirect_uri !== client.callback) return { error: "redirect_uri_mismatch" };
    const granted = this.#codes.get(String(asked.code));
    this.#codes.delete(String(asked.code));
    const isGood =
      granted !== undefined &&
      granted.client === client &&
      granted.until > Date.parse(this.#state.now()) &&
      isProven(granted, asked.code_verifier);
    if (!isGood) return { error: "bad_verification_code" };
    const token = `ghu_${randomBytes(18).toString("hex")}`;
    this.#state.userTokens.set(token, { account: granted.account, scopes: null, permissions: {} });
    return { access_token: token, token_type: "bearer", scope: "" };
  }
}

function isProven({ challenge }: Code, verifier: unknown): boolean {
  if (challenge === null) return true;
  return createHash("sha256").update(String(verifier)).digest("base64url") === challenge;
}

function page(status: number, body: string): RawResponse {
  const text = `<!DOCTYPE html><html lang="en"><title>GitHub</title><main>${body}</main></html>`;
  return { status, body: text, headers: { "content-type": "text/html; charset=utf-8" } };
}

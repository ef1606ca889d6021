import { z } from "zod";
import { API_VERSION } from "../../github/client/client.ts";
import type { PageSession } from "../../store/pages.ts";
import type { PageSettings } from "../operation/page-settings.ts";

export interface OAuthPorts {
  readonly settings: PageSettings;
  /** GitHub as people see it, and its REST API. */
  readonly github: string;
  readonly api: string;
}

/** What a browser brings back from GitHub, and what proves that it was sent there by us. */
export interface Grant {
  readonly code: string;
  /** Of PKCE (RFC 7636). */
  readonly verifier: string;
}

/** GitHub did not say who it is. */
class NotIdentified extends Error {
  override readonly name = "NotIdentified";
}

const TIMEOUT_MS = 10_000;

/** GitHub answers an error with status 200, and then without a token. */
const tokenAnswer = z.object({ access_token: z.string().min(1) });
const userAnswer = z.object({ id: z.int(), login: z.string(), type: z.string() });

/** Where a browser goes for a code. */
export function authorizeAddress(
  { settings, github }: Pick<OAuthPorts, "settings" | "github">,
  { state, challenge }: { readonly state: string; readonly challenge: string },
): string {
  const query = new URLSearchParams({
    client_id: settings.clientId,
    redirect_uri: callbackOf(settings),
    state,
    code_challenge: challenge,
    code_challenge_method: "S256",
    allow_signup: "false",
  });
  return `${github}/login/oauth/authorize?${query}`;
}

/**
 * Who came back with the code. The token that says so is used for nothing else, and revoked.
 * @throws {NotIdentified} and when GitHub does not answer
 */
export async function identify(ports: OAuthPorts, grant: Grant): Promise<PageSession> {
  const token = await tokenFor(ports, grant);
  try {
    const answer = await fetch(`${ports.api}/user`, {
      headers: { ...API_HEADERS, authorization: `Bearer ${token}` },
      ...bounded(),
    });
    const user = userAnswer.safeParse(await jsonOf(answer));
    if (!user.success || user.data.type !== "User") throw new NotIdentified("GitHub named nobody");
    return { account: user.data.id, login: user.data.login };
  } finally {
    await revoke(ports, token);
  }
}

function callbackOf({ url }: PageSettings): string {
  return `${url}/login/callback`;
}

const API_HEADERS = {
  accept: "application/vnd.github+json",
  "user-agent": "countersign",
  "x-github-api-version": API_VERSION,
} as const;

/** A redirect would take the secret elsewhere. */
const bounded = () => ({ redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) }) as const;

async function tokenFor({ settings, github }: OAuthPorts, { code, verifier }: Grant): Promise<string> {
  const { clientId: client_id, clientSecret: client_secret } = settings;
  const answer = await fetch(`${github}/login/oauth/access_token`, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json", "user-agent": "countersign" },
    body: JSON.stringify({
      ...{ client_id, client_secret, code },
      ...{ redirect_uri: callbackOf(settings), code_verifier: verifier },
    }),
    ...bounded(),
  });
  const granted = tokenAnswer.safeParse(await jsonOf(answer));
  if (!granted.success) throw new NotIdentified("GitHub did not take the code");
  return granted.data.access_token;
}

/** As a courtesy: nothing here keeps it, and it ends by itself within hours. */
async function revoke({ settings, api }: OAuthPorts, token: string): Promise<void> {
  const { clientId, clientSecret } = settings;
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  await fetch(`${api}/applications/${encodeURIComponent(clientId)}/token`, {
    method: "DELETE",
    headers: { ...API_HEADERS, authorization: `Basic ${credentials}`, "content-type": "application/json" },
    body: JSON.stringify({ access_token: token }),
    ...bounded(),
  }).then(
    (answer) => answer.body?.cancel(),
    () => {},
  );
}

/** No more is read than any such answer has. */
const MOST_CHARACTERS = 65_536;

async function jsonOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (!answer.ok || text.length > MOST_CHARACTERS) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

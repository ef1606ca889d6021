import type { Context, Hono } from "hono";
import { signPage } from "../../pages/sign.ts";
import { SIGN_SCRIPT } from "../../pages/sign-script.ts";
import type { Account } from "../../signoff/snapshot.ts";
import type { RepositoryRef } from "../../store/repository.ts";
import {
  type Offer,
  offerAcceptance,
  offerDecision,
  offerEnrolment,
  offerRemoval,
  offerVouch,
} from "../passkeys/offers.ts";
import { creationOptions, requestOptions } from "../passkeys/options.ts";
import { enrol, type Redeemed, redeem } from "../passkeys/redeem.ts";
import { signablesOf } from "../passkeys/signables.ts";
import type { Objection } from "../passkeys/webauthn.ts";
import type { Doors, Form, SentThere } from "./doors.ts";
import { contentWithScript, SCRIPT_PATH } from "./headers.ts";
import type { Judgements } from "./judgements.ts";
import type { PagePorts } from "./ports.ts";
import type { LiveSession } from "./sessions.ts";
import { acceptances, shownDecisions, shownKeys } from "./sign-facts.ts";

const PATH = "/:owner/:repo/pull/:number{[0-9]{1,10}}/sign";

interface Ports extends PagePorts {
  readonly doors: Doors;
  readonly judgements: Judgements;
}

/** Whoever signs, and on which page. */
interface Signer {
  readonly on: RepositoryRef;
  readonly by: Account;
  readonly session: LiveSession;
  readonly pull: number;
}

/** Where people sign with their passkeys. What counts is decided by `app/passkeys` alone. */
export function addSigning(app: Hono, ports: Ports): void {
  const { settings, site, doors, signing, judgements } = ports;
  app.get(SCRIPT_PATH, (context) =>
    context.body(SIGN_SCRIPT.text, 200, { "content-type": "text/javascript; charset=utf-8" }),
  );
  app.get(
    PATH,
    doors.inRepository(async (context, visitor, seen) => {
      const signer = signerOf(context, { session: visitor, seen });
      const { on, by, pull } = signer;
      const fresh = await judgements.of(visitor, on, pull);
      const awaited = fresh.status === "none" ? [] : signablesOf({ on, by, ...fresh });
      const { signables: accepted = [] } = (await acceptances(ports, signing.ports, signer)) ?? {};
      const page = signPage({
        ...{ docs: site.docs, visitor, repository: `${on.owner}/${on.repo}`, pull, scriptPath: SCRIPT_PATH },
        notice: fresh.status === "none" ? fresh.because : null,
        decisions: await shownDecisions(signing.ports, signer, [...awaited, ...accepted]),
        ...(await shownKeys(signing.ports, { on, by })),
      });
      context.header("content-security-policy", contentWithScript(settings.url));
      return context.html(page);
    }),
  );
  app.post(
    `${PATH}/offer`,
    doors.sentInRepository(async (context, sent) => {
      const signer = signerOf(context, sent);
      const offered = await offerOf(ports, signer, sent.form);
      if (!offered.ok) return context.json(offered, 409);
      const options = isForNewKey(sent.form)
        ? { create: await creationOptions(signing.ports, { ...signer, challenge: offered.challenge }) }
        : { get: requestOptions(signing.ports, offered) };
      return context.json({ ok: true, ...options });
    }),
  );
  app.post(
    PATH,
    doors.sentInRepository(async (context, sent) => {
      const redeemed = await redeemedOf(ports, signerOf(context, sent), sent.form);
      if (redeemed.ok) signing.wake();
      return context.json(redeemed, redeemed.ok ? 200 : 409);
    }),
  );
}

function signerOf(context: Context, { session, seen }: Pick<SentThere, "session" | "seen">): Signer {
  const { installationId, repositoryId, owner, repo } = seen.repository;
  return {
    on: { installationId, repositoryId, owner, repo },
    by: { id: session.account, login: session.login, type: "User" },
    ...{ session, pull: Number(context.req.param("number")) },
  };
}

function isForNewKey({ enrol: field }: Form): boolean {
  return field !== undefined;
}

/** What a form asks to sign: to register a key, to vouch for one, to remove one, or else a decision as it was shown. */
async function offerOf(pages: Ports, signer: Signer, form: Form): Promise<Offer | Objection> {
  const {
    judgements,
    signing: { ports },
  } = pages;
  const { on, by, session, pull } = signer;
  const { vouch, remove, sign } = form;
  if (isForNewKey(form)) return offerEnrolment(ports, { on, by });
  if (typeof vouch === "string") return offerVouch(ports, { on, by, key: vouch });
  if (typeof remove === "string") return offerRemoval(ports, { on, by, key: remove });
  const followUp = await acceptances(pages, ports, signer);
  const accepted = followUp?.signables.find(({ digest }) => digest === sign);
  if (followUp !== null && accepted !== undefined) {
    const { commentId } = accepted.decision;
    return offerAcceptance(ports, { on, by, state: followUp.state, commentId });
  }
  const fresh = await judgements.of(session, on, pull);
  if (fresh.status === "none") return { ok: false, because: fresh.because };
  const shown = signablesOf({ on, by, ...fresh }).find(({ digest }) => digest === sign);
  if (shown === undefined) return { ok: false, because: CHANGED };
  return offerDecision(ports, { ...fresh, on, by, decision: shown.decision });
}

const CHANGED =
  "What this page showed you does not wait for your signature any more: it changed, or it is signed. Load this page anew, and look at what it says.";

async function redeemedOf({ signing, settings }: Ports, { on, by }: Signer, form: Form): Promise<Redeemed> {
  const answer = { on, by, challenge: textIn(form.challenge), response: jsonIn(textIn(form.response)) };
  if (!isForNewKey(form)) return redeem(signing.ports, answer);
  const code = textIn(form.code).trim();
  return enrol(signing.ports, {
    ...answer,
    code: code === "" ? null : code,
    secret: settings.sessionSecret,
  });
}

function textIn(field: unknown): string {
  return typeof field === "string" ? field : "";
}

/** `null` for what is no JSON, which no browser answers. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

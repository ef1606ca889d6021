import { type Markup, verbatim } from "../markup/markup.ts";

/**
 * The only script: it has the browser ask for a passkey, and sends on what it answers. It decides nothing. Bytes are
 * base64url on our side, as `PublicKeyCredential.toJSON()` has them, which not every browser knows.
 */
export const SIGN_SCRIPT: Markup = verbatim`"use strict";
(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const descriptors = (keys) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

  const ask = ({ create, get }) =>
    create
      ? navigator.credentials.create({
          publicKey: {
            ...create,
            challenge: bytes(create.challenge),
            user: { ...create.user, id: bytes(create.user.id) },
            excludeCredentials: descriptors(create.excludeCredentials),
          },
        })
      : navigator.credentials.get({
          publicKey: {
            ...get,
            challenge: bytes(get.challenge),
            allowCredentials: descriptors(get.allowCredentials),
          },
        });

  const written = ({ id, rawId, type, response }) => {
    const given = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature"])
      if (response[name]) given[name] = text(response[name]);
    return JSON.stringify({ id, rawId: text(rawId), type, clientExtensionResults: {}, response: given });
  };

  const send = async (form, path, more) => {
    const body = new URLSearchParams([...new FormData(form), ...Object.entries(more)]);
    const answer = await fetch(form.getAttribute("action") + path, { method: "POST", body });
    if (answer.redirected) return { ok: false, because: "You are logged in no more. Load this page anew." };
    if ((answer.headers.get("content-type") ?? "").startsWith("application/json")) return answer.json();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = page.querySelector("main p");
    return { ok: false, because: said ? said.textContent : "This did not work. Try again in a moment." };
  };

  const FAILURES = {
    NotAllowedError: "No passkey came: it was cancelled, it took too long, or this device has none of those that count. Press the button to try again.",
    InvalidStateError: "This device holds a passkey of yours for this installation already.",
    TypeError: "The server could not be reached. Press the button to try again.",
  };

  const prepare = (form) => {
    const outcome = form.querySelector("[role=status]");
    const button = form.querySelector("button");
    let offer = null;
    let busy = false;
    const done = (says) => {
      outcome.textContent = says;
      button.hidden = true;
      form.querySelector(".again").hidden = false;
      outcome.focus();
    };
    const attempt = async () => {
      if (offer === null || Date.now() > offer.until) {
        const offered = await send(form, "/offer", {});
        if (!offered.ok) return void (outcome.textContent = offered.because);
        offer = { ...offered, until: Date.now() + (offered.create ?? offered.get).timeout };
      }
      outcome.textContent = "Your device asks whether it is you.";
      const { challenge } = offer.create ?? offer.get;
      const response = written(await ask(offer));
      offer = null;
      const redeemed = await send(form, "", { challenge, response });
      if (redeemed.ok) done(redeemed.says);
      else outcome.textContent = redeemed.because;
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      outcome.textContent = "One moment.";
      try {
        await attempt();
      } catch (error) {
        outcome.textContent = FAILURES[error.name] ?? "That did not work: " + error.message;
      } finally {
        busy = false;
      }
    });
    form.hidden = false;
  };

  const isAble = "credentials" in navigator && "PublicKeyCredential" in window;
  document.getElementById("no-script").hidden = isAble;
  if (isAble) for (const form of document.querySelectorAll("form.passkey")) prepare(form);
  else document.getElementById("no-script").textContent = "This browser knows no passkeys here: open the page in one that does.";
})();
`;

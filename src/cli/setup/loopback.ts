import { randomBytes, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Form, formPage, messagePage, policyOf } from "./page.ts";

/** What the person's browser is given, and where it is sent in the end. */
export interface LoopbackPorts {
  /** The form for GitHub, once it is known where GitHub sends the person back to, and with which state. */
  readonly form: (back: { readonly redirectUrl: string; readonly state: string }) => Form;
  /** Makes something of the code; answers the page to go on to. It is called once. */
  readonly onCode: (code: string) => Promise<string>;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly location?: string;
}

const ANEW = "Start again from the link that countersign setup has shown.";
const CODE = /^[\w-]{1,200}$/;
const SECRET_BYTES = 24;

/**
 * Pages for one person's browser on the same machine. Their address has a secret in it, which nobody else on the machine
 * knows; a state, which GitHub gives back, shows that what comes is the answer to what was sent.
 */
export class Loopback {
  readonly #server: Server = createServer();
  readonly #ports: LoopbackPorts;
  readonly #place = secret();
  readonly #state = secret();
  #used = false;
  #origin = "";

  constructor(ports: LoopbackPorts) {
    this.#ports = ports;
  }

  /** The link to begin with. */
  async open(): Promise<string> {
    this.#server.on("request", (request, response) => {
      this.#answer(request).then(
        (answer) => this.#send(response, answer),
        () => response.destroy(),
      );
    });
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    this.#origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    return `${this.#origin}/${this.#place}`;
  }

  /** What is being answered still goes out. */
  close(): void {
    this.#server.close();
    this.#server.closeIdleConnections();
  }

  get #form(): Form {
    const redirectUrl = `${this.#origin}/${this.#place}/registered`;
    return this.#ports.form({ redirectUrl, state: this.#state });
  }

  async #answer({ method, url = "", headers }: IncomingMessage): Promise<Answer> {
    // A name that was made to lead here is not ours.
    const asked = `http://${headers.host}` === this.#origin ? URL.parse(url, this.#origin) : null;
    if (method !== "GET" || asked === null) return { status: 404, text: messagePage("Nothing is here.") };
    if (same(asked.pathname, `/${this.#place}`)) return { status: 200, text: formPage(this.#form) };
    return same(asked.pathname, `/${this.#place}/registered`)
      ? this.#registered(asked.searchParams)
      : { status: 404, text: messagePage("Nothing is here.") };
  }

  async #registered(query: URLSearchParams): Promise<Answer> {
    const code = query.get("code") ?? "";
    if (!same(query.get("state") ?? "", this.#state) || !CODE.test(code))
      return { status: 403, text: messagePage(`This is no answer to what was asked. ${ANEW}`) };
    if (this.#used) return { status: 409, text: messagePage("The App is registered already.") };
    this.#used = true;
    try {
      return { status: 303, text: "", location: await this.#ports.onCode(code) };
    } catch {
      // What went wrong is said on the terminal.
      return { status: 500, text: messagePage("That went wrong. The terminal says how.") };
    }
  }

  #send(response: ServerResponse, { status, text, location }: Answer): void {
    response.writeHead(status, {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      connection: "close",
      "content-security-policy": policyOf(new URL(this.#form.action).origin),
      // The path is a secret; GitHub is told where a form comes from, and no more.
      "referrer-policy": "strict-origin",
      "x-content-type-options": "nosniff",
      ...(location !== undefined && { location }),
    });
    response.end(text);
  }
}

function secret(): string {
  return randomBytes(SECRET_BYTES).toString("base64url");
}

function same(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}

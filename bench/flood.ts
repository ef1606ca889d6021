import { type ClientRequest, request } from "node:http";

/** Bodies under way at once, and the bytes of each. */
const AT_ONCE = 30;
const BYTES = 1 << 20;
/** Every so manieth begins and never ends. */
const ENDLESS = 3;

/** A stranger who knows where webhooks go, and no secret: bodies with a signature that is wrong, and some that never end. */
export class Flood {
  readonly #url: string;
  readonly #open = new Set<ClientRequest>();
  readonly #body = Buffer.alloc(BYTES, "a");
  #running = true;
  /** How many were answered or dropped. */
  ended = 0;

  constructor(url: string) {
    this.#url = url;
    for (let index = 0; index < AT_ONCE; index += 1) this.#send(index % ENDLESS === 0);
  }

  stop(): void {
    this.#running = false;
    for (const each of this.#open) each.destroy();
  }

  #send(endless: boolean): void {
    const headers = {
      "content-type": "application/json",
      "content-length": BYTES,
      "x-github-event": "pull_request",
      "x-github-delivery": crypto.randomUUID(),
      "x-hub-signature-256": `sha256=${"0".repeat(64)}`,
    };
    const sent = request(this.#url, { method: "POST", headers });
    this.#open.add(sent);
    sent.on("response", (response) => response.resume());
    // That it is dropped is what is hoped for.
    sent.on("error", () => {});
    sent.on("close", () => {
      this.#open.delete(sent);
      this.ended += 1;
      if (this.#running) this.#send(endless);
    });
    if (endless) sent.write(this.#body.subarray(0, BYTES / 2));
    else sent.end(this.#body);
  }
}

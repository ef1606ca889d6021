import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { SECRET } from "../test/app/credentials.ts";

/** What is delivered, and of which event. */
export interface Message {
  readonly event: string;
  readonly body: string;
}

export interface Sent {
  /** Of the answers, shortest first, in milliseconds. */
  readonly times: readonly number[];
  readonly refused: number;
}

/** Delivers each message as a delivery of its own, `atOnce` at a time. */
export async function deliverAll(
  url: string,
  messages: readonly Message[],
  atOnce: number,
  secret: string = SECRET,
): Promise<Sent> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const times: number[] = [];
  let refused = 0;
  let next = 0;
  const sender = async () => {
    for (let message = messages[next++]; message !== undefined; message = messages[next++]) {
      const sent = performance.now();
      if ((await deliver(url, message, { agent, secret })) !== 202) refused += 1;
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
  agent.destroy();
  return { times: times.toSorted((a, b) => a - b), refused };
}

function deliver(
  url: string,
  { event, body }: Message,
  { agent, secret }: { readonly agent: Agent; readonly secret: string },
): Promise<number> {
  return new Promise((resolve) => {
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      "x-github-event": event,
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    };
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    sent.on("error", () => resolve(0));
    sent.end(body);
  });
}

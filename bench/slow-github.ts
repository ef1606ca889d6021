import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

export interface SlowGitHub {
  /** Host and port, for `GHE_HOST`. */
  readonly apiHost: string;
  readonly stop: () => Promise<void>;
}

/** Stands before a GitHub and lets each request wait for `latencyMs` milliseconds. */
export async function slowed(port: number, latencyMs: number): Promise<SlowGitHub> {
  const server: Server = createServer(async (incoming, outgoing) => {
    await setTimeout(latencyMs);
    const { method, url: path, headers } = incoming;
    const onward = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    apiHost: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

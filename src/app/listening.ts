import { once } from "node:events";
import type { Server } from "node:http";

const GRACE_MS = 5_000;

/** Where a server listens, and the setting that says so. */
export interface Place {
  readonly host: string;
  /** 0 asks the system for a free one. */
  readonly port: number;
  readonly setting: "PORT" | "COUNTERSIGN_OPS_PORT";
}

class Unreachable extends Error {
  override readonly name = "Unreachable";

  constructor({ host, port, setting }: Place, cause: unknown) {
    const taken =
      typeof cause === "object" && cause !== null && "code" in cause && cause.code === "EADDRINUSE";
    super(
      taken
        ? `port ${port} of ${host} is taken; set ${setting} to another one`
        : `cannot listen on port ${port} of ${host}; set HOST and ${setting} to what this machine has`,
      { cause },
    );
  }
}

/** The address at which it listens. Throws `Unreachable`. */
export async function listen(server: Server, place: Place): Promise<string> {
  const { host, port } = place;
  const listening = once(server, "listening");
  server.listen(port, host);
  await listening.catch((error: unknown) => {
    throw new Unreachable(place, error);
  });
  const bound = server.address();
  const taken = typeof bound === "object" && bound !== null ? bound.port : port;
  return `http://${host.includes(":") ? `[${host}]` : host}:${taken}`;
}

/** Answers what is being answered; for a while. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearTimeout(cut);
}

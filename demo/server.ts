import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Reply, reply } from "./routes.ts";
import type { Show } from "./show.ts";

export interface Pages {
  readonly address: string;
  /** Makes the pages present this show. */
  readonly show: (show: Show) => void;
}

/** Allows only what this server itself sends. */
const POLICY = [
  "default-src 'none'",
  ...["style-src", "script-src", "connect-src", "form-action"].map((kind) => `${kind} 'self'`),
  "style-src-attr 'unsafe-inline'",
  "img-src data:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const MAX_FORM_BYTES = 100_000;

/** Serves the pages on the loopback interface. */
export async function servePages(port: number): Promise<Pages> {
  let current: Show | null = null;
  const server = createServer((request, response) => {
    answer(current, request).then(
      (given) => send(response, given),
      (error: unknown) => send(response, { status: 500, body: String(error) }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", ({ message }) =>
      reject(new Error(`Cannot serve the pages on port ${port}: ${message}`)),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the pages have no port");
  return {
    address: `http://127.0.0.1:${bound.port}`,
    show: (show) => {
      current = show;
    },
  };
}

async function answer(show: Show | null, request: IncomingMessage): Promise<Reply> {
  if (show === null) return { status: 503, body: "The demo is starting." };
  const { method = "GET", url = "/", headers } = request;
  // Keeps other sites from acting here through the visitor's browser.
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`)
    return { status: 403, body: "Only these pages may send actions." };
  const form = method === "POST" ? await readForm(request) : new URLSearchParams();
  if (form === null) return { status: 413, body: "The text is too long." };
  return reply({
    show,
    method,
    path: new URL(url, "http://pages.invalid").pathname,
    form,
    viewer: /(?:^|;\s*)viewer=([^;]*)/.exec(headers.cookie ?? "")?.[1] ?? "",
    wantsJson: headers.accept?.includes("application/json") ?? false,
  });
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  let size = 0;
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_FORM_BYTES) return null;
    chunks.push(bytes);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

function send(response: ServerResponse, { status, type = "text/plain", headers, body = "" }: Reply): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    ...headers,
  });
  response.end(body);
}

import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The app's own pages, and by what people log in there. */
export interface GatePages {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly sessionSecret: string;
}

/** Under the name of this machine that browsers take passkeys from without a certificate. */
export function gatePagesAt(port: number): GatePages {
  return {
    url: `http://localhost:${port}`,
    clientId: "Iv23liCountersignDemo",
    clientSecret: randomBytes(20).toString("hex"),
    sessionSecret: randomBytes(32).toString("hex"),
  };
}

const COMMAND = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));

/** What whoever runs the server prints for somebody's first key. */
export async function codeFor(login: string, { sessionSecret }: GatePages): Promise<string> {
  const env = { PATH: process.env.PATH ?? "", SESSION_SECRET: sessionSecret };
  const args = [...process.execArgv, COMMAND, "passkey", "acme", login];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return stdout.split("\n")[0] ?? "";
}

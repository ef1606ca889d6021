import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeEach, describe, expect } from "@jest/globals";
import { row } from "../cli/prepared/row.ts";
import { type Ran, runProcess } from "../cli/run-cli.ts";
import { removeTemporaryDirectories, temporaryDirectory } from "../cli/temporary-repository.ts";

afterAll(removeTemporaryDirectories);

const TOKEN = "ghp_0123456789abcdefghij0123456789abcdef";

interface Host {
  readonly name: string;
  readonly seen: IncomingMessage[];
  readonly server: Server;
}

/** A server that sends everybody on to another address, or has nothing. */
async function listen(locationOf: (request: IncomingMessage) => string | null): Promise<Host> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    const location = locationOf(request);
    if (location === null) response.writeHead(404, { "content-type": "application/json" }).end("{}");
    else response.writeHead(307, { location }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { name: `127.0.0.1:${port}`, seen, server };
}

let other: Host;
let named: Host;
let location: string | null;
beforeEach(async () => {
  location = null;
  other = await listen(() => null);
  named = await listen(() => location);
});
afterEach(() => {
  for (const { server } of [other, named]) server.close();
});

const COMMANDS = [
  ["simulate", ["simulate", "acme/shop#7"]],
  ["validate", ["validate", "--github", "acme/shop"]],
] satisfies [string, string[]][];

function ask(args: readonly string[], environment: Record<string, string>): Promise<Ran> {
  const unset = { GH_TOKEN: "", GHE_HOST: "", GITHUB_SERVER_URL: "" };
  return runProcess(temporaryDirectory(), args, { ...unset, GITHUB_TOKEN: TOKEN, ...environment });
}

describe("The token", () => {
  row.each(COMMANDS)(
    "F07",
    "the host that is named sends on to another: %s",
    async (_story, _command, args) => {
      location = `http://${other.name}/`;

      const { code, stderr } = await ask(args, { GHE_HOST: named.name, GHE_PROTOCOL: "http" });

      expect(code).toBe(2);
      expect(stderr).toMatch(
        /sends (?:on to http:\/\/127\.0\.0\.1:\d+, which is not given the token|a question on elsewhere)/,
      );
      expect(named.seen.map(({ headers }) => headers.authorization)).toContain(`token ${TOKEN}`);
      expect(other.seen).toEqual([]);
      expect(stderr).not.toContain(TOKEN);
    },
  );

  row("F07", "the host that is named sends on within itself, as for a renamed repository", async () => {
    const moved = await listen((request) => (request.url?.includes("/moved") ? null : "/moved"));

    const { code, stderr } = await ask(["validate", "--github", "acme/shop"], {
      GHE_HOST: moved.name,
      GHE_PROTOCOL: "http",
    });
    moved.server.close();

    expect(code).toBe(2);
    expect(stderr).toContain("acme/shop does not exist or is not visible");
    expect(moved.seen.map(({ url }) => url)).toEqual(["/api/v3/repos/acme/shop", "/moved"]);
  });

  row.each([
    ["another host", (host: string) => `http://${host}/acme/shop/pull/7`],
    ["another host behind a user's name", (host: string) => `http://github.com@${host}/acme/shop/pull/7`],
    ["github.com, where another is asked", () => "https://github.com/acme/shop/pull/7"],
    ["a host that only begins like it", () => "https://github.com.example/acme/shop/pull/7"],
  ])("F07", "a pull request's address lies elsewhere: %s", async (_story, _what, addressOf) => {
    const environment = { GHE_HOST: named.name, GHE_PROTOCOL: "http" };

    const { code, stderr } = await ask(["simulate", addressOf(other.name)], environment);

    expect(code).toBe(2);
    expect(stderr).toMatch(/^countersign: that address is on \S+, but \S+ is asked: set GHE_HOST/);
    expect([...named.seen, ...other.seen]).toEqual([]);
  });

  row.each(COMMANDS)(
    "F07",
    "the token is another server's, and no host is named: %s",
    async (_story, _command, args) => {
      const { code, stderr } = await ask(args, { GITHUB_SERVER_URL: "https://github.example.com" });

      expect(code).toBe(2);
      expect(stderr).toContain(
        "the token is for github.example.com, and would be sent to github.com: set GHE_HOST",
      );
    },
  );
});

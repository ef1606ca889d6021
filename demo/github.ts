import { z } from "zod";
import { appReady, type GithubReady } from "./messages.ts";
import { servePages } from "./server.ts";
import { Show } from "./show.ts";

/** The process of the simulated GitHub: the double and the pages. */

const env = z
  .object({
    APP_ID: z.coerce.number(),
    APP_PUBLIC_KEY: z.string(),
    APP_ADDRESS: z.string(),
    WEBHOOK_SECRET: z.string(),
    PAGES_PORT: z.coerce.number(),
    GATE_PAGES: z.string(),
    PASSKEYS: z.enum(["yes", "no"]),
  })
  .parse(process.env);

const gatePages = z.object({
  ...{ url: z.string(), clientId: z.string(), clientSecret: z.string(), sessionSecret: z.string() },
});

const pages = await servePages(env.PAGES_PORT).catch((problem: Error) => {
  process.stderr.write(`${problem.message}\n`);
  process.exit(1);
});

/** Asks the parent for a new app and waits until that responds. */
function freshApp(api: string): Promise<void> {
  return new Promise((resolve) => {
    process.once("message", (message) => {
      appReady.parse(message);
      resolve();
    });
    process.send?.({ kind: "github-ready", api, pages: pages.address } satisfies GithubReady);
  });
}

// Ctrl-C reaches every process of the terminal, but the parent decides when to end.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => process.exit());
process.on("disconnect", () => process.exit());

pages.show(
  await Show.begin({
    appId: env.APP_ID,
    publicKey: env.APP_PUBLIC_KEY,
    secret: env.WEBHOOK_SECRET,
    app: env.APP_ADDRESS,
    web: pages.address,
    gatePages: gatePages.parse(JSON.parse(env.GATE_PAGES)),
    passkeys: env.PASSKEYS === "yes",
    freshApp,
  }),
);

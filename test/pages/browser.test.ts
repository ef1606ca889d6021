import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { stderr } from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { makeCode } from "../../src/signoff/passkey/code.ts";
import { SECRET } from "../gate/app.ts";
import { type Gate, openGate } from "../gate/gate.ts";
import type { Pull } from "../github-double/world/model.ts";
import { AUTHENTICATOR } from "./authenticator.ts";
import { CHROMIUM, openChromium } from "./chromium.ts";

/** Where screenshots of every page are put; by default none is made. */
const SCREENSHOTS = process.env.PAGE_SCREENSHOTS;

/** Where the pictures of the documentation are put; by default none is made. */
const PICTURES = process.env.PAGE_PICTURES;

/** Of these, as one sees them first. */
const PICTURED: ReadonlySet<string> = new Set([
  "first page light",
  "repository light",
  "repository dark",
  "pull request that waits light",
  "pull request that waits dark",
  "what if light",
  "page to act on light",
  "page to sign on light",
  "config light",
]);

const WIDTHS = [390, 1280, 1920];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const CONFIG = `version: 1
override: { by: ["@acme/sre"], approvals: 2, expires-after: 60m }
passkey: [migrations]
freeze: []
`;

let gate: Gate;
let browser: Browser;
let url: string;
/** Approved, and waiting for a passkey. */
let unsigned: Pull;

/** A shop in which something waits, something is refused, and something may merge. */
async function furnish(): Promise<void> {
  const { world, people } = gate;
  gate.configure(CONFIG);
  const waits = gate.kirosChange({
    "infra/production/main.tf": null,
    "infra/production/a-rather-long-name-of-a-module-that-somebody-chose/variables-of-the-network.tf":
      'variable "cidr" {\n  default = "0.0.0.0/0"\n}\n',
    "app/cart.ts": "export const cart = [2];\n",
  });
  const refused = gate.kirosChange({ "db/migrations/0002_drop.sql": "DROP TABLE orders;\n" });
  const signed = gate.kirosChange({ "infra/production/network.tf": "# as it was\n" });
  unsigned = gate.kirosChange({
    "db/migrations/0003_add.sql": "CREATE TABLE carts (id bigint PRIMARY KEY);\n",
  });
  await gate.settle();
  world.review(unsigned, people.dana, "APPROVED");
  world.review(waits, people.kira, "APPROVED");
  world.review(waits, people.wes, "APPROVED");
  world.review(refused, people.dana, "CHANGES_REQUESTED");
  for (const signer of [people.olga, people.sam]) world.review(signed, signer, "APPROVED");
  world.comment(waits, people.olga, `/countersign override ${waits.headSha.slice(0, 12)} Checkout is down`);
  world.changeRuleset(gate.repo, gate.repo.rulesets[0] as never, { name: "under another name" }, people.olga);
  await gate.settle();
}

async function open(scheme: "light" | "dark"): Promise<Page> {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1280, height: 720 } });
  return context.newPage();
}

/** As a person does: to the page they want, to GitHub, and back. */
async function logIn(page: Page, login: string, path: string): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.getByRole("link", { name: "Log in with GitHub" }).click();
  await page.getByRole("link", { name: `Log in as ${login}` }).click();
}

/** What axe finds, and what is wider than the window. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  // Chromium evaluates it for us; the page's own policy allows no script.
  await page.evaluate(axe.source);
  const found: { id: string; target: string }[] = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => ({ id, target: target.join(" ") }))))`,
  );
  const tooWide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
  return [...found.map(({ id, target }) => `${id}: ${target}`), ...(tooWide === true ? ["too wide"] : [])];
}

/** Each page, and how one comes there. */
const PAGES: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  "first page": (page) => page.goto(`${url}/`),
  repository: (page) => page.goto(`${url}/acme/shop`),
  "pull request that waits": (page) => page.goto(`${url}/acme/shop/pull/1`),
  "pull request that was refused": (page) => page.goto(`${url}/acme/shop/pull/2`),
  "pull request that may merge": (page) => page.goto(`${url}/acme/shop/pull/3`),
  "what if": async (page) => {
    await page.goto(`${url}/acme/shop/pull/1`);
    await page.getByLabel("Their logins").fill("sam nobody");
    await page.getByRole("button", { name: "Judge it" }).click();
    await page.getByText("not published").waitFor();
  },
  "page to act on": async (page) => {
    await page.goto(`${url}/acme/shop/pull/1/act`);
    await page.getByRole("button", { name: "Ask for an override" }).waitFor();
  },
  "page to sign on": async (page) => {
    await page.goto(`${url}/acme/shop/pull/1/sign`);
    await page.getByRole("button", { name: "Register a passkey" }).waitFor();
  },
  config: async (page) => {
    await page.goto(`${url}/config`);
    await page.getByLabel("The text of .github/countersign.yml").fill("version: 1\nmodus: enforce\n");
    await page.getByRole("button", { name: "Check it" }).click();
    await page.getByText("It is not valid.").waitFor();
  },
  nothing: async (page) => {
    await page.goto(`${url}/acme/nothing`);
    await page.getByText("There is no such page").waitFor();
  },
};

async function shot(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS === undefined) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name.replaceAll(" ", "-")}.png`), fullPage: true });
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined || !PICTURED.has(name)) return;
  mkdirSync(PICTURES, { recursive: true });
  const path = join(PICTURES, `${name.replaceAll(" ", "-")}.png`);
  await page.screenshot({ path, clip: { x: 0, y: 0, width: 1280, height: 600 } });
}

async function lookAt(page: Page, name: string, scheme: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 720 });
    for (const fault of await faultsOf(page)) faults.push(`${name}, ${scheme}, ${width}: ${fault}`);
    await shot(page, `${name} ${scheme} ${width}`);
    if (width === 1280) await picture(page, `${name} ${scheme}`);
  }
  return faults;
}

if (CHROMIUM === null) stderr.write("Left out: the pages in a browser, as this machine has no Chromium.\n");

(CHROMIUM === null ? describe.skip : describe)("in a browser", () => {
  beforeAll(async () => {
    const opening = openChromium(CHROMIUM ?? "");
    gate = await openGate({ pages: true });
    url = new URL(gate.webhookUrl).origin.replace("127.0.0.1", "localhost");
    await furnish();
    browser = await opening;
  });
  afterAll(async () => {
    await browser.close();
    await gate.close();
    expect(gate.double.violations).toEqual([]);
  });

  test.each(["light", "dark"] as const)(
    "every page is readable by everybody, on a phone and on a wide screen, %s",
    async (scheme) => {
      const page = await open(scheme);
      const complaints: string[] = [];
      page.on("console", (message) => void complaints.push(message.text()));
      page.on("pageerror", (error) => void complaints.push(error.message));
      await page.goto(`${url}/acme/shop`);
      const faults = [...(await lookAt(page, "login", scheme))];
      await logIn(page, "olga", "/acme/shop");
      for (const [name, go] of Object.entries(PAGES)) {
        await go(page);
        faults.push(...(await lookAt(page, name, scheme)));
      }
      expect(faults).toEqual([]);
      // Chromium says so of every answer that is none.
      const ordinary = /Failed to load resource: the server responded with a status of 404/;
      expect(complaints.filter((text) => !ordinary.test(text))).toEqual([]);
    },
  );

  test("somebody logs in, finds what waits for them, follows it, and logs out", async () => {
    const page = await open("light");
    await logIn(page, "olga", "/");
    expect(page.url()).toBe(`${url}/`);
    await page.getByRole("link", { name: "acme/shop" }).click();
    await page.getByRole("link", { name: /^#1 / }).click();
    const main = page.getByRole("main");
    await main.getByText("Can sign now").first().waitFor();
    expect(await main.getByText("asked Kiro for this change").count()).toBeGreaterThan(0);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Fix the slow checkout");
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByRole("heading", { name: "Log in" }).waitFor();
    await page.goto(`${url}/acme/shop/pull/1`);
    expect(page.url()).toContain("/login?to=");
  });

  test("the keyboard comes to the content at once, and everything that has the focus shows it", async () => {
    const page = await open("light");
    await logIn(page, "olga", "/acme/shop");
    await page.keyboard.press("Tab");
    const focused = () => page.evaluate("document.activeElement.textContent");
    expect(await focused()).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
  });

  test("an owner registers a passkey with a code, and signs what they approved", async () => {
    const page = await open("light");
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    await session.send("WebAuthn.addVirtualAuthenticator", { options: AUTHENTICATOR });
    await logIn(page, "dana", `/acme/shop/pull/${unsigned.number}/sign`);
    const main = page.getByRole("main");
    const whom = { owner: "acme", login: "dana" };
    const { code } = makeCode(SECRET, whom, { now: new Date(), nonce: "browser" });
    await main.getByText("You have no key here").waitFor();
    await page.getByLabel("One-time code").fill(code);
    await page.getByRole("button", { name: "Register a passkey" }).click();
    await main.getByRole("status").filter({ hasText: "The key is registered, and valid." }).waitFor();
    await page.getByRole("link", { name: "Load this page anew" }).click();
    await main.getByText("You countersign this change").waitFor();
    const faults: string[] = [];
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 720 });
      faults.push(...(await faultsOf(page)));
      await shot(page, `signing ${width}`);
    }
    expect(faults).toEqual([]);
    expect(await gate.check(unsigned)).toMatchObject({ conclusion: "action_required" });
    await page.getByRole("button", { name: "Sign this" }).click();
    await main.getByRole("status").filter({ hasText: "Signed." }).waitFor();
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Signed.");
    expect(await gate.check(unsigned)).toMatchObject({ conclusion: "success" });
  });

  test("the page to sign on says without script what is missing", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await logIn(page, "olga", "/acme/shop/pull/1/sign");
    await page.getByText("Passkeys need the script of this page").waitFor();
    expect(await page.getByRole("main").getByRole("button").count()).toBe(0);
  });

  test("every other page is the same without script: it has none", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await logIn(page, "sam", "/acme/shop/pull/1");
    expect(await page.getByRole("heading", { name: "Who must countersign" }).count()).toBe(1);
  });
});

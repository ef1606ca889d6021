import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { type RunningDemo, startDemo } from "../../demo/running.ts";
import { AUTHENTICATOR } from "../pages/authenticator.ts";
import { CHROMIUM, openChromium } from "../pages/chromium.ts";

/** Two processes start, and every step waits for the app. */
const PATIENCE_MS = 120_000;

/** Where pictures of what is seen are put; by default none is made. */
const SCREENSHOTS = process.env.DEMO_SCREENSHOTS;

let demo: RunningDemo;
let browser: Browser;
let page: Page;

const described = CHROMIUM === null ? describe.skip : describe;

described("the demo in a browser, with passkeys asked for", () => {
  beforeAll(async () => {
    demo = await startDemo({ port: 0, passkeys: true });
    browser = await openChromium(CHROMIUM ?? "");
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("WebAuthn.enable");
    await session.send("WebAuthn.addVirtualAuthenticator", { options: AUTHENTICATOR });
  }, PATIENCE_MS);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  const open = () => page.goto(`${demo.address}/acme/shop/pull/1`);
  const shot = async (name: string) => {
    if (SCREENSHOTS !== undefined) await page.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
  };
  const verdict = (text: string | RegExp) =>
    page.locator("#verdict p", { hasText: "countersign" }).filter({ hasText: text }).waitFor();
  const isWithin = async (selector: string) => {
    const box = await page.locator(selector).first().boundingBox();
    const height = page.viewportSize()?.height ?? 0;
    return box !== null && box.y >= 0 && box.y + box.height <= height;
  };

  test(
    "opens on the verdict, which is above the fold, as is what one can do",
    async () => {
      await open();
      await verdict("Needs @acme/sre");
      await shot("opens");
      expect(await isWithin("#verdict p")).toBe(true);
      expect(await isWithin("#panel h2")).toBe(true);
    },
    PATIENCE_MS,
  );

  test("has what one can do within reach on a phone", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open();
    await shot("phone");
    await page.getByRole("link", { name: "Act" }).click();
    expect(await isWithin("#panel h2")).toBe(true);
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  test("shows what the check says of lines beside them", async () => {
    await page.goto(`${demo.address}/acme/shop/pull/1/files`);
    await page.locator(".annotation").first().waitFor();
    await shot("files");
  });

  test(
    "an owner approves; the check waits for their passkey, which they register by a code, and sign",
    async () => {
      await open();
      await page.getByRole("button", { name: /^olga/ }).click();
      await page.getByRole("button", { name: "Approve" }).click();
      await verdict("Waiting for the passkey of @olga");
      await page.getByRole("button", { name: "Print a code for olga" }).click();
      const code = (await page.locator("code.code").textContent()) ?? "";
      await page.getByRole("link", { name: "Details of countersign" }).click();
      await page.getByRole("link", { name: "Log in with GitHub" }).click();
      await page.getByRole("link", { name: "Log in as olga" }).click();
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.goto(`${page.url()}/sign`);
      await page.getByLabel("One-time code").fill(code);
      await page.getByRole("button", { name: "Register a passkey" }).click();
      await page.getByRole("link", { name: "Load this page anew" }).click();
      await page.getByRole("button", { name: "Sign this" }).click();
      await page.getByRole("status").filter({ hasText: "Signed." }).waitFor();
      await open();
      await verdict("Countersigned by @olga");
      await shot("signed");
    },
    PATIENCE_MS,
  );

  test("tells a screen reader what changed", async () => {
    await page.evaluate(
      `new MutationObserver(() => { document.title = "changed"; }).observe(document.querySelector("[role=status]"), { childList: true })`,
    );
    await page.getByRole("button", { name: "Kiro deletes more of infra/" }).click();
    await verdict("Needs @acme/sre");
    // The element stayed, and its text is another one.
    expect(await page.title()).toBe("changed");
  });

  test("has no fault that axe finds, in any of its tabs", async () => {
    const faults: string[] = [];
    for (const tab of ["", "/commits", "/checks", "/files"]) {
      await page.goto(`${demo.address}/acme/shop/pull/1${tab}`);
      await page.evaluate(axe.source);
      const found: { id: string }[] = await page.evaluate("axe.run().then(({ violations }) => violations)");
      faults.push(...found.map(({ id }) => `${tab}: ${id}`));
    }
    expect(faults).toEqual([]);
  });
});

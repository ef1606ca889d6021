import { createHmac } from "node:crypto";
import { describe, expect } from "@jest/globals";
import { runApp, SECRET, spawnApp } from "../gate/app.ts";
import { isEvaluation } from "../gate/gate.ts";
import { plain } from "../gate/plain.ts";
import { row } from "../gate/row.ts";

const PAYLOAD = JSON.stringify({ action: "opened", zen: "Keep it logically awesome." });

function signed(body: string, secret: string): Record<string, string> {
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  return {
    "content-type": "application/json",
    "x-github-event": "pull_request",
    "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
    "x-hub-signature-256": `sha256=${signature}`,
  };
}

describe("The machine", () => {
  row.each([
    [
      "without a signature",
      (): Record<string, string> => ({
        "content-type": "application/json",
        "x-github-event": "pull_request",
        "x-github-delivery": "1",
      }),
    ],
    ["signed with another secret", () => signed(PAYLOAD, "a completely different secret of some length")],
    ["signed with Probot's default", () => signed(PAYLOAD, "development")],
  ])("E06", "a webhook is forged: %s", async (gate, _situation, headers) => {
    const answer = await fetch(gate.webhookUrl, { method: "POST", headers: headers(), body: PAYLOAD });

    expect([400, 401]).toContain(answer.status);
    expect(await gate.jobs()).toBe(0);
  });

  row.each([[undefined], [""], ["development"], ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"], ["short"]])(
    "E06",
    "the app is started without a strong secret: %p",
    async (_gate, secret) => {
      const { code, output } = await runApp({ WEBHOOK_SECRET: secret });

      expect(code).toBe(2);
      expect(output).toContain("WEBHOOK_SECRET");
      expect(output).not.toMatch(/\n\s+at /);
    },
  );

  row.each([
    ["a body of 30 MB", `{"a":"${"s3cr3t-value".repeat(2_500_000)}"}`, "application/json", 413],
    ["malformed JSON", '{"action": "opened", "token": "s3cr3t-value"', "application/json", 400],
    ["a form", "payload=s3cr3t-value", "application/x-www-form-urlencoded", 415],
  ])(
    "E07",
    "a request that GitHub would never send: %s",
    async ({ double }, _situation, body, contentType, status) => {
      const app = await spawnApp(double, null);
      try {
        const headers = { ...signed(body, SECRET), "content-type": contentType };
        // A refused upload may be cut off before its answer is read.
        const answer = await fetch(app.webhookUrl, { method: "POST", headers, body }).catch(() => ({
          status,
        }));

        expect(answer.status).toBe(status);
        expect(await (await fetch(`${app.address}/metrics`)).text()).not.toContain("deliveries_total{");
        expect(app.log()).not.toContain("s3cr3t-value");
      } finally {
        await app.stop();
      }
    },
  );

  row(
    "E08",
    "a path, a branch, a title and a name contain Markdown, HTML, ANSI and bidi characters",
    async (gate) => {
      const path = "infra/production/](http://evil.example) | ✅ **signed by @olga** `x`\u202e\u001b[32m.tf";
      const pull = gate.openPull({
        author: gate.bots.kiro,
        head: "kiro/<img-src=x>|@acme/sre",
        title: "</summary><h1>countersigned ✅</h1> @acme/sre [ok](http://evil.example)",
        commits: [
          {
            ...gate.kirosCommit({ [path]: "x\n" }),
            message: "ok\u202e\n\nCo-authored-by: **All signed** | ✅ <noreply@anthropic.com>",
          },
        ],
      });

      const check = await gate.check(pull);
      expect(check).toMatchObject({ conclusion: "action_required" });
      const shown = `${check?.summary}\n${check?.text}`;
      const outsideCode = shown.replace(/(`+)[^`][\s\S]*?\1/g, "");
      expect(`${check?.title}${shown}`).not.toMatch(/\p{Cc}(?<!\n)|\u202e/u);
      const targets = [...outsideCode.matchAll(/\]\(([^)]*)\)/g)].map(([, target = ""]) => new URL(target));
      expect(new Set(targets.map(({ origin }) => origin))).toEqual(new Set([gate.double.url]));
      expect(targets.map(({ pathname }) => pathname)).not.toContainEqual(
        expect.stringMatching(/evil|[|<>*]/),
      );
      expect(outsideCode).not.toMatch(/evil|<h1|<img|✅ \*\*/);
      expect(outsideCode).not.toMatch(/@(acme|olga)/);
    },
  );

  row.each([
    ["of 40 characters", `ghs_${"a1".repeat(18)}`],
    ["of its new form", `ghs_4711_eyJ${"a1".repeat(85)}.eyJ${"b2".repeat(85)}.${"c-3_".repeat(40)}`],
  ])("E09", "GitHub's error message quotes a token: %s", async (gate, _situation, token) => {
    const message = `Resource not accessible by integration with ${token} here`;
    const errors = [{ type: "FORBIDDEN", path: ["repository"], message }];
    gate.double.faults.add({ match: isEvaluation, respond: { status: 200, body: { data: null, errors } } });

    const check = await gate.check(gate.kirosChange({ "infra/production/main.tf": null }));

    expect(check?.conclusion).toBe("failure");
    const shown = plain(`${check?.title}${check?.summary}${check?.text}`);
    expect(shown).toContain("with [redacted] here");
    expect(shown).not.toContain(token.slice(8, 40));
  });
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { readCodeowners } from "../../src/ownership/codeowners.ts";
import { loadPolicyFile } from "../../src/policy/file/load.ts";
import { CONFIG_PATH } from "../../src/policy/source.ts";
import { run } from "../cli/run-cli.ts";
import { BEN, createRepository, KIRO, removeTemporaryDirectories } from "../cli/temporary-repository.ts";
import { ROOT, read } from "../repository/files.ts";

afterAll(removeTemporaryDirectories);

const FOLDER = fileURLToPath(new URL("examples", ROOT));
const OWNERS = ".github/CODEOWNERS";

/** Changes by Kiro, unless a person made them, and what comes of each: who has to sign what, or the outcome alone. */
const CHANGES: Readonly<Record<string, readonly Change[]>> = {
  codeowners: [
    { paths: ["infra/main.tf"], asks: ["infrastructure: 1 of @acme/sre"] },
    { paths: ["db/migrations/1.sql"], asks: ["migrations: 1 of @acme/data"] },
    { paths: [".github/CODEOWNERS"], asks: ["control-files: 1 of @acme/maintainers"] },
    { paths: ["app/a.ts"], asks: [] },
    { paths: ["infra/main.tf"], by: "person", asks: [] },
  ],
  "policy-bot": [
    { paths: ["services/billing/a.ts"], asks: ["billing: 2 of @acme/payments"] },
    { paths: ["services/billing/a.ts"], by: "person", asks: ["billing: 2 of @acme/payments"] },
    { paths: ["infra/main.tf"], asks: ["infrastructure: 1 of @acme/sre"] },
    { paths: ["infra/main.tf"], by: "person", asks: [] },
  ],
  "github-rules": [
    { paths: ["infra/main.tf"], asks: ["infrastructure: 2 of @acme/sre"] },
    { paths: ["infra/main.tf"], by: "person", asks: ["infrastructure: 2 of @acme/sre"] },
    { paths: ["tools/main.tf"], asks: ["infrastructure: 2 of @acme/maintainers"] },
    { paths: ["app/a.ts"], asks: [] },
  ],
  monorepo: [
    { paths: ["services/payments/a.ts"], asks: ["money: 2 of @acme/payments with @acme/staff"] },
    { paths: ["libs/money/a.ts"], asks: ["money: 2 of @acme/platform with @acme/staff"] },
    { paths: ["services/search/infra/main.tf"], asks: ["infrastructure: 1 of @acme/search"] },
    { paths: ["tools/main.tf"], asks: ["infrastructure: 1 of @acme/platform"] },
    { paths: ["services/search/a.ts"], asks: [] },
  ],
  "open-source": [
    { paths: ["scripts/release/a.ts"], by: "person", asks: ["releases: 2 of @ada and @ben"] },
    { paths: ["infra/main.tf"], by: "person", asks: ["infrastructure: 1 of @ada and @ben"] },
    // In a clone nobody knows who pushed it, so that such a word counts for nothing.
    {
      paths: ["infra/main.tf"],
      by: "person",
      says: "AI-assisted: no",
      asks: ["infrastructure: 1 of @ada and @ben"],
    },
    { paths: ["src/a.ts"], by: "person", asks: [] },
  ],
  "one-maintainer": [
    { paths: ["infra/main.tf"], asks: ["infrastructure: 1 of @ada"], passes: true },
    { paths: ["src/a.ts"], asks: [] },
  ],
};

interface Change {
  readonly paths: readonly string[];
  readonly by?: "person";
  /** The last line of the commit's message. */
  readonly says?: string;
  readonly asks: readonly string[];
  /** Although it asks: the config only observes. */
  readonly passes?: true;
}

const verdict = z.object({
  outcome: z.enum(["pass", "wouldBlock"]),
  verdict: z.object({
    problems: z.array(z.unknown()).length(0),
    requirements: z.array(
      z.object({
        requirement: z.object({
          area: z.string(),
          count: z.number(),
          from: z.object({ owners: z.array(owner()) }),
          senior: z.array(owner()),
        }),
      }),
    ),
  }),
});

function owner() {
  const user = z.object({ kind: z.literal("user"), login: z.string() });
  const team = z.object({ kind: z.literal("team"), org: z.string(), slug: z.string() });
  return z
    .union([user, team])
    .transform((each) => (each.kind === "user" ? `@${each.login}` : `@${each.org}/${each.slug}`));
}

test("every example is judged", () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual(Object.keys(CHANGES).toSorted());
});

describe.each(Object.entries(CHANGES))("the example %s", (name, changes) => {
  const files = Object.fromEntries(
    [OWNERS, CONFIG_PATH]
      .filter((path) => existsSync(join(FOLDER, name, path)))
      .map((path) => [path, readFileSync(join(FOLDER, name, path), "utf8")]),
  );

  test("is without errors, and its page shows it whole", () => {
    const page = read(`docs/start/${name}.md`);
    expect(readCodeowners(files[OWNERS] ?? "").errors).toEqual([]);
    expect(loadPolicyFile(files[CONFIG_PATH] ?? "", CONFIG_PATH).problems).toEqual([]);
    for (const [path, text] of Object.entries(files)) {
      const language = path === OWNERS ? "text" : "yaml";
      expect(page).toContain(`\`\`\`${language}\n${text}\`\`\`\n`);
    }
  });

  test.each(changes)("$by $paths $says: $asks", async ({ paths, by, says = "", asks, passes }) => {
    const { directory } = createRepository(
      { branch: "main", files: { ...files, "README.md": "1\n" } },
      {
        branch: "topic",
        from: "main",
        author: by === "person" ? BEN : KIRO,
        message: `Change it\n\n${says}\n`,
        files: Object.fromEntries(paths.map((path) => [path, "# changed\n"])),
      },
    );

    const { stdout } = await run(directory, "check", "--json");

    const { outcome, verdict: judged } = verdict.parse(JSON.parse(stdout));
    const found = judged.requirements.map(({ requirement: { area, count, from, senior } }) => {
      const seniors = senior.length === 0 ? "" : ` with ${senior.join(" and ")}`;
      return `${area}: ${count} of ${from.owners.join(" and ")}${seniors}`;
    });
    expect(found).toEqual(asks);
    expect(outcome).toBe(asks.length === 0 || passes ? "pass" : "wouldBlock");
  });
});

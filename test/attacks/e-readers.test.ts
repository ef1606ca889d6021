import { describe, expect } from "@jest/globals";
import { row } from "../gate/row.ts";

/** About as much as GitHub gives of one text. */
const LENGTH = 480_000;
const fill = (unit: string) => unit.repeat(LENGTH / unit.length);
const OBJECT = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: words\ndata:\n";
const blocks = (count: number) => Array.from({ length: count }, (_, at) => `DO $a${at}$ `).join("");
const POLICY = '{"Statement": [';

/** What takes the library, or a reader of ours that looks again at what it has read, minutes for its length. */
const HOSTILE = [
  ["k8s/blank.yaml", "blank lines", `${OBJECT}${fill("\n")}`],
  [
    "k8s/comments.yaml",
    "blank lines and comments",
    `a: |\n     b\n${"\n".repeat(LENGTH / 2)}${" #\n".repeat(LENGTH / 6)}`,
  ],
  [
    "k8s/nested.yaml",
    "lists within one another",
    `${OBJECT}  a:\n    ${"- ".repeat(60_000)}${"\n".repeat(LENGTH / 2)}`,
  ],
  ["k8s/flow.yaml", "flow collections within one another", `${OBJECT}  a: ${fill("[")}`],
  ["k8s/closed.yaml", "brackets that close nothing", `${OBJECT}  a: ${fill("]")}`],
  ["k8s/anchors.yaml", "anchors", `${OBJECT}  a: ${fill("&a ")}`],
  ["k8s/quotes.yaml", "quotes that do not close", `${OBJECT}${fill("  a: 'b\n")}`],
  ["k8s/escapes.yaml", "escapes that do not exist", `${OBJECT}  a: "${fill("\\q")}"`],
  ["k8s/tabs.yaml", "tabs", `${OBJECT}${fill("\t- a\n")}`],
  ["iam/policy.json", "JSON within itself", `${POLICY}${fill('{"a":[')}`],
  ["iam/commas.json", "commas", `${POLICY}${fill(",")}`],
  ["infra/production/comments.tf", "comments that do not end", `a = [${fill("/*")}`],
  ["infra/production/index.tf", "indexes", `moved {\n  from = ${fill("[")}\n}`],
  ["infra/production/same.tf", "a block again and again", fill("locals {\n}\n")],
  ["db/migrations/0002_blocks.sql", "blocks within one another", blocks(50_000)],
  ["db/migrations/0003_go.sql", "words that end a batch", fill("go ")],
  [
    "scripts/remove.sh",
    "one command of many letters",
    `${`rm -${"a".repeat(1_900)}\n`.repeat(LENGTH / 2_000)}`,
  ],
  ["firestore.rules", "one rule of many blanks", `${`allow ${" ".repeat(1_900)}\n`.repeat(LENGTH / 2_000)}`],
  ["Dockerfile", "one instruction of many lines", `FROM a\nRUN ${fill("a \\\n")}`],
  [".claude/settings.json", "lines that may be comments", fill("\n")],
  ["docs/CODEOWNERS", "stars", fill("/**/a*b*c*d* @a\n")],
] as const;

/** Judging one text takes seconds at the most, on a slow machine; what is quadratic takes minutes. */
const MOST_MS = 60_000;

describe("Texts made to be slow", () => {
  row("E23", "a fork brings files that are slow to read, of every notation", async (gate) => {
    const { eve, fork } = await gate.outsider();
    const changes = Object.fromEntries(HOSTILE.map(([path, _, text]) => [path, text]));
    const before = process.cpuUsage();
    const pull = gate.openPull({
      author: eve,
      headRepo: fork,
      body: `AI-assisted: yes\n${"`".repeat(60_000)}`,
      commits: [
        { ...gate.humanCommit(eve, changes), message: `Fix it\n\n${"Co-authored-by: A <".repeat(3_000)}` },
      ],
    });

    const check = await gate.check(pull);
    const { user } = process.cpuUsage(before);
    expect([check?.conclusion, check?.summary]).toEqual(["action_required", expect.anything()]);
    await gate.says(pull, "reading it takes more steps than there are for one change");
    expect(user / 1_000).toBeLessThan(MOST_MS);
  });

  row(
    "E23",
    "a file is slow to read: health is answered and a pass withdrawn before it is judged",
    async (gate) => {
      const signed = gate.kirosChange({ "infra/production/main.tf": "# 1\n" });
      const review = gate.world.review(signed, gate.people.olga, "APPROVED");
      expect(await gate.check(signed)).toMatchObject({ conclusion: "success" });
      const { eve, fork } = await gate.outsider();
      const evaluations = () =>
        gate.double.requests.filter(({ operation }) => operation === "POST /graphql").length;
      const asked = evaluations();

      const slow = gate.openPull({
        author: eve,
        headRepo: fork,
        commits: [gate.humanCommit(eve, { "k8s/words.yaml": `${OBJECT}${"  a: b\n\n".repeat(LENGTH / 8)}` })],
      });
      await gate.until(() => evaluations() > asked);
      gate.world.dismiss(signed, review, gate.people.olga, "not any more");
      await gate.until(() => !gate.passes(signed));

      expect(gate.shown(slow)?.conclusion ?? null).toBeNull();
      expect(await gate.jobs()).toBeGreaterThan(0);
      await gate.settle();
      expect(gate.shown(slow)?.conclusion).not.toBeNull();
    },
  );
});

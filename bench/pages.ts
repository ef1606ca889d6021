import { pagesAt, Visitor } from "../test/e2e/visitor.ts";
import { SECRET } from "../test/gate/app.ts";
import { openGate } from "../test/gate/gate.ts";
import { deliverAll, type Message } from "./deliver.ts";
import { printTable } from "./table.ts";

export interface PagesSize {
  readonly deliveries: number;
  /** Connections that ask for a page as soon as they have the one before. */
  readonly askers: number;
}

/** Each may look at 60 pages at once. */
const SESSIONS = 30;

type Ask = (asker: number) => Promise<number>;

/** How soon webhooks are answered while pages are asked for without a pause, beside the same at `/healthz`. */
export async function benchPages({ deliveries, askers }: PagesSize): Promise<void> {
  const gate = await openGate({ pages: true });
  try {
    const url = pagesAt(gate);
    const pull = gate.kirosChange({ "infra/production/main.tf": null });
    await gate.settle();
    const visitors: Visitor[] = [];
    for (let session = 0; session < SESSIONS; session += 1)
      visitors.push(await Visitor.logIn(gate, gate.people.olga));
    const paths = [`/acme/shop/pull/${pull.number}`, "/acme/shop"];
    const page: Ask = async (asker) => {
      const visitor = visitors[asker % visitors.length];
      return visitor === undefined ? 0 : (await visitor.see(paths[asker % paths.length] ?? "/")).status;
    };
    const healthz: Ask = async () => {
      const answer = await fetch(`${url}/healthz`);
      await answer.text();
      return answer.status;
    };
    const rows: string[][] = [];
    for (const [name, ask] of [
      ["nothing", null],
      ["/healthz", healthz],
      ["pages", page],
    ] as const)
      rows.push([
        name,
        ...(await measured(gate.webhookUrl, { deliveries, askers: ask === null ? 0 : askers, ask })),
      ]);
    console.log(
      `${deliveries} webhooks, one after the other, beside ${askers} connections that ask without a pause; the app, GitHub’s double and who asks in one process (aim: pages slow webhooks no more than /healthz does)`,
    );
    printTable(["beside", "median ms", "99 of 100", "refused", "pages made", "answered otherwise"], rows);
  } finally {
    await gate.close();
  }
}

interface Run extends PagesSize {
  readonly ask: Ask | null;
}

async function measured(webhookUrl: string, { deliveries, askers, ask }: Run): Promise<readonly string[]> {
  const counts = { made: 0, otherwise: 0 };
  let isOver = false;
  const asking = Array.from({ length: askers }, async (_, asker) => {
    while (!isOver) {
      const status = await ask?.(asker);
      if (status === 200) counts.made += 1;
      else counts.otherwise += 1;
    }
  });
  const messages = Array.from({ length: deliveries }, (): Message => ({ event: "ping", body: "{}" }));
  const { times, refused } = await deliverAll(webhookUrl, messages, 1, SECRET);
  isOver = true;
  await Promise.all(asking);
  const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1);
  return [at(0.5), at(0.99), String(refused), String(counts.made), String(counts.otherwise)];
}

import { stderr } from "node:process";
import { afterAll, expect, test } from "@jest/globals";
import { SECRET } from "../app/credentials.ts";
import { APP_ID, Replica } from "../chaos/replica.ts";
import { Stage } from "../chaos/stage.ts";
import { startPostgres } from "../store/postgres/postgres-server.ts";

const postgres = await startPostgres();
if (!postgres) stderr.write("there is no PostgreSQL here, the test of two replicas is skipped\n");
afterAll(() => postgres?.stop());

/** The script of `Stage` in which a pull request is opened, approved and the approval dismissed. */
const DISMISSED = 2;

/** One row of the list of attacks, told of two replicas over one database. */
function row(
  number: string,
  situation: string,
  story: (stage: Stage, two: readonly Replica[]) => Promise<void>,
): void {
  (postgres ? test : test.skip)(`${number} ${situation}`, async () => {
    const stage = await Stage.open();
    const database = (await postgres?.database()) ?? "";
    const two = [new Replica(stage.double, database), new Replica(stage.double, database)];
    try {
      for (const replica of two) await replica.start();
      await story(stage, two);
    } finally {
      for (const replica of two) await replica.stop();
      await stage.double.stop();
    }
  });
}

row(
  "E04",
  "two replicas receive the events of one pull request in turn: one run, and the latest review decides",
  async (stage, two) => {
    const { webhooks } = stage.double;
    stage.connect(two[0]?.webhookUrl ?? "", SECRET);
    webhooks.pause();
    for (const act of stage.script(DISMISSED)) act();
    const { deliveries } = webhooks;
    webhooks.resume();
    for (const [turn, { id }] of [...deliveries].entries()) {
      const url = two[turn % two.length]?.webhookUrl ?? "";
      webhooks.connect({ appId: APP_ID, secret: SECRET, url });
      webhooks.redeliver(id);
      await webhooks.settled();
    }
    while ((await Promise.all(two.map((replica) => replica.active()))).some((jobs) => jobs > 0))
      await webhooks.settled();

    expect(stage.conclusions()[DISMISSED]).toBe("action_required");
    expect(stage.runsOf(DISMISSED)).toBe(1);
  },
);

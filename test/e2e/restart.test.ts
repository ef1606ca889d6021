import { expect, test } from "@jest/globals";
import { APP_ID, spawnApp, temporaryFolder } from "../gate/app.ts";
import { startDouble } from "../github-double/double.ts";
import { originStory } from "../github-double/scenario.ts";

test("what was accepted before a kill -9 is judged after the restart", async () => {
  const double = await startDouble();
  const story = originStory(double, APP_ID);
  const folder = temporaryFolder();
  // GitHub hangs, so the job cannot be done before the process dies.
  const mend = double.faults.add({ match: ({ operation }) => operation.includes("/pulls"), respond: "hang" });
  const first = await spawnApp(double, story.acme, folder);
  const pull = story.kiroDeletesProduction();
  await double.webhooks.settled();
  expect(await first.jobs()).toBeGreaterThan(0);
  await first.kill();
  mend();
  // Nothing but the store tells the second process of the pull request.
  const mute = double.faults.add({
    match: ({ operation }) => operation === "GET /app/installations",
    respond: { status: 200, body: [] },
  });

  const second = await spawnApp(double, null, folder);
  while ((await second.jobs()) > 0) await double.webhooks.settled();
  mute();
  const check = story.shop.runs.find(({ suite }) => suite.sha === pull.headSha);
  await second.stop();
  await double.stop();

  expect(check).toMatchObject({ name: "countersign", conclusion: "action_required" });
});

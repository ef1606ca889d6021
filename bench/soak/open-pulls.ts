import { SECRET } from "../../test/app/credentials.ts";
import { APP_ID } from "../../test/chaos/replica.ts";
import { KIRO_LINE } from "../../test/gate/gate.ts";
import { APP_EVENTS, APP_PERMISSIONS } from "../../test/gate/manifest.ts";
import { FILES, populate } from "../../test/gate/people.ts";
import { type GithubDouble, startDouble } from "../../test/github-double/double.ts";
import type { Message } from "../deliver.ts";

export interface OpenPulls {
  readonly double: GithubDouble;
  /** Lets everything happen and the app be told; answers with all it was told. */
  readonly tell: (webhookUrl: string) => Promise<readonly Message[]>;
}

/** A GitHub with pull requests of all kinds that stay open: signed, refused, not signed yet, pushed to, of people alone. */
export async function openPulls(count: number): Promise<OpenPulls> {
  const double = await startDouble({ validate: false, hourlyLimit: 1_000_000_000 });
  const { world, webhooks } = double;
  const { people, bots, teams, org } = populate(double);
  const repo = world.repository(org, "shop", { files: FILES });
  for (const team of Object.values(teams)) world.permission(repo, team, "write");
  const open = (index: number) => {
    const byAgent = index % 4 !== 0;
    const author = byAgent ? bots.kiro : people.wes;
    const head = `change-${index}`;
    const file = byAgent ? `infra/production/part-${index}.tf` : `app/part-${index}.ts`;
    world.branch(repo, head, world.tip(repo, "main"));
    world.push(repo, head, [{ author, message: head, changes: { [file]: `# ${index}\n` } }], author);
    const body = byAgent ? KIRO_LINE("kira") : "By hand.";
    const pull = world.openPull(repo, { head, base: "main", title: head, body, author, draft: false });
    if (index % 4 === 1) world.review(pull, people.olga, "APPROVED");
    if (index % 4 === 2) world.review(pull, people.sam, "CHANGES_REQUESTED");
    world.comment(pull, people.wes, "Looks good.");
    world.commit(repo, head, {
      author,
      by: author,
      message: "More",
      changes: { [file]: `# ${index} more\n` },
    });
    if (index % 8 === 1) world.review(pull, people.olga, "APPROVED");
  };
  return {
    double,
    tell: async (webhookUrl) => {
      const granted = { permissions: APP_PERMISSIONS, events: APP_EVENTS };
      double.connectApp({ appId: APP_ID, secret: SECRET, webhookUrl, installationAccount: org, ...granted });
      for (let index = 0; index < count; index += 1) open(index);
      await webhooks.settled();
      return webhooks.deliveries.map(({ event, payload }) => ({ event, body: JSON.stringify(payload) }));
    },
  };
}

import { Failure } from "../failure.ts";
import { createPrivateFile, isTaken } from "../files/ordinary-file.ts";
import type { Environment } from "../github/host.ts";
import type { Registered } from "./registration.ts";

export const ENV_FILE = ".env";
export const KEY_FILE = "countersign.private-key.pem";

const POLL_SECONDS = 5;

/** Throws a `Failure` where something is in the way, before anything is registered. */
export async function refuseTaken(directory: string): Promise<void> {
  for (const path of [ENV_FILE, KEY_FILE])
    if (await isTaken(directory, path))
      throw new Failure(
        `${path} is here already, and is not written over: move it away, or run this elsewhere`,
      );
}

export interface Kept {
  readonly registered: Registered;
  readonly polls: boolean;
  readonly environment: Environment;
  readonly now: Date;
}

/** Writes the key, then the settings that name it. Throws a `Failure`. */
export async function keep(directory: string, kept: Kept): Promise<void> {
  const settings = envText(kept);
  await createPrivateFile(directory, KEY_FILE, kept.registered.pem);
  await createPrivateFile(directory, ENV_FILE, settings);
}

function envText({ registered, polls, environment, now }: Kept): string {
  const { id, name, webhook_secret: secret } = registered;
  if (!polls && secret === null)
    throw new Failure("GitHub gave no webhook secret: set one in the App's settings, and in WEBHOOK_SECRET");
  const { GHE_HOST: host, GHE_PROTOCOL: protocol } = environment;
  const lines = [
    `# ${name}, registered by countersign setup on ${now.toISOString().slice(0, 10)}. .env.example tells of more settings.`,
    `APP_ID=${id}`,
    `PRIVATE_KEY_PATH=${KEY_FILE}`,
    polls ? `COUNTERSIGN_POLL=${POLL_SECONDS}` : `WEBHOOK_SECRET=${secret}`,
    // What outsiders reach is then the webhooks' path alone.
    ...(polls ? [] : ["COUNTERSIGN_OPS_PORT=9090"]),
    ...(host ? [`GHE_HOST=${host}`] : []),
    ...(host && protocol ? [`GHE_PROTOCOL=${protocol}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

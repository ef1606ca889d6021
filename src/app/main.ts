import { stderr } from "node:process";
import { config } from "dotenv";
import { redact, withhold } from "../github/client/redact.ts";
import { type App, startApp } from "./app.ts";
import { warmUp } from "./judging/warm-up.ts";
import { describeError } from "./operation/log.ts";
import { secretsInEnvironment } from "./operation/own-secrets.ts";
import { InvalidSettings, readSettings } from "./operation/settings.ts";

const EXIT = { failed: 1, badSettings: 2, interrupted: 130 } as const;

/** Something of ours or of a library may still hold the process open after all is closed. */
const LINGER_MS = 1_000;

const ENV_FILE = ".env";

// What the app writes names people and private repositories.
process.umask(0o077);

// Node would print an error with all that hangs on it.
process.on("uncaughtException", (error) => {
  stderr.write(`Countersign failed: ${redact(error.stack ?? describeError(error))}\n`);
  process.exit(EXIT.failed);
});

try {
  const { error: noFile } = config({ path: ENV_FILE, quiet: true });
  withhold(secretsInEnvironment(process.env));
  const { secretFiles = [], ...settings } = readSettings(process.env);
  const files = noFile === undefined ? [...secretFiles, ENV_FILE] : secretFiles;
  warmUp();
  stopOnSignals(await startApp({ ...settings, secretFiles: files }));
} catch (error) {
  const known = error instanceof InvalidSettings;
  stderr.write(
    `${known ? error.message : `Countersign cannot start: ${redact(error instanceof Error ? error.message : String(error))}`}\n`,
  );
  process.exitCode = known ? EXIT.badSettings : EXIT.failed;
}

function stopOnSignals(app: App): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(EXIT.interrupted);
    stopping = true;
    app.stop().then(
      () => setTimeout(() => process.exit(), LINGER_MS).unref(),
      (error: unknown) => {
        stderr.write(`Countersign did not stop cleanly: ${redact(describeError(error))}\n`);
        process.exit(EXIT.failed);
      },
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

import { stderr } from "node:process";
import { config } from "dotenv";
import { redact } from "../github/client/errors.ts";
import { type App, startApp } from "./app.ts";
import { describeError } from "./operation/log.ts";
import { InvalidSettings, readSettings } from "./operation/settings.ts";

const EXIT = { failed: 1, badSettings: 2, interrupted: 130 } as const;

/** Something of ours or of a library may still hold the process open after all is closed. */
const LINGER_MS = 1_000;

try {
  config({ quiet: true });
  stopOnSignals(await startApp(readSettings(process.env)));
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

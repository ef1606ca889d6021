import { parseArgs } from "node:util";
import { startDemo } from "./running.ts";
import { playScript } from "./script.ts";

const HELP = `Usage: npm run demo -- [options]

A GitHub of its own and the real app, on this machine: open the address that is printed, and try
to merge what an AI wrote.

Options:
  --script    play the origin story without a person; exit code 1 when a step differs
  --port <n>  the port of the pages (default: a free one)
  --help      this text
`;

const EXIT = { differs: 1, misused: 2 } as const;

interface Options {
  readonly script: boolean;
  readonly port: number;
}

/** `null` when only help was asked for. Throws a sentence when the options are wrong. */
function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      script: { type: "boolean", default: false },
      port: { type: "string", default: "0" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535)
    throw new Error(`--port takes a number from 0 to 65535, not "${values.port}"`);
  return { script: values.script, port };
}

async function run({ script, port }: Options): Promise<number> {
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  const demo = await startDemo(port);
  try {
    if (script) return await Promise.race([playScript(demo.address), demo.died, interrupted.then(() => 130)]);
    console.log(`Countersign's demo: ${demo.address}\nCtrl-C ends it.`);
    await Promise.race([interrupted, demo.died]);
    return 0;
  } finally {
    await demo.stop();
  }
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) console.log(HELP);
  else process.exitCode = await run(options);
} catch (error) {
  console.error(`demo: ${error instanceof Error ? error.message : String(error)}`);
  const misused = error instanceof TypeError || (error instanceof Error && error.message.startsWith("--"));
  process.exitCode = misused ? EXIT.misused : EXIT.differs;
}

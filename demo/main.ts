import { parseArgs } from "node:util";
import { type Proof, prove } from "./proof.ts";
import { type RunningDemo, startDemo } from "./running.ts";
import { playScript } from "./script.ts";

const HELP = `Usage: npm run demo -- [options]

Runs the real app against a simulated GitHub on this machine. Open the printed address and try to
merge what an AI wrote.

Options:
  --script    play the story without a browser; exits with 1 if a step fails
  --passkeys  approvals of production changes count only with a passkey, which is given on the App's page
  --port <n>  port for the pages (default: any free port)
  --help      show this help
`;

const EXIT = { failed: 1, misused: 2, interrupted: 130 } as const;

interface Options {
  readonly script: boolean;
  readonly passkeys: boolean;
  readonly port: number;
}

/** Invalid options; the message says which. */
class Misused extends Error {}

/** `null` if only help was requested. */
function readOptions(args: readonly string[]): Options | null {
  const { help, script, passkeys, port } = parse(args);
  if (help) return null;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new Misused(`--port takes a number from 0 to 65535, not "${port}"`);
  if (script && passkeys) throw new Misused("--script plays the story without --passkeys: give one of them");
  return { script, passkeys, port: Number(port) };
}

function parse(args: readonly string[]) {
  const options = {
    script: { type: "boolean", default: false },
    passkeys: { type: "boolean", default: false },
    port: { type: "string", default: "0" },
    help: { type: "boolean", default: false },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new Misused(messageOf(error));
  }
}

async function run({ script, passkeys, port }: Options): Promise<number> {
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  const demo = await startDemo({ port, passkeys });
  try {
    if (script)
      return await Promise.race([scripted(demo), demo.died, interrupted.then(() => EXIT.interrupted)]);
    console.log(`Countersign demo: ${demo.address}/acme/shop/pull/1`);
    console.log(`The App's own pages: ${demo.gatePages} (log in as anybody of the story)`);
    console.log("Press Ctrl-C to stop.");
    await Promise.race([interrupted, demo.died]);
    tell(await prove(demo.data(), new Date()));
    return 0;
  } finally {
    await demo.stop();
  }
}

async function scripted(demo: RunningDemo): Promise<number> {
  try {
    const passed = await playScript(demo.address);
    tell(await prove(demo.data(), new Date()));
    return passed ? 0 : EXIT.failed;
  } catch (error) {
    throw new Error(`${messageOf(error)}\nThe app's last log lines:\n${demo.appLog()}`);
  }
}

/** What is left when the story is over: the files stay. */
function tell({ report, statement, said }: Proof): void {
  for (const line of said) console.log(line);
  console.log(`Open ${report}`);
  if (statement !== null) console.log(`Signed of a merge: ${statement}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) console.log(HELP);
  else process.exitCode = await run(options);
} catch (error) {
  console.error(`demo: ${messageOf(error)}`);
  process.exitCode = error instanceof Misused ? EXIT.misused : EXIT.failed;
}

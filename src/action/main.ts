import { createHash, randomUUID } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import type { Writable } from "node:stream";
import { Budget } from "../cli/backtest/budget.ts";
import type { Environment } from "../cli/github/host.ts";
import { withhold } from "../github/client/redact.ts";
import type { Site } from "../signoff/report/site.ts";
import { openAccess } from "./access.ts";
import { checkPublisher } from "./check-publisher.ts";
import { inputsOf } from "./inputs.ts";
import { occasionOf } from "./occasion.ts";
import { patiently } from "./patience.ts";
import { openBench } from "./ports.ts";
import { errorLine, type Report, reportOf, sentenceOf } from "./report.ts";
import { run } from "./run.ts";
import { type Runner, runnerOf } from "./runner.ts";
import { statusPublisher } from "./status-publisher.ts";

/** The world around the action: given by its bundle, or by a test. */
export interface World {
  readonly environment: Environment;
  readonly stdout: Writable;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  /** Of our package. */
  readonly version: string;
  readonly homepage: string;
}

/** One run of the action. Resolves to its exit code: 0, or 1 where it could not do its work or `fail` asks for it. */
export async function runAction(world: World): Promise<number> {
  const say = (line: string) => world.stdout.write(`${line}\n`);
  try {
    const inputs = inputsOf(world.environment);
    const withheld = (secret: string) => {
      withhold([secret]);
      for (const line of maskLines(secret)) say(line);
    };
    withheld(inputs.token);
    if (inputs.app !== null) withheld(inputs.app.pem);
    const runner = runnerOf(world.environment);
    const occasion = occasionOf(runner.event, JSON.parse(readFileSync(runner.eventPath, "utf8")));
    const hour = new Budget(Number.POSITIVE_INFINITY);
    const { now, wait } = world;
    const access = await openAccess({ inputs, runner, hour, now, withheld });
    const byToken = inputs.app === null;
    const publisher = (byToken ? statusPublisher : checkPublisher)(access, runner.page);
    const work = {
      ...{ repository: access.repository, site: siteOf(world, runner), publisher, wait, now },
      open: () => patiently(wait, () => openBench(access)),
    };
    const report = reportOf(await run(work, occasion, hour), { byToken });
    for (const line of report.log) say(line);
    keep(runner, report);
    return report.failed || (inputs.fail && report.blocked) ? 1 : 0;
  } catch (error) {
    say(errorLine(sentenceOf(error)));
    return 1;
  }
}

/** The runner shows none of these values from now on. It takes each line for itself. */
function maskLines(secret: string): readonly string[] {
  return secret
    .split(/\r?\n/)
    .filter((line) => line !== "" && !line.startsWith("-----"))
    .map((line) => `::add-mask::${line.replaceAll("%", "%25")}`);
}

function siteOf({ version, homepage }: World, { server }: Runner): Site {
  return {
    github: server.origin,
    docs: `${homepage}/blob/v${version}/docs`,
    diffName: (path) => createHash("sha256").update(path).digest("hex"),
  };
}

function keep({ summaryPath, outputPath }: Runner, { summary, outputs }: Report): void {
  if (summaryPath !== null) appendFileSync(summaryPath, summary);
  if (outputPath === null) return;
  // A value may hold anything but the line that ends it, which nobody can guess.
  const end = randomUUID();
  const lines = Object.entries(outputs).map(([name, value]) => `${name}<<${end}\n${value}\n${end}\n`);
  appendFileSync(outputPath, lines.join(""));
}

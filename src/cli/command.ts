import { Command, CommanderError } from "commander";
import { addBacktest } from "./backtest/command.ts";
import { addCheck } from "./check/command.ts";
import { addDoctor } from "./doctor/command.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { addExplain } from "./explain/command.ts";
import { Failure } from "./failure.ts";
import { addLedger } from "./ledger/command.ts";
import { addKeeping } from "./ledger/keeping/command.ts";
import { keepHeapSmall } from "./ledger/small-heap.ts";
import { complain, printHelp } from "./output/print.ts";
import { addOwners } from "./owners/command.ts";
import { addPasskey } from "./passkey/command.ts";
import { addScan } from "./scan/command.ts";
import { addSetup } from "./setup/command.ts";
import { addSimulate } from "./simulate/command.ts";
import { addSnapshot } from "./snapshot/command.ts";
import type { Terminal } from "./terminal.ts";
import { addValidate } from "./validate/command.ts";
import { ownPackage } from "./version.ts";

/** Runs `countersign` with these arguments. Never throws for what a user or a repository can get wrong. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.pass;
  const program = new Command("countersign")
    .description("Makes a human owner countersign what an AI wrote before it can merge.")
    .version(ownPackage().version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => printHelp(terminal.stdout, text),
      writeErr: (text) => printHelp(terminal.stderr, text),
      outputError: (text) =>
        complain(
          terminal,
          text
            .replace(/^error: /, "")
            .trim()
            .replaceAll("\n", " "),
        ),
    })
    .configureHelp({ helpWidth: 100 });
  // Each command loads what it needs and no more: loading everything takes longer than most of them.
  addCheck(program, async ({ snapshot, ...options }) => {
    if (snapshot === undefined) {
      const { check } = await import("./check/check.ts");
      code = await check({ options, environment: process.env }, terminal);
    } else {
      const { checkSnapshot } = await import("./check/check-snapshot.ts");
      code = await checkSnapshot({ snapshot, ...options }, terminal);
    }
  });
  addScan(program, async (directory, options) => {
    const { scan } = await import("./scan/scan.ts");
    code = await scan(directory, { options, environment: process.env }, terminal);
  });
  addExplain(program, async (what, options) => {
    const { explain } = await import("./explain/explain.ts");
    code = await explain(what, options, terminal);
  });
  addOwners(program, async (paths, options) => {
    const { owners } = await import("./owners/owners.ts");
    code = await owners(paths, options, terminal);
  });
  addBacktest(program, async (repository, options) => {
    const { backtest } = await import("./backtest/backtest.ts");
    code = await backtest({ repository, options, environment: process.env }, terminal);
  });
  addSimulate(program, async (pull, options) => {
    const { simulate } = await import("./simulate/simulate.ts");
    code = await simulate({ pull, options, environment: process.env }, terminal);
  });
  addSnapshot(program, async (pull, options) => {
    const { snapshot } = await import("./snapshot/snapshot.ts");
    code = await snapshot({ pull, options, environment: process.env }, terminal);
  });
  addDoctor(program, async (repository, options) => {
    const { doctor } = await import("./doctor/doctor.ts");
    code = await doctor({ repository, options, environment: process.env }, terminal);
  });
  addSetup(program, async (repository, options) => {
    const [{ setup }, { systemPorts }] = await Promise.all([
      import("./setup/setup.ts"),
      import("./setup/system.ts"),
    ]);
    code = await setup({ repository, options, environment: process.env, ports: systemPorts }, terminal);
  });
  const ports = { terminal, environment: process.env };
  const ledger = addLedger(program, {
    list: async (options) => {
      keepHeapSmall();
      const { list } = await import("./ledger/list/list.ts");
      code = await list(options, ports);
    },
    export: async (options) => {
      keepHeapSmall();
      const { exportLedger } = await import("./ledger/export/export.ts");
      code = await exportLedger(options, ports);
    },
    verify: async (file, options) => {
      keepHeapSmall();
      const { verifyLedger } = await import("./ledger/verify/verify.ts");
      code = await verifyLedger(file, options, ports);
    },
  });
  addKeeping(ledger, {
    erase: async (options) => {
      const { erase } = await import("./ledger/keeping/erase.ts");
      code = await erase({ options, environment: process.env }, terminal);
    },
    backup: async (file, options) => {
      const { backup } = await import("./ledger/keeping/backup.ts");
      code = await backup({ file, options, environment: process.env }, terminal);
    },
  });
  addPasskey(program, async (whom) => {
    const [{ passkeyCode }, { randomBytes }] = await Promise.all([
      import("./passkey/passkey.ts"),
      import("node:crypto"),
    ]);
    const nonce = randomBytes(16).toString("base64url");
    code = passkeyCode({ whom, environment: process.env, nonce }, terminal);
  });
  addValidate(program, async (files, options) => {
    const { validate } = await import("./validate/validate.ts");
    code = await validate(files, options, terminal);
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.notEvaluated;
    complain(terminal, error instanceof Failure ? error.message : `unexpected: ${String(error)}`);
    return EXIT.notEvaluated;
  }
}

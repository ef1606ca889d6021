#!/usr/bin/env node
import { runCommand } from "./command.ts";
import { confirm } from "./output/confirm.ts";

// A reader that closes early (`| head`) is no error, and the verdict still decides the exit code.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await runCommand(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  directory: process.cwd(),
  now: () => new Date(),
  ...(process.stdin.isTTY && {
    confirm: (question: string) => confirm(process.stdin, process.stderr, question),
  }),
});

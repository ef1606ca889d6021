import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./accept-forever.ts", import.meta.url));

interface Child extends Disposable {
  /** Kills the process with SIGKILL once it acknowledged `count` deliveries; answers all it acknowledged. */
  killAfter(count: number): Promise<readonly string[]>;
}

/** A process that opens the store in `folder`, takes one job into work, and accepts deliveries without end. */
export async function startChild(folder: string): Promise<Child> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const acknowledged: string[] = [];
  const lines = createInterface({ input: child.stdout });
  const closed = once(lines, "close");
  const waiting: { count: number; resolve: () => void }[] = [];
  lines.on("line", (line) => {
    acknowledged.push(line);
    for (const waiter of waiting) if (acknowledged.length >= waiter.count) waiter.resolve();
  });
  const reached = (count: number) =>
    new Promise<void>((resolve) => {
      if (acknowledged.length >= count) resolve();
      else waiting.push({ count, resolve });
    });

  await reached(1);
  return {
    killAfter: async (count) => {
      await reached(count);
      child.kill("SIGKILL");
      await closed;
      return acknowledged;
    },
    [Symbol.dispose]: () => child.kill("SIGKILL"),
  };
}

import { readFileSync } from "node:fs";
import type { Replica } from "../test/chaos/replica.ts";

type Running = Pick<Replica, "pid">;

/** Of the whole process, in seconds: the kernel counts hundredths of them. */
export function cpuTime({ pid }: Running): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The most that the process had of the machine's memory, in megabytes. */
export function peakMemory({ pid }: Running): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

import { setFlagsFromString } from "node:v8";

/**
 * For work that streams and keeps nothing. V8 would rather let its heap grow with what passes through than collect it: a
 * million entries took 300 MB, of which 10 MB were in use.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=20");
}

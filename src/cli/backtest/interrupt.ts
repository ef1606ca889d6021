/** Aborted by the first Ctrl-C; the second ends the process as ever. */
export function onInterrupt(): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  process.once("SIGINT", abort);
  return { signal: controller.signal, end: () => void process.removeListener("SIGINT", abort) };
}

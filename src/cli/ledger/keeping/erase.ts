import { placesNaming } from "../../../ledger/erasing.ts";
import { withOwnStore } from "../../app-store.ts";
import { EXIT, type ExitCode } from "../../exit-code.ts";
import { Failure } from "../../failure.ts";
import type { Environment } from "../../github/host.ts";
import { printReport } from "../../output/print.ts";
import { line } from "../../report/lines.ts";
import type { Terminal } from "../../terminal.ts";

export interface EraseOptions {
  readonly login: string;
  readonly text: readonly string[];
  readonly because: string;
  readonly data?: string;
}

/** `countersign ledger erase`. Throws a `Failure` when the store cannot be opened. */
export async function erase(
  { options, environment }: { readonly options: EraseOptions; readonly environment: Environment },
  terminal: Terminal,
): Promise<ExitCode> {
  const { login, text: texts, because } = options;
  refuseNaming(options);
  const { directory } = terminal;
  const place = { ...options, directory, environment, command: "ledger erase" };
  const erased = await withOwnStore(place, async (store) => {
    // What is in no chain yet can be erased by nobody.
    while ((await store.carryOver()) > 0);
    let count = 0;
    const erasure = {
      ...{ because, now: terminal.now() },
      places: (kept: Parameters<typeof placesNaming>[1]) => placesNaming({ login, texts }, kept),
    };
    for (const { installation } of await store.chains()) count += await store.erase(installation, erasure);
    return count;
  });
  const told =
    erased === 0
      ? "The ledger names nobody so: nothing was erased."
      : `Erased ${erased} ${erased === 1 ? "text" : "texts"} of the ledger. An entry of each chain says so.`;
  printReport(terminal.stdout, [line(0, told)]);
  return EXIT.pass;
}

/** The reason stays for good. */
function refuseNaming({ login, text, because }: EraseOptions): void {
  const named = [login, ...text].find((one) => because.toLowerCase().includes(one.toLowerCase()));
  if (named !== undefined)
    throw new Failure("--because must not name whom it erases: it stays in the ledger");
}

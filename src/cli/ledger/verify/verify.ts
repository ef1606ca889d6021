import { type KnownKey, keysIn } from "../../../attestation/key-set.ts";
import { bundleSentence, passkeysIn, verifyBundle } from "../../../attestation/verify.ts";
import { EXIT, type ExitCode } from "../../exit-code.ts";
import { Failure } from "../../failure.ts";
import { LARGEST, readOrdinaryFile } from "../../files/ordinary-file.ts";
import { placeOf, statsOf } from "../../files/place.ts";
import { orFailureDocument } from "../../output/failure-document.ts";
import { printJson, printReport } from "../../output/print.ts";
import { showProgress } from "../../output/progress.ts";
import { type Line, line } from "../../report/lines.ts";
import { grouped } from "../../scan/counts/figures.ts";
import { knownKey } from "../export/known-key.ts";
import { type LedgerPorts, withLedger } from "../ports.ts";
import { verifyExport } from "./export.ts";
import type { Findings } from "./findings.ts";
import { verifyStore } from "./store.ts";

export interface VerifyOptions {
  readonly anchor: readonly string[];
  readonly keys?: string;
  readonly json?: true;
}

/** `countersign ledger verify`: checks the App's own ledger, an export or a bundle. Throws a `Failure`. */
export async function verifyLedger(
  file: string | undefined,
  options: VerifyOptions,
  ports: LedgerPorts,
): Promise<ExitCode> {
  const { terminal } = ports;
  return orFailureDocument(options.json ?? false, terminal, async () => {
    const findings = await found(file, options, ports);
    const status = findings.damages.length === 0 ? "whole" : "damaged";
    if (options.json) printJson(terminal, { version: 1, status, ...findings });
    else printReport(terminal.stdout, linesOf(findings));
    return status === "whole" ? EXIT.pass : EXIT.wouldBlock;
  });
}

async function found(
  file: string | undefined,
  { anchor: anchors, keys: keyFile }: VerifyOptions,
  ports: LedgerPorts,
): Promise<Findings> {
  const { directory } = ports.terminal;
  const keys = keyFile === undefined ? null : await keysOf(directory, keyFile);
  const unwitnessed =
    anchors.length > 0
      ? []
      : [
          "No anchor was given: whoever can write to the database could have made all of it anew. Compare a hash with one that was noted elsewhere, by --anchor.",
        ];
  if (file === undefined) {
    const findings = await inStore({ anchors, keys }, ports);
    const unkeyed =
      keys === null
        ? [
            "No keys were given, so those of the store were taken: whoever can write to it could have put them there.",
          ]
        : [];
    return { ...findings, remarks: [...findings.remarks, ...unkeyed, ...unwitnessed] };
  }
  const place = await placeOf(directory, file);
  const stats = await statsOf(place);
  if (stats === null) throw new Failure(`${file} is not there: check its spelling`);
  if (!stats.isDirectory()) return bundleIn(directory, file, keys);
  const findings = await verifyExport({ folder: place, anchors, keys });
  return { ...findings, remarks: [...findings.remarks, ...unwitnessed] };
}

function inStore(
  { anchors, keys }: { readonly anchors: readonly string[]; readonly keys: readonly KnownKey[] | null },
  ports: LedgerPorts,
): Promise<Findings> {
  return withLedger(ports, "verify", async (reader, orFailed) => {
    const progress = showProgress(ports.terminal);
    const own = keys ?? (await orFailed(reader.signingKeys())).map(knownKey);
    return orFailed(verifyStore({ reader, anchors, keys: own, progress })).finally(progress.end);
  });
}

async function keysOf(directory: string, file: string): Promise<readonly KnownKey[]> {
  const keys = keysIn(parsed(await readOrdinaryFile(directory, file, LARGEST.config)));
  if (keys === null)
    throw new Failure(`${file} holds no keys: name a copy of /.well-known/countersign/keys.json`);
  return keys;
}

/** A bundle by itself shows that the App signed it, and not what became of it. */
async function bundleIn(
  directory: string,
  file: string,
  keys: readonly KnownKey[] | null,
): Promise<Findings> {
  const document = parsed(await readOrdinaryFile(directory, file, LARGEST.event));
  if (keys === null)
    throw new Failure(
      "a bundle is checked by the App’s public keys: name a file that holds them with --keys",
    );
  const result = verifyBundle(document, keys, () => false);
  if (result.status === "damaged")
    return { damages: [bundleSentence(result)], more: 0, remarks: [], chains: [] };
  const { change, outcome } = result.statement.predicate;
  const pull = change.pull === null ? "" : `#${change.pull}`;
  const [commit, tree] = result.statement.subject;
  return {
    ...{ damages: [], more: 0, chains: [] },
    remarks: [
      `${change.repository.name}${pull}, commit ${commit.digest.gitCommit}, tree ${tree.digest.gitTree}: ${outcome}.`,
      ...passkeysIn(result.statement).map(
        ({ login, origin }) => `The passkey of @${login} signed its approval on ${origin}.`,
      ),
      `It was signed with the key ${result.key.keyid}. That it is in the ledger is checked with an export.`,
    ],
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function linesOf({ damages, more, remarks, chains }: Findings): readonly Line[] {
  const count = damages.length + more;
  return [
    count === 0
      ? line(0, { text: "Whole", style: "green" }, ": nothing is damaged.")
      : line(
          0,
          { text: "DAMAGED", style: "red" },
          ` in ${grouped(count)} ${count === 1 ? "place" : "places"}`,
        ),
    ...damages.map((sentence) => line(2, sentence)),
    ...(more > 0 ? [line(2, `and ${grouped(more)} more`)] : []),
    ...chains.map(({ installation, entries, first, last, anchoredThrough }) =>
      line(
        0,
        `Installation ${installation}: ${grouped(entries)} entries${first && last ? `, ${first.seq} to ${last.seq}, hash ${last.hash}` : ""}${anchoredThrough === null ? "" : `; up to entry ${anchoredThrough} by an anchor`}`,
      ),
    ),
    ...remarks.map((text) => line(0, { text, style: "dim" })),
  ];
}

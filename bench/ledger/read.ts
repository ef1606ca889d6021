import { join } from "node:path";
import { Writable } from "node:stream";
import { runCommand } from "../../src/cli/command.ts";
import { keepHeapSmall } from "../../src/cli/ledger/small-heap.ts";
import { verifyChain } from "../../src/ledger/verify.ts";
import { openSqliteReader } from "../../src/store/sqlite/read-only.ts";
import { perSecond, print, seconds } from "./print.ts";

keepHeapSmall();
const [folder = "", number = "0"] = process.argv.slice(2);
const entries = Number(number);
const reader = openSqliteReader(folder);
const [end] = await reader.chains();
if (end === undefined) throw new Error("there is no chain");

let count = 0;
const listed = await seconds(async () => {
  for await (const _ of reader.entries("acme/shop")) count += 1;
});
if (count !== entries) throw new Error(`listed ${count} of ${entries} entries`);
print("list all of them", listed, `${perSecond(entries, listed)} a second, ${memory()}`);

const checked = await seconds(async () => {
  const { damages } = await verifyChain(end.installation, reader.chain(end.installation), [end]);
  if (damages.length > 0) throw new Error("the chain is damaged");
});
print("verify the chain", checked, `${perSecond(entries, checked)} a second, ${memory()}`);
await reader.close();

const out = join(folder, "export");
const exported = await seconds(async () => {
  const now = () => new Date("2036-01-01T00:00:00Z");
  const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });
  process.env.COUNTERSIGN_DATA = folder;
  const args = ["ledger", "export", "--from", "2026", "--to", "2035", "--out", out];
  const code = await runCommand(args, { stdout: nowhere(), stderr: nowhere(), directory: folder, now });
  if (code !== 0) throw new Error(`the export ended with ${code}`);
});
print("export them all", exported, `${perSecond(entries, exported)} a second, ${memory()}`);

/** The most that the process held so far. */
function memory(): string {
  return `${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`;
}

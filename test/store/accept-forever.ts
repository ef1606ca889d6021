import { writeSync } from "node:fs";
import { openSqliteStore } from "../../src/store/sqlite/sqlite.ts";

/** Run by the kill tests: prints the id of each delivery once it was accepted. A second argument says how many. */
const most = Number(process.argv[3] ?? Infinity);
const store = openSqliteStore(process.argv[2] ?? "");
for (let n = 0; n < most; n++) {
  const task = {
    kind: "head",
    headSha: String(n),
    pulls: [],
    installationId: 1,
    repositoryId: 1,
    owner: "o",
    repo: "r",
  } as const;
  await store.accept({ id: String(n), event: "push", action: null }, { tasks: [task] }, new Date());
  if (n === 0) await store.claim(new Date(), 3_600_000);
  writeSync(1, `${n}\n`);
}

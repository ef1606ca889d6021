import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stderr } from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";

const PROGRAM = fileURLToPath(new URL("../accept-forever.ts", import.meta.url));
const ACCEPTED = 20;

const traced = spawnSync("strace", ["-e", "trace=none", "true"]).status === 0;
if (!traced) stderr.write("strace cannot be used here, the test of power loss is skipped\n");

type Event = "on disk" | "answered";

/** What the process did, in order: waited for the disk, or said that a delivery is accepted. */
function traceOf(folder: string): readonly Event[] {
  const trace = join(folder, "trace");
  const calls = "trace=fsync,fdatasync,write";
  const node = [process.execPath, "--disable-warning=ExperimentalWarning", PROGRAM, folder, String(ACCEPTED)];
  execFileSync("strace", ["-f", "-e", calls, "-o", trace, ...node], { stdio: "ignore" });
  const lines = execFileSync("cat", [trace], { maxBuffer: 1 << 28 })
    .toString()
    .split("\n");
  return lines.flatMap((line): readonly Event[] => {
    if (/\bf(data)?sync\(.*= 0$/.test(line)) return ["on disk"];
    return /\bwrite\(1, "\d+\\n"/.test(line) ? ["answered"] : [];
  });
}

(traced ? describe : describe.skip)("power loss", () => {
  test("each accepted delivery is on disk before anybody is told", () => {
    const folder = mkdtempSync(join(tmpdir(), "countersign-power-"));
    try {
      const events = traceOf(folder);
      const answers = events.flatMap((event, at) => (event === "answered" ? [at] : []));
      expect(answers).toHaveLength(ACCEPTED);
      for (const [index, at] of answers.entries()) {
        const since = events.slice(index === 0 ? 0 : (answers[index - 1] ?? 0) + 1, at);
        expect(since).toContain("on disk");
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

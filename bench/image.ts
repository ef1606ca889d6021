import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReplicaOptions } from "../test/chaos/replica.ts";
import { COMMAND, ENTRY, ENVIRONMENT, makeImage } from "../test/image/steps.ts";

/** Of what the image sets, what decides how much memory the app takes. */
const { MALLOC_ARENA_MAX = "" } = ENVIRONMENT;

let made: string | undefined;

/** The app as the image runs it, compiled, which is made once: from the sources, each thread would compile them again. */
export function asImage(): Required<Pick<ReplicaOptions, "program" | "variables">> {
  made ??= make();
  const options = COMMAND.filter((word) => word !== ENTRY);
  return {
    program: [...options, join(made, ENTRY)],
    variables: { MALLOC_ARENA_MAX, NODE_ENV: "production" },
  };
}

function make(): string {
  const folder = mkdtempSync(join(tmpdir(), "countersign-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const [build, image] = [join(folder, "build"), join(folder, "app")];
  for (const each of [build, image]) mkdirSync(each);
  makeImage(build, image);
  rmSync(build, { recursive: true });
  return image;
}

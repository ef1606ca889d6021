import { loadPolicyFile } from "./file/load.ts";
import { type ConfigLayer, mergeLayers } from "./merge.ts";
import type { Policy } from "./policy.ts";
import type { Problem } from "./problem.ts";
import { CONFIG_PATH, type PolicySource, type PolicySources } from "./source.ts";

export type ResolvedPolicy =
  | { readonly policy: Policy; readonly problems: readonly Problem[] }
  | { readonly policy: null; readonly problems: readonly Problem[] };

/**
 * The policy in force. There is none when a file is invalid or could not be read: then nothing may pass, and
 * `problems` holds the errors of both files. A file that is absent says nothing.
 */
export function resolvePolicy({ organization, repository }: PolicySources): ResolvedPolicy {
  const floor = readLayer(organization);
  const own = readLayer(repository);
  if (!floor.ok || !own.ok) return { policy: null, problems: [...floor.problems, ...own.problems] };
  return mergeLayers({ organization: floor.layer, repository: own.layer });
}

type Read =
  | { readonly ok: true; readonly layer: ConfigLayer; readonly problems: readonly [] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

function readLayer(source: PolicySource): Read {
  if (source.status === "unreadable") return { ok: false, problems: [unreadable(source)] };
  const { path, text } = source.status === "found" ? source : { path: CONFIG_PATH, text: "" };
  const { config, positions, problems } = loadPolicyFile(text, path);
  if (config === null) return { ok: false, problems };
  return {
    ok: true,
    layer: { file: path, exists: source.status === "found", config, positions },
    problems: [],
  };
}

const READABLE = "See that it can be read, and evaluate again; until then nothing may pass.";

function unreadable({
  path,
  reason,
  remedy,
  code,
}: Extract<PolicySource, { status: "unreadable" }>): Problem {
  return {
    code: code ?? "config/unreadable",
    severity: "error",
    file: path,
    message: `The file could not be read: ${reason.replace(/[.\s]+$/, "")}.`,
    remedy: remedy ?? READABLE,
  };
}

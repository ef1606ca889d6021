import { describe, expect, test } from "@jest/globals";
import { CATALOGUE } from "../../../src/provenance/catalogue/catalogue.ts";
import { createDetectorOf } from "../../../src/provenance/detector.ts";
import type { Evidence } from "../../../src/provenance/evidence.ts";
import type { Sample } from "../../../src/provenance/tool/examples.ts";
import type { Signal } from "../../../src/provenance/tool/tool.ts";
import { commit, detector, person, pullRequest } from "../texts.ts";

const matches = CATALOGUE.flatMap(({ tool, examples }) =>
  examples.matches.map(({ is, ...sample }) => ({
    tool,
    strength: is,
    sample,
    shown: JSON.stringify(sample),
  })),
);
const ignores = CATALOGUE.flatMap(({ tool, examples }) =>
  examples.ignores.map((sample) => ({ tool, sample, shown: JSON.stringify(sample) })),
);

describe("every tool is found in its examples, and nothing else is", () => {
  test.each(matches)("$tool, $strength: $shown", ({ tool, strength, sample }) => {
    const found = evidenceIn(sample);

    expect(found).toEqual([expect.objectContaining({ tool, strength })]);
  });
});

describe("no tool is found in the near-misses beside it", () => {
  test.each(ignores)("$tool: $shown", ({ tool, sample }) => {
    expect(evidenceIn(sample).filter((each) => each.tool === tool)).toEqual([]);
  });
});

const patterns = CATALOGUE.flatMap(({ tool, signals, examples }) =>
  signals.filter(hasPattern).map((signal) => ({ tool, signal, examples, shown: JSON.stringify(signal) })),
);

describe("every pattern has an example that it matches", () => {
  test("there are patterns", () => {
    expect(patterns.length).toBeGreaterThan(50);
  });

  test.each(patterns)("$tool: $shown", ({ tool, signal, examples }) => {
    const alone = createDetectorOf([{ tool, vendor: "", signals: [signal] }], { agents: [], notAi: [] });

    expect(examples.matches.filter((sample) => evidenceIn(sample, alone).length > 0)).not.toEqual([]);
  });
});

function hasPattern({ kind }: Signal): boolean {
  return ["line", "trailer", "link", "branch", "name", "name-suffix", "label"].includes(kind);
}

/** What a detector finds where the sample stands, with everything around it a person's. */
function evidenceIn(sample: Sample, by = detector): readonly Evidence[] {
  if ("author" in sample) return by.commit(commit({ author: person(sample.author) })).evidence;
  if ("committer" in sample) return by.commit(commit({ committer: person(sample.committer) })).evidence;
  if ("message" in sample) {
    const message = `Fix it\n\n${sample.message}\n\nSigned-off-by: Mona <mona@example.com>`;
    return by.commit(commit({ message })).evidence;
  }
  if ("body" in sample) {
    return by.pullRequest(pullRequest({ body: `## Why\n\nFixes the login.\n\n---\n${sample.body}\n` }));
  }
  if ("branch" in sample) return by.pullRequest(pullRequest({ headRef: sample.branch }));
  if ("label" in sample) return by.pullRequest(pullRequest({ labels: [sample.label] }));
  return by.pullRequest(pullRequest({ author: sample.account }));
}

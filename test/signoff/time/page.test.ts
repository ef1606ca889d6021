import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { CONFIG_JSON_SCHEMA } from "../../../src/policy/keys/json-schema.ts";
import { resolvePolicy } from "../../../src/policy/resolve.ts";
import type { TimeVerdict } from "../../../src/signoff/time-verdict.ts";
import { timeSentences, timeTitles } from "../../../src/signoff/wording/time-words.ts";
import { read } from "../../repository/files.ts";

const PAGE = read("docs/time.md");
const EXAMPLES = [...PAGE.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = ""]) => text);
const NOTHING: TimeVerdict = { waits: [], inLine: [], notAsked: [], late: [] };

describe("docs/time.md", () => {
  test("shows a config for one maintainer, for a team and for an organization", () => {
    expect(EXAMPLES).toHaveLength(3);
  });

  test.each(EXAMPLES.map((text, index) => ({ text, index })))("config $index is valid", ({ text }) => {
    const { policy, problems } = resolvePolicy({
      organization: { status: "absent" },
      repository: { status: "found", path: ".github/countersign.yml", text },
    });
    expect(problems).toEqual([]);
    expect(policy).not.toBeNull();
  });

  test("explains every key of time, and shows every one in use", () => {
    const keys = Object.keys(Object(CONFIG_JSON_SCHEMA.properties?.time).properties);
    expect(keys.length).toBeGreaterThan(5);
    const used = new Set(EXAMPLES.flatMap((text) => Object.keys(parse(text).time)));
    for (const key of keys) {
      expect(PAGE).toContain(`\`${key}\``);
      expect([...used]).toContain(key);
    }
  });

  test.each<{ says: string; time: Partial<TimeVerdict> }>([
    {
      says: "not asked",
      time: {
        notAsked: [
          { login: "olga", because: "load" },
          { login: "sven", because: "busy" },
        ],
      },
    },
    { says: "in line", time: { inLine: [{ area: "infrastructure", place: 1, before: [12, 15] }] } },
    {
      says: "late",
      time: {
        late: [{ kind: "user", name: "olga", askedAt: "2026-11-20T10:00:00Z", due: "2026-11-20T14:00:00Z" }],
      },
    },
  ])("quotes what the check says: $says", ({ time }) => {
    const [sentence = "?"] = timeSentences({ ...NOTHING, ...time });
    expect(PAGE).toContain(`\`\`\`text\n${sentence}\n\`\`\``);
  });

  test("quotes the title of what waits", () => {
    const wait = { kind: "destructive", places: [], lasts: 60_000, until: "2026-11-20T10:30:00Z" } as const;
    const [title = "?"] = timeTitles({ ...NOTHING, waits: [wait] }) ?? [];
    expect(PAGE).toContain(`\`\`\`text\n${title}\n\`\`\``);
  });
});

import { settingRule } from "../../builders.ts";
import { textOf } from "../../reading/tree.ts";
import { changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";

const FULL = /^[^\S\n]*maxmemory-policy\s+((?:allkeys|volatile)-[\w-]+)/;

/** By the manual of Redis and Valkey: a store that refused to write when it was full deletes keys then. */
export const KEYS_EVICTED: Rule = {
  id: "storage/keys-evicted",
  kind: "destructive",
  asks: "block",
  when: "a Redis or Valkey that kept all keys deletes some when its memory is full",
  lines: [
    {
      side: "after",
      pattern: FULL,
      where: (_, { path, before }) =>
        /(?:redis|valkey)[^/]*\.conf/.test(path) &&
        /^[ \t]*maxmemory-policy[ \t]+noeviction\b/m.test(before ?? ""),
      why: ([, policy = ""]) =>
        `deletes keys by ${shown(policy)} when its memory is full, where it kept them`,
    },
  ],
  reports: [
    [
      "deletes keys by `allkeys-lru` when its memory is full, where it kept them",
      changed("redis/redis.conf", "maxmemory-policy noeviction\n", "maxmemory-policy allkeys-lru\n"),
    ],
  ],
  ignores: [
    [
      "it deleted some before",
      changed("redis/redis.conf", "maxmemory-policy volatile-lru\n", "maxmemory-policy allkeys-lru\n"),
    ],
  ],
};

const topic = (policy: string) =>
  `resource "kafka_topic" "a" {\n  name = "orders"\n  config = {\n    "cleanup.policy" = "${policy}"\n  }\n}\n`;

/** By the manual of Kafka: a compacted topic keeps the last record of each key, the other kind deletes by age. */
export const TOPIC_DELETES: Rule = settingRule({
  id: "storage/topic-deletes",
  kind: "destructive",
  asks: "block",
  when: "a topic of Kafka that kept the last record of each key deletes by age",
  of: ["terraform", "kubernetes"],
  names: ["cleanup.policy"],
  became: ({ before, after }) => /\bcompact\b/.test(textOf(before)) && textOf(after) === "delete",
  why: () => "records are deleted by their age, the last one of a key too",
  reports: [
    [
      "sets `cleanup.policy` of `kafka_topic.a` to `delete`: records are deleted by their age, the last one of a key too",
      changed("kafka.tf", topic("compact"), topic("delete")),
    ],
  ],
  ignores: [["it keeps them from now on", changed("kafka.tf", topic("delete"), topic("compact"))]],
});

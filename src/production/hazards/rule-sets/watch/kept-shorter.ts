import { notationOf, YAML_FILE } from "../../reading/yaml-parts.ts";
import { changed, type Rule } from "../../rule.ts";
import { type Limit, weakenedIn } from "../servers/values.ts";

const GONE = "what is older is deleted";
const COMMANDS = /\.(?:sh|bash|service|timer|cron|env|ya?ml|conf)$|(?:^|\/)(?:crontab|Makefile)[^/]*$/;

/** By the manuals of Kafka, Prometheus, MySQL, PostgreSQL's tools, systemd, restic, borg and pgBackRest. */
const KEPT: readonly Limit[] = [
  {
    file: /\.properties$/,
    pattern: /^\s*(log\.retention\.(?:hours|minutes|ms|bytes))\s*=\s*(\d+)/,
    weaker: "less",
    why: GONE,
  },
  {
    file: COMMANDS,
    pattern: /--?(storage\.tsdb\.retention(?:\.time)?)[= ](\d+)([smhdwy])/,
    weaker: "less",
    why: GONE,
  },
  {
    file: COMMANDS,
    pattern: /--(retention\.resolution-(?:raw|5m|1h))[= ](\d+)([smhdw])/,
    weaker: "less",
    zero: "strictest",
    why: GONE,
  },
  {
    file: COMMANDS,
    pattern: /--(keep-(?:last|hourly|daily|weekly|monthly|yearly))[= ](\d+)/,
    weaker: "less",
    why: GONE,
  },
  {
    file: /\.ya?ml$/,
    pattern: /^\s*(keep_(?:last|hourly|daily|weekly|monthly|yearly))\s*:\s*(\d+)/,
    weaker: "less",
    why: GONE,
  },
  {
    file: /\.cnf$|(?:^|\/)my\.(?:cnf|ini)$/,
    pattern: /^\s*(expire[_-]logs[_-]days|binlog[_-]expire[_-]logs[_-]seconds)\s*=\s*(\d+)/,
    weaker: "less",
    zero: "strictest",
    why: GONE,
  },
  {
    file: /(?:^|\/)journald\.conf(?:\.d\/[^/]+)?$/,
    pattern: /^\s*(MaxRetentionSec)\s*=\s*(\d+)/,
    weaker: "less",
    zero: "strictest",
    why: GONE,
  },
  {
    file: /(?:^|\/)pgbackrest[^/]*\.conf$/,
    pattern: /^\s*(repo\d*-retention-(?:full|diff|archive))\s*=\s*(\d+)/,
    weaker: "less",
    why: GONE,
  },
  {
    file: /(?:^|\/)barman[^/]*(?:\/[^/]+)?\.conf$/,
    pattern: /^\s*(minimum_redundancy)\s*=\s*(\d+)/,
    weaker: "less",
    why: GONE,
  },
];

/** Of files that are settings of Loki, Mimir, Thanos, VictoriaMetrics and others; those of a cluster are read by their structure. */
const PLAIN: Limit = {
  file: /\.ya?ml$/,
  pattern:
    /^\s*(retention_period|retention_time|retention|block_retention|log_retention|retentionPeriod|retentionTime)\s*:\s*["']?(\d+)([smhdw])["']?\s*$/,
  weaker: "less",
  zero: "strictest",
  why: GONE,
};

export const KEPT_SHORTER_BY_LINE: Rule = {
  id: "backups/kept-shorter",
  kind: "destructive",
  asks: "block",
  when: "settings of a server or of a program that makes backups keep them, or logs, for a shorter time",
  *file(file) {
    const isPlain = YAML_FILE.test(file.path) && notationOf(file.path, file.after ?? "") === null;
    yield* weakenedIn(file, isPlain ? [...KEPT, PLAIN] : KEPT);
  },
  reports: [
    [
      "sets `log.retention.hours=1` in `kafka/server.properties`, where it was `log.retention.hours=168`: what is older is deleted",
      changed("kafka/server.properties", "log.retention.hours=168\n", "log.retention.hours=1\n"),
    ],
    [
      "sets `restic forget --keep-daily 2 --prune` in `ops/prune.sh`, where it was `restic forget --keep-daily 30 --prune`: what is older is deleted",
      changed(
        "ops/prune.sh",
        "restic forget --keep-daily 30 --prune\n",
        "restic forget --keep-daily 2 --prune\n",
      ),
    ],
    [
      "sets `retention_period: 24h` in `loki/config.yaml`, where it was `retention_period: 744h`: what is older is deleted",
      changed(
        "loki/config.yaml",
        "limits_config:\n  retention_period: 744h\n",
        "limits_config:\n  retention_period: 24h\n",
      ),
    ],
  ],
  ignores: [
    ["longer", changed("kafka/server.properties", "log.retention.hours=1\n", "log.retention.hours=168\n")],
  ],
};

import { settingRule, traitRule } from "../builders.ts";
import { at, isTrue, itemsOf, type Tree, textOf } from "../reading/tree.ts";
import { COMPOSE_FILE } from "../reading/yaml-parts.ts";
import { added, changed, type Rule, type RuleSet } from "../rule.ts";
import { shown } from "../words.ts";

const OF = ["compose"] as const;
const service = (lines: string) => `services:\n  db:\n    image: postgres\n${lines}`;

/** `source:target` of a mount; the source is empty for an unnamed one. */
function mountOf(tree: Tree): readonly [source: string, target: string] {
  if (tree.kind === "map") return [textOf(at(tree, "source")), textOf(at(tree, "target"))];
  const [source = "", target = ""] = textOf(tree).split(":");
  return target === "" ? ["", source] : [source, target];
}

const isNamed = (source: string) => /^[A-Za-z0-9][\w.-]*$/.test(source);

const VOLUME_REMOVED: Rule = {
  id: "compose/volume-removed",
  kind: "destructive",
  asks: "block",
  when: "a named volume goes from a compose file",
  parts: {
    of: OF,
    *find({ type, name, before, after, file }) {
      if (type !== "volume" || before === undefined || after !== undefined) return;
      const why = `removes the volume ${shown(name)}: what is in it is no longer mounted, and the next clean-up deletes it`;
      yield { what: shown(name), file, line: before.line, side: "before", why };
    },
  },
  reports: [
    [
      "removes the volume `data`: what is in it is no longer mounted, and the next clean-up deletes it",
      changed("docker-compose.yml", `${service("")}volumes:\n  data:\n`, service("")),
    ],
  ],
  ignores: [
    [
      "a service goes, its volume stays",
      changed("compose.yaml", `${service("")}volumes:\n  data:\n`, "volumes:\n  data:\n"),
    ],
  ],
};

const MOUNT_DROPPED: Rule = {
  id: "compose/mount-dropped",
  kind: "destructive",
  asks: "block",
  when: "a service no longer mounts the named volume that held its data",
  parts: {
    of: OF,
    *find({ type, name, before, after, file }) {
      if (type !== "service" || before === undefined || after === undefined) return;
      const now = itemsOf(at(after, "volumes")).map((each) => mountOf(each)[1]);
      for (const mount of itemsOf(at(before, "volumes"))) {
        const [source, target] = mountOf(mount);
        if (!isNamed(source) || now.includes(target)) continue;
        const why = `takes the volume ${shown(source)} from ${shown(name)}: what it wrote to ${shown(target)} is gone for it, and what it writes is lost with the container`;
        yield { what: shown(name), file, line: mount.line, side: "before", why };
      }
    },
  },
  reports: [
    [
      "takes the volume `data` from `db`: what it wrote to `/var/lib/postgresql` is gone for it, and what it writes is lost with the container",
      changed("compose.yaml", service("    volumes:\n      - data:/var/lib/postgresql\n"), service("")),
    ],
  ],
  ignores: [
    [
      "a folder of the sources",
      changed("compose.yaml", service("    volumes:\n      - ./conf:/etc/postgresql\n"), service("")),
    ],
  ],
};

/** What of the machine a container gets by each setting. */
const SHARES: Readonly<Record<string, string>> = {
  privileged: "the container may do what the machine may",
  network_mode: "the container listens and speaks as the machine itself",
  pid: "the container sees the processes of the machine, and can end them",
};

const PRIVILEGED: Rule = settingRule({
  id: "compose/privileged",
  kind: "widening",
  asks: "block",
  when: "a service gets the rights, the network or the processes of the machine",
  of: OF,
  names: Object.keys(SHARES),
  became: ({ name, after }) => (name === "privileged" ? isTrue(after) : textOf(after) === "host"),
  why: ({ name }) => SHARES[name] ?? "",
  lines: [
    {
      side: "after",
      pattern: /^\s*(privileged:\s*true|(?:network_mode|pid):\s*"?host"?)\s*$/,
      why: ([, setting = ""]) => `sets ${shown(setting)}: ${SHARES[setting.split(":")[0] ?? ""] ?? ""}`,
    },
  ],
  reports: [
    [
      "sets `privileged` of `db` to `true`: the container may do what the machine may",
      changed("compose.yaml", service(""), service("    privileged: true\n")),
    ],
    [
      "sets `network_mode` of `db` to `host`: the container listens and speaks as the machine itself",
      changed("compose.yaml", service(""), service("    network_mode: host\n")),
    ],
  ],
  ignores: [
    ["a network of its own", changed("compose.yaml", service(""), service("    network_mode: bridge\n"))],
  ],
});

const HOST_MOUNT: Rule = traitRule({
  id: "compose/host-mount",
  kind: "widening",
  asks: "block",
  when: "a service mounts the machine's root, its system folders or the Docker socket",
  of: OF,
  traits: (tree, { name }) =>
    itemsOf(at(tree, "volumes"))
      .map((mount) => ({ source: mountOf(mount)[0], line: mount.line }))
      .filter(
        ({ source }) =>
          /^\/(?:$|etc|root|proc|sys|dev|boot|var\/run\/docker\.sock|run\/docker\.sock|var\/lib\/docker)/.test(
            source,
          ) && !/^\/etc\/(?:localtime|timezone|ssl)/.test(source),
      )
      .map(({ source, line }) => ({
        key: source,
        line,
        what: shown(name),
        why: `lets ${shown(name)} into ${shown(source)} of the machine`,
      })),
  reports: [
    [
      "lets `db` into `/var/run/docker.sock` of the machine",
      added("compose.yaml", service("    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n")),
    ],
  ],
  ignores: [
    [
      "the time zone",
      added("compose.yaml", service("    volumes:\n      - /etc/localtime:/etc/localtime:ro\n")),
    ],
  ],
});

const STORE_PORT =
  /(?:^|:)(?:5432|3306|6379|27017|9200|1433|1521|5984|9042|11211|2375|2379|8086|5672|15672|9092)(?:\/\w+)?$/;

/** The port of a store on every address of the machine. */
const isEverywhere = (port: string) =>
  STORE_PORT.test(port) && /^(?:(?:0\.0\.0\.0|\[?::\]?):)?\d+:\d+(?:\/\w+)?$/.test(port);

const PORT_OPENED: Rule = traitRule({
  id: "compose/store-port-opened",
  kind: "widening",
  asks: "block",
  when: "the port of a database or queue is opened on every address of the machine",
  of: OF,
  traits: (tree, { name, before }) =>
    before === undefined
      ? []
      : itemsOf(at(tree, "ports"))
          .filter((port) => isEverywhere(textOf(port)))
          .map((port) => ({
            // Which port of the machine it is makes no difference.
            key: textOf(port).replace(/^.*:/, ""),
            line: port.line,
            what: shown(name),
            why: `opens ${shown(textOf(port))} of ${shown(name)} on every address of the machine`,
          })),
  reports: [
    [
      "opens `5432:5432` of `db` on every address of the machine",
      changed(
        "compose.yaml",
        service('    ports: ["127.0.0.1:5432:5432"]\n'),
        service('    ports: ["5432:5432"]\n'),
      ),
    ],
  ],
  ignores: [
    [
      "by another port of the machine",
      changed("compose.yaml", service('    ports: ["5432:5432"]\n'), service('    ports: ["15432:5432"]\n')),
    ],
    [
      "on this machine alone",
      changed("compose.yaml", service(""), service('    ports: ["127.0.0.1:5432:5432"]\n')),
    ],
  ],
});

export const COMPOSE: RuleSet = {
  name: "compose",
  title: "Docker Compose",
  reads: ({ path, isLive }) => COMPOSE_FILE.test(path) && isLive,
  rules: [VOLUME_REMOVED, MOUNT_DROPPED, PRIVILEGED, HOST_MOUNT, PORT_OPENED],
};

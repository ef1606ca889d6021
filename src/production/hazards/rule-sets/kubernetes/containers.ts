import { settingRule, traitRule } from "../../builders.ts";
import { at, isFalse, isTrue, literalOf, placesIn, scalarsIn, textOf } from "../../reading/tree.ts";
import { added, changed, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { podSpec } from "./samples.ts";

const RUNNING = ["kubernetes", "helm-values", "compose"] as const;

const POWERS: Readonly<Record<string, string>> = {
  privileged: "the container may do what the machine may",
  hostNetwork: "it sees and uses the machine's own network",
  hostPID: "it sees and can signal every process of the machine",
  hostIPC: "it shares memory with the machine's processes",
  allowPrivilegeEscalation: "a process in it may become root",
};

export const PRIVILEGED: Rule = settingRule({
  id: "kubernetes/privileged",
  kind: "widening",
  asks: "block",
  when: "a container gets the rights or the network of the machine",
  of: ["kubernetes", "helm-values"],
  names: Object.keys(POWERS),
  became: ({ after }) => isTrue(after),
  why: ({ name }) => POWERS[name] ?? "",
  lines: [
    {
      side: "after",
      pattern: /^\s*(?:-\s*)?(privileged|hostNetwork|hostPID|hostIPC|allowPrivilegeEscalation):\s*true\b/,
      what: ([, name]) => shown(String(name)),
      why: ([, name = ""]) => `sets ${shown(name)} to \`true\`: ${POWERS[name] ?? ""}`,
    },
  ],
  reports: [
    [
      "sets `privileged` of `Deployment web` to `true`: the container may do what the machine may",
      changed(
        "web.yaml",
        podSpec("      containers: [{name: web}]\n"),
        podSpec(
          "      containers:\n        - name: web\n          securityContext:\n            privileged: true\n",
        ),
      ),
    ],
    [
      "sets `hostNetwork` of `Deployment web` to `true`: it sees and uses the machine's own network",
      added("web.yaml", podSpec("      hostNetwork: true\n")),
    ],
  ],
  ignores: [
    [
      "it is switched off",
      changed("web.yaml", podSpec("      hostNetwork: true\n"), podSpec("      hostNetwork: false\n")),
    ],
    [
      "a comment",
      changed("web.yaml", podSpec("      a: 1\n"), podSpec("      a: 1\n      # hostNetwork: true\n")),
    ],
  ],
});

export const HOST_PATH: Rule = traitRule({
  id: "kubernetes/host-path",
  kind: "widening",
  asks: "block",
  when: "a container mounts a folder of the machine",
  of: ["kubernetes"],
  traits: (tree, { name }) =>
    [...placesIn(tree)]
      .filter(({ key, value }) => key === "hostPath" && value.kind === "map")
      .map(({ value, line }) => {
        const path = textOf(at(value, "path"));
        return {
          key: path,
          line,
          what: shown(name),
          why: `lets ${shown(name)} into ${shown(path)} of the machine it runs on`,
        };
      }),
  lines: [
    {
      side: "after",
      pattern: /^\s*(?:-\s*)?hostPath:/,
      what: () => "`hostPath`",
      why: () => "lets a container into a folder of the machine it runs on",
    },
  ],
  reports: [
    [
      "lets `Deployment web` into `/var/run/docker.sock` of the machine it runs on",
      added(
        "web.yaml",
        podSpec(
          "      volumes:\n        - name: sock\n          hostPath:\n            path: /var/run/docker.sock\n",
        ),
      ),
    ],
  ],
  ignores: [
    [
      "a volume of its own",
      added("web.yaml", podSpec("      volumes:\n        - name: tmp\n          emptyDir: {}\n")),
    ],
  ],
});

export const CAPABILITIES: Rule = traitRule({
  id: "kubernetes/capabilities",
  kind: "widening",
  asks: "block",
  when: "a container gets a capability that opens the machine",
  of: RUNNING,
  traits: (tree, { name }) =>
    [...placesIn(tree)]
      .filter(({ key, path }) => key === "cap_add" || (key === "add" && path.at(-2) === "capabilities"))
      .flatMap(({ value }) => [...scalarsIn(value)])
      .filter((scalar) =>
        /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|NET_ADMIN|DAC_READ_SEARCH|SYS_RAWIO)$/.test(
          textOf(scalar),
        ),
      )
      .map((scalar) => ({
        key: textOf(scalar),
        line: scalar.line,
        what: shown(name),
        why: `gives ${shown(name)} the capability ${shown(textOf(scalar))}, by which it can reach the machine`,
      })),
  reports: [
    [
      "gives `Deployment web` the capability `SYS_ADMIN`, by which it can reach the machine",
      added(
        "web.yaml",
        podSpec(
          "      containers:\n        - securityContext:\n            capabilities:\n              add: [SYS_ADMIN]\n",
        ),
      ),
    ],
  ],
  ignores: [
    [
      "capabilities are dropped",
      added(
        "web.yaml",
        podSpec(
          "      containers:\n        - securityContext:\n            capabilities:\n              drop: [ALL]\n",
        ),
      ),
    ],
  ],
});

export const RUN_AS_ROOT: Rule = settingRule({
  id: "kubernetes/run-as-root",
  kind: "widening",
  asks: "block",
  when: "a container that ran as somebody else runs as root",
  of: ["kubernetes", "helm-values"],
  names: ["runAsUser", "runAsNonRoot"],
  became: ({ name, before, after }) =>
    name === "runAsUser" ? literalOf(after) === 0 : isTrue(before) && isFalse(after),
  why: () => "it may run as root",
  reports: [
    [
      "sets `runAsNonRoot` of `Deployment web` to `false`: it may run as root",
      changed(
        "web.yaml",
        podSpec("      securityContext:\n        runAsNonRoot: true\n"),
        podSpec("      securityContext:\n        runAsNonRoot: false\n"),
      ),
    ],
  ],
  ignores: [
    [
      "another user",
      changed(
        "web.yaml",
        podSpec("      securityContext:\n        runAsUser: 1000\n"),
        podSpec("      securityContext:\n        runAsUser: 2000\n"),
      ),
    ],
  ],
});

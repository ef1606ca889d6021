import { type Trait, traitRule } from "../../builders.ts";
import {
  at,
  entriesOf,
  isTrue,
  itemsOf,
  literalOf,
  scalarsIn,
  type Tree,
  textOf,
} from "../../reading/tree.ts";
import { added, type Rule } from "../../rule.ts";
import { shown } from "../../words.ts";
import { OF, podSpec } from "./samples.ts";

/** The pod within an object, wherever its kind keeps it. */
function podOf(tree: Tree, type: string): Tree | undefined {
  if (type === "Pod") return at(tree, "spec");
  if (type === "CronJob") return at(tree, "spec", "jobTemplate", "spec", "template", "spec");
  return at(tree, "spec", "template", "spec");
}

function containersOf(pod: Tree): readonly Tree[] {
  return ["containers", "initContainers", "ephemeralContainers"].flatMap((key) => itemsOf(at(pod, key)));
}

/** Those that the baseline of Kubernetes' pod security standards allows. */
const BASELINE =
  /^(?:CAP_)?(?:AUDIT_WRITE|CHOWN|DAC_OVERRIDE|FOWNER|FSETID|KILL|MKNOD|NET_BIND_SERVICE|SETFCAP|SETGID|SETPCAP|SETUID|SYS_CHROOT)$/;

type PodRule = (container: Tree, pod: Tree) => string | undefined;

/** What a container could do without and does not. */
const LOOKS: readonly PodRule[] = [
  (container, pod) => {
    const own = at(container, "securityContext", "runAsNonRoot");
    const ofPod = at(pod, "securityContext", "runAsNonRoot");
    const user = literalOf(
      at(container, "securityContext", "runAsUser") ?? at(pod, "securityContext", "runAsUser"),
    );
    if (isTrue(own) || (own === undefined && isTrue(ofPod)) || (typeof user === "number" && user > 0))
      return undefined;
    return "may run as root";
  },
  (container) => {
    const value = at(container, "securityContext", "allowPrivilegeEscalation");
    return value === undefined ? "may gain rights (`allowPrivilegeEscalation`)" : undefined;
  },
  (container) => {
    const drops = [...scalarsIn(at(container, "securityContext", "capabilities", "drop"))].map(textOf);
    return drops.some((each) => /^(?:ALL|NET_RAW|CAP_ALL|CAP_NET_RAW)$/i.test(each))
      ? undefined
      : "keeps the capabilities of the runtime";
  },
];

export const POD_DEFAULTS: Rule = traitRule({
  id: "kubernetes/created-pod-defaults",
  kind: "widening",
  asks: "show",
  when: "a new container may run as root, gain rights or keep capabilities, because nothing says otherwise",
  of: OF,
  traits: (tree, { type, name, before }): readonly Trait[] => {
    const pod = before === undefined ? podOf(tree, type) : undefined;
    const found =
      pod === undefined
        ? []
        : containersOf(pod).map((each) => LOOKS.flatMap((look) => look(each, pod) ?? []));
    const index = found.findIndex((each) => each.length > 0);
    const container = pod === undefined ? undefined : containersOf(pod)[index];
    if (container === undefined) return [];
    const which = shown(textOf(at(container, "name")) || name);
    const why = `creates ${shown(name)}, whose container ${which} ${(found[index] ?? []).join(", ")}`;
    return [{ key: "defaults", line: container.line, what: shown(name), why }];
  },
  reports: [
    [
      "creates `Deployment web`, whose container `web` may run as root, may gain rights (`allowPrivilegeEscalation`), keeps the capabilities of the runtime",
      added("web.yaml", podSpec("      containers: [{name: web}]\n")),
    ],
  ],
  ignores: [
    [
      "it may do little",
      added(
        "web.yaml",
        podSpec(
          "      containers:\n        - name: web\n          securityContext:\n            runAsNonRoot: true\n            allowPrivilegeEscalation: false\n            capabilities: {drop: [ALL]}\n",
        ),
      ),
    ],
  ],
});

const reach = (key: string, name: string, { tree, why }: { tree: Tree; why: string }): Trait => ({
  key,
  line: tree.line,
  what: shown(name),
  why,
});

function* reachesOf(pod: Tree, name: string): Generator<Trait> {
  if (isTrue(at(pod, "securityContext", "windowsOptions", "hostProcess")))
    yield reach("process", name, {
      tree: pod,
      why: `lets ${shown(name)} run as a process of the machine (\`hostProcess\`)`,
    });
  for (const sysctl of itemsOf(at(pod, "securityContext", "sysctls"))) {
    const key = textOf(at(sysctl, "name"));
    if (SAFE_SYSCTLS.has(key)) continue;
    yield reach(key, name, {
      tree: sysctl,
      why: `lets ${shown(name)} set ${shown(key)} of the machine's kernel`,
    });
  }
  for (const container of containersOf(pod)) yield* reachesOfContainer(container, name);
}

const SAFE_SYSCTLS = new Set([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
]);

function* reachesOfContainer(container: Tree, name: string): Generator<Trait> {
  const context = at(container, "securityContext");
  if (isTrue(at(context, "windowsOptions", "hostProcess")))
    yield reach("process", name, {
      tree: container,
      why: `lets ${shown(name)} run as a process of the machine (\`hostProcess\`)`,
    });
  const mount = at(context, "procMount");
  if (mount !== undefined && textOf(mount) !== "Default")
    yield reach("proc", name, {
      tree: mount,
      why: `shows ${shown(name)} what the runtime hides of \`/proc\``,
    });
  for (const port of itemsOf(at(container, "ports"))) {
    const own = at(port, "hostPort");
    if (own === undefined || textOf(own) === "0") continue;
    yield reach(`port ${textOf(own)}`, name, {
      tree: own,
      why: `opens port ${shown(textOf(own))} of the machine to ${shown(name)}`,
    });
  }
  for (const { key, value } of entriesOf(at(context, "capabilities"))) {
    if (key !== "add") continue;
    for (const scalar of scalarsIn(value))
      if (!BASELINE.test(textOf(scalar)) && !HELD_ELSEWHERE.test(textOf(scalar)))
        yield reach(textOf(scalar), name, {
          tree: scalar,
          why: `gives ${shown(name)} the capability ${shown(textOf(scalar))}, which few programs need`,
        });
  }
}

/** Those by which a container can reach the machine are reported by a rule that asks. */
const HELD_ELSEWHERE =
  /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|NET_ADMIN|DAC_READ_SEARCH|SYS_RAWIO)$/;

export const POD_REACHES: Rule = traitRule({
  id: "kubernetes/reaches-machine",
  kind: "widening",
  asks: "block",
  when: "a pod gets a port, a kernel setting, a capability or the processes of the machine it runs on",
  of: OF,
  traits: (tree, { type, name }) => {
    const pod = podOf(tree, type);
    return pod === undefined ? [] : [...reachesOf(pod, name)];
  },
  reports: [
    [
      "opens port `80` of the machine to `Deployment web`",
      added(
        "web.yaml",
        podSpec("      containers: [{name: web, ports: [{containerPort: 80, hostPort: 80}]}]\n"),
      ),
    ],
    [
      "gives `Deployment web` the capability `NET_RAW`, which few programs need",
      added(
        "web.yaml",
        podSpec("      containers: [{name: web, securityContext: {capabilities: {add: [NET_RAW]}}}]\n"),
      ),
    ],
    [
      "lets `Deployment web` run as a process of the machine (`hostProcess`)",
      added(
        "web.yaml",
        podSpec(
          "      securityContext: {windowsOptions: {hostProcess: true}}\n      containers: [{name: web}]\n",
        ),
      ),
    ],
  ],
  ignores: [
    [
      "a port of the pod",
      added("web.yaml", podSpec("      containers: [{name: web, ports: [{containerPort: 80}]}]\n")),
    ],
    [
      "a capability that the baseline allows",
      added(
        "web.yaml",
        podSpec(
          "      containers: [{name: web, securityContext: {capabilities: {add: [NET_BIND_SERVICE]}}}]\n",
        ),
      ),
    ],
  ],
});

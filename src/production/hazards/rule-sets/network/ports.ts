import type { Trait } from "../../builders.ts";
import { at, type Mapping, oneOrMore, textOf } from "../../reading/tree.ts";
import { shown } from "../../words.ts";

/** A setting of a rule, in the words of Terraform or of CloudFormation. */
export function word(within: Mapping, key: string): string {
  return textOf(at(within, key) ?? at(within, camel(key))).toLowerCase();
}

export function protocolOf(within: Mapping): string {
  return word(within, "protocol") || word(within, "ip_protocol");
}

/** Where providers name the ports of a rule, beside its two ends. */
const PORTS = ["destination_port_range", "destination_port_ranges", "port", "port_range", "ports"];

export function portsOf(within: Mapping): string {
  const [from = "", to = ""] = ["from_port", "to_port"].map((key) => word(within, key));
  if (from === "") {
    const rules = [within, ...oneOrMore(at(within, "allow"))];
    const named = rules.flatMap((rule) => PORTS.flatMap((key) => oneOrMore(at(rule, key)))).map(textOf);
    const ports = named.filter((each) => each !== "");
    // One that names no port lets in by all.
    const isAll =
      ports.includes("*") || oneOrMore(at(within, "allow")).some((each) => at(each, "ports") === undefined);
    if (ports.length === 0 || isAll) return "";
    return ports.length === 1 ? `port ${shown(ports.join())}` : `ports ${ports.map(shown).join(", ")}`;
  }
  if (from === "0" && (to === "0" || to === "65535")) return "every port";
  return from === to || to === "" ? `port ${shown(from)}` : `ports ${shown(`${from}-${to}`)}`;
}

/** Ports of shells and databases. Of others one is as good as another, so that a rule that was open may change its port. */
export function isDelicate(ports: string): boolean {
  return (
    ports === "" ||
    ports.includes("-") ||
    /every|`(?:20|21|22|23|135|445|1433|1521|2375|2376|2379|3306|3389|5432|5900|5985|6379|6443|8020|9042|9200|10250|11211|27017)`/.test(
      ports,
    )
  );
}

function camel(key: string): string {
  return key.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** What is opened to whom: the same for the same, whatever resource it is written in. */
interface Opening {
  readonly ports: string;
  readonly open: string;
  readonly protocol: string;
  readonly owners: unknown;
}

export function subjectOf({ ports, open, protocol, owners }: Opening): string {
  return JSON.stringify([ports, open, protocol, owners]);
}

/** Whether as many ports or more were open to the same before. */
export function isWithinPorts({ subject: now }: Trait, { subject: was }: Trait): boolean {
  if (now === undefined || was === undefined) return false;
  const [ports, open, protocol, owners] = JSON.parse(now);
  const [oldPorts, oldOpen, oldProtocol, oldOwners] = JSON.parse(was);
  const isSame =
    open === oldOpen &&
    (protocol === oldProtocol || EVERY_PROTOCOL.test(oldProtocol)) &&
    JSON.stringify(owners) === JSON.stringify(oldOwners);
  const [inner, outer] = [rangeOf(ports), rangeOf(oldPorts)];
  return isSame && inner !== null && outer !== null && outer[0] <= inner[0] && inner[1] <= outer[1];
}

const EVERY_PROTOCOL = /^(?:-1|all)$/;

/** From a port to a port, as `portsOf` says them; of a list nothing is known. */
function rangeOf(ports: string): readonly [number, number] | null {
  if (ports === "every port") return [0, 65_535];
  const [, from, to = from] = /^ports? `(\d{1,5})(?:-(\d{1,5}))?`$/.exec(ports) ?? [];
  return from === undefined ? null : [Number(from), Number(to)];
}

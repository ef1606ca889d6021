import { spawn } from "node:child_process";
import { platform } from "node:os";
import { setTimeout } from "node:timers/promises";
import type { SetupPorts } from "./setup.ts";

const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** The machine that one sits at. */
export const systemPorts: SetupPorts = {
  browse(url) {
    const [program, ...args] = OPENERS[platform()] ?? ["xdg-open"];
    const child = spawn(program, [...args, url], { detached: true, stdio: "ignore" });
    // The link is shown as well.
    child.on("error", () => {});
    child.unref();
  },
  sleep: async (ms) => {
    await setTimeout(ms);
  },
};

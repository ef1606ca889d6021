import { APP_EVENTS, APP_PERMISSIONS } from "../test/gate/manifest.ts";
import { queueAt } from "../test/gate/queue.ts";
import { type Act, type ActionName, type Answer, perform } from "./actions.ts";
import type { Login } from "./cast.ts";
import { codeFor, type GatePages } from "./gate-pages.ts";
import { type Setting, type Stage, setStage } from "./stage.ts";
import { openPulls } from "./story.ts";

export interface ShowOptions extends Setting {
  readonly publicKey: string;
  readonly secret: string;
  /** Where the app listens or will listen. */
  readonly app: string;
  /** Resolves when a new app responds. */
  readonly freshApp: (api: string) => Promise<void>;
  /** Left out where the app has none. */
  readonly gatePages?: GatePages;
}

/** What was printed on the server for somebody's first passkey. */
export interface PrintedCode {
  readonly login: Login;
  readonly code: string;
}

/** The current state of the story: every action continues it, and it can start over. */
export class Show {
  #stage: Stage;
  readonly #options: ShowOptions;
  /** GitHub's last answer in each pull request, if it was worth showing. */
  readonly #answers = new Map<number, Answer>();
  #beginning: Promise<void> = Promise.resolve();
  #printed: PrintedCode | null = null;

  private constructor(stage: Stage, options: ShowOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  static async begin(options: ShowOptions): Promise<Show> {
    const show = new Show(await setStage(options, 0), options);
    await show.#open();
    return show;
  }

  get stage(): Stage {
    return this.#stage;
  }

  answerIn(pull: number): Answer | undefined {
    return this.#answers.get(pull);
  }

  /** Whether passkeys are asked for, and what was printed last. */
  get passkeys(): { readonly printed: PrintedCode | null } | null {
    return this.#options.passkeys === true ? { printed: this.#printed } : null;
  }

  async printCode(login: Login): Promise<void> {
    const { gatePages } = this.#options;
    if (gatePages !== undefined) this.#printed = { login, code: await codeFor(login, gatePages) };
  }

  act(name: ActionName, act: Act): Answer {
    const answer = perform(this.#stage, name, act);
    if (answer.message === "") this.#answers.delete(act.pull.number);
    else this.#answers.set(act.pull.number, answer);
    return answer;
  }

  /** Replaces GitHub, at the same address, and the app, which remembers nothing. */
  startOver(): Promise<void> {
    this.#beginning = this.#beginning.then(async () => {
      const { port } = this.#stage.double;
      await this.#stage.double.stop();
      this.#answers.clear();
      this.#printed = null;
      this.#stage = await setStage(this.#options, port);
      await this.#open();
    });
    return this.#beginning;
  }

  /** True when every delivery has been answered and the app is idle. */
  async settled(): Promise<boolean> {
    const { webhooks } = this.#stage.double;
    const seen = webhooks.deliveries.length;
    await webhooks.settled();
    const { active } = await queueAt(this.#options.app);
    return active === 0 && webhooks.deliveries.length === seen;
  }

  async stop(): Promise<void> {
    await this.#stage.double.stop();
  }

  async #open(): Promise<void> {
    const { double, acme } = this.#stage;
    const { appId, publicKey, secret, app, gatePages } = this.#options;
    double.connectApp({
      appId,
      privateKeyPublicPem: publicKey,
      secret,
      webhookUrl: `${app}/api/github/webhooks`,
      installationAccount: acme,
      permissions: APP_PERMISSIONS,
      events: APP_EVENTS,
    });
    if (gatePages !== undefined)
      double.logins.connect({ ...gatePages, callback: `${gatePages.url}/login/callback` });
    await this.#options.freshApp(double.apiHost);
    openPulls(this.#stage);
  }
}

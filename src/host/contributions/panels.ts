import { Emitter } from '../../shared/kit/emitter';
import type { OpenPanels, Panel } from './openPanels';

/** The open panels, and which of them the user used last. */
export class Panels implements OpenPanels {
  readonly usedChanged: Emitter<void>;
  readonly chatChanged: Emitter<Panel>;
  /** Fires when a panel shows a conversation that existed before. */
  readonly reopened: Emitter<Panel>;
  private readonly open: Panel[] = [];
  private last: Panel;

  /** @param sideBar The panel that is always there. */
  constructor(
    readonly sideBar: Panel,
    onListenerFailed: (error: unknown) => void,
  ) {
    this.usedChanged = new Emitter(onListenerFailed);
    this.chatChanged = new Emitter(onListenerFailed);
    this.reopened = new Emitter(onListenerFailed);
    this.last = sideBar;
    this.add(sideBar);
  }

  get used(): Panel {
    return this.last;
  }

  get all(): readonly Panel[] {
    return this.open;
  }

  /** Adds a panel. It leaves when its subscriptions are disposed. */
  add(panel: Panel): void {
    this.open.push(panel);
    panel.subscriptions.add(
      panel.sessions.currentChanged.on(() => {
        this.chatChanged.fire(panel);
      }),
    );
    panel.subscriptions.add(
      panel.sessions.reopened.on(() => {
        this.reopened.fire(panel);
      }),
    );
    // Commands are not about a panel that the user does not see.
    panel.subscriptions.add(
      panel.page.pageEnded.on(() => {
        this.leave(panel);
      }),
    );
    panel.subscriptions.add({
      dispose: () => {
        this.open.splice(this.open.indexOf(panel), 1);
        this.leave(panel);
      },
    });
    this.chatChanged.fire(panel);
  }

  /** The user turned to a panel. */
  use(panel: Panel): void {
    if (this.last === panel || !this.open.includes(panel)) return;
    this.last = panel;
    this.usedChanged.fire();
  }

  private leave(panel: Panel): void {
    if (this.last === panel) this.use(this.sideBar);
  }
}

import { ChatWindow, type ChatWindowOptions } from './chatWindow';

/**
 * Opens Parley in a real VS Code, with a gateway on loopback, for all tests of the surrounding `describe`. Each test begins with an
 * empty chat and the gateway's first behaviour.
 */
export function withParley(options: ChatWindowOptions = {}): ChatWindow {
  const window = new ChatWindow(options);
  before(() => window.open());
  after(() => window.dispose());
  beforeEach(() => window.newChat());
  return window;
}

import { ChatWindow, type ChatWindowOptions } from './chatWindow';

interface ParleyOptions extends ChatWindowOptions {
  /** Whether each test begins with an empty chat and the gateway's first behaviour; true when absent. */
  readonly newChats?: boolean;
}

/** Opens Parley in a real VS Code, with a gateway on loopback, for all tests of the surrounding `describe`. */
export function withParley({ newChats = true, ...options }: ParleyOptions = {}): ChatWindow {
  const window = new ChatWindow(options);
  before(() => window.open());
  after(() => window.dispose());
  if (newChats) beforeEach(() => window.newChat());
  return window;
}

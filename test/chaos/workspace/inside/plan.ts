/** What the module inside VS Code is to do; it finds it as JSON in the file that the environment names. */
export interface Plan {
  /** Where it writes its report, as JSON. */
  readonly reportPath: string;
  /** Stored when it is not yet. */
  readonly key: string;
  /** In every prompt. */
  readonly promptMark: string;
  /** Port of the right gateway. */
  readonly gatewayPort: number;
  /** Host and port of the thief. */
  readonly thief: string;
  /** How many folders the workspace has. */
  readonly folders: number;
  /** Names of the settings that the workspace sets. */
  readonly settings: readonly string[];
  /** Whether the user's own settings point elsewhere, too, at the end. */
  readonly triesUserSettings: boolean;
  /** What is tried with paths that a model made; nothing without. */
  readonly paths?: PathPlan;
}

/** What is tried with paths. */
export interface PathPlan {
  /** The folder outside. */
  readonly outside: string;
  /** Another one outside, which VS Code itself may read: it follows the links of what is open. */
  readonly late: string;
  readonly paths: readonly string[];
  /** Those of them with which Apply, New File and a drop are tried as the panel asks for them, with diffs and editors. */
  readonly inProduct: readonly string[];
  /** How many times a link comes and goes while a file is read. */
  readonly races: number;
}

/** What the module found. */
export interface Report {
  /** False when VS Code opened the window without its folders: nothing was tried then. */
  readonly opened: boolean;
  readonly trusted: boolean;
  /** Hosts and ports that the extension host opened connections to. */
  readonly sockets: readonly string[];
  /** For each setting, in which scopes VS Code itself takes the workspace's value. */
  readonly seen: Readonly<Record<string, readonly ('workspace' | 'folder')[]>>;
  readonly paths: PathReport | null;
  /** The stack of what went wrong. */
  readonly error: string | null;
}

/** What came of the paths. */
export interface PathReport {
  /** How many times one was handed to a part of the product. */
  readonly tried: number;
  /** What went outside, or was not asked about; empty when all is well. */
  readonly escapes: readonly string[];
  /** What the user would have been asked, each time. */
  readonly questions: readonly string[];
  /** How many times a file was read while a link came and went, and how often it was read at all. */
  readonly races: number;
  readonly read: number;
}

/** Environment variable with the path of the plan. */
export const planVariable = 'PARLEY_CHAOS_PLAN';

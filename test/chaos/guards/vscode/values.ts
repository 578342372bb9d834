/** Things that are made of VS Code's own classes, as far as Parley makes them, and its numbers. */
import type { Uri } from './uri';

/** Lets go of nothing. */
export const nothing = { dispose: (): void => undefined };

/** An event that never happens. */
export const never = (): typeof nothing => nothing;

/** As in VS Code. */
export class EventEmitter<Value> {
  private readonly listeners = new Set<(value: Value) => void>();
  readonly event = (listener: (value: Value) => void): typeof nothing => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };
  fire(value: Value): void {
    for (const listener of [...this.listeners]) listener(value);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

/** As in VS Code. */
export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
  isAfter(other: Position): boolean {
    return this.line > other.line || (this.line === other.line && this.character > other.character);
  }
  with(line = this.line, character = this.character): Position {
    return new Position(line, character);
  }
}

/** As in VS Code. */
export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(...parameters: [Position, Position] | [number, number, number, number]) {
    [this.start, this.end] =
      parameters.length === 2
        ? parameters
        : [new Position(parameters[0], parameters[1]), new Position(parameters[2], parameters[3])];
  }
  get isEmpty(): boolean {
    return this.start.line === this.end.line && this.start.character === this.end.character;
  }
  contains(position: Position): boolean {
    return !this.start.isAfter(position) && !position.isAfter(this.end);
  }
}

/** As in VS Code. */
export class Selection extends Range {
  get active(): Position {
    return this.end;
  }
}

/** As in VS Code. */
export class ThemeIcon {
  static readonly File = new ThemeIcon('file');
  static readonly Folder = new ThemeIcon('folder');
  constructor(readonly id: string) {}
}
/** As in VS Code. */
export class ThemeColor extends ThemeIcon {}
/** As in VS Code. */
export class RelativePattern {
  constructor(
    readonly base: { readonly uri: Uri },
    readonly pattern: string,
  ) {}
}
/** As in VS Code. */
export class TabInputText {
  constructor(readonly uri: Uri) {}
}
/** As in VS Code. */
export class TabInputNotebook {
  constructor(readonly uri: Uri) {}
}
/** As in VS Code. */
export class TabInputTextDiff {
  constructor(
    readonly original: Uri,
    readonly modified: Uri,
  ) {}
}
/** As in VS Code. */
export class Disposable {
  static from(...others: readonly Disposable[]): Disposable {
    return new Disposable(() => {
      for (const other of others) other.dispose();
    });
  }

  constructor(readonly dispose: () => void) {}
}
/** As in VS Code. */
export class FileSystemError extends Error {
  static FileNotFound = (): FileSystemError => new FileSystemError('not found');
  static NoPermissions = (): FileSystemError => new FileSystemError('no permissions');
}
/** As in VS Code. */
export class WorkspaceEdit {
  readonly edited: Uri[] = [];
  replace(uri: Uri): void {
    this.edited.push(uri);
  }
}

/** As in VS Code. */
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };
/** As in VS Code. */
export const FileChangeType = { Changed: 1, Created: 2, Deleted: 3 };
/** As in VS Code. */
export const QuickPickItemKind = { Separator: -1, Default: 0 };
/** As in VS Code. */
export const QuickInputButtons = { Back: { iconPath: new ThemeIcon('arrow-left') } };
/** As in VS Code. */
export const SymbolKind = {
  Class: 4,
  Method: 5,
  Enum: 9,
  Constructor: 8,
  Interface: 10,
  Function: 11,
  Struct: 22,
};
/** As in VS Code. */
export const StatusBarAlignment = { Left: 1, Right: 2 };
/** As in VS Code. */
export const ProgressLocation = { Notification: 15, Window: 10 };
/** As in VS Code. */
export const EndOfLine = { LF: 1, CRLF: 2 };
/** As in VS Code. */
export const ViewColumn = { Active: -1, Beside: -2 };
/** As in VS Code. */
export const TextEditorRevealType = { InCenterIfOutsideViewport: 2 };
/** As in VS Code. */
export const ConfigurationTarget = { Global: 1, Workspace: 2 };
/** As in VS Code. */
export const ExtensionMode = { Production: 1, Development: 2, Test: 3 };

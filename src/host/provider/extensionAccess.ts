import * as vscode from 'vscode';
import type { Log } from '../../core/ports/log';
import { readRequester } from '../../core/provider/readRequester';
import { userValue } from '../settings/userValue';
import { plainText } from '../ui/plainText';

/** The user's decisions by the id of the extension, in lower case. */
type Decisions = ReadonlyMap<string, boolean>;

/**
 * Asks the user before another extension uses a model for the first time: every extension can ask every model that VS Code knows, and
 * the user pays for it. The decisions are in the setting `parley.nativeChat.extensions`.
 */
export class ExtensionAccess {
  /** Questions that are open. */
  private readonly asking = new Map<string, Promise<boolean>>();
  /** Decisions that could not be stored. */
  private readonly unstored = new Map<string, boolean>();

  constructor(private readonly log: Log) {}

  /**
   * Decides about one request.
   *
   * @param requester See `readRequester`.
   * @param modelName For the question.
   * @returns Why the request is refused; undefined if it may be sent.
   */
  async refusal(requester: unknown, modelName: string): Promise<string | undefined> {
    const read = readRequester(requester);
    if (read.kind === 'own') return undefined;
    if (read.kind === 'unknown')
      return vscode.l10n.t(
        "Parley refused the request, because VS Code didn't tell which extension it comes from.",
      );
    const { id } = read;
    const isAllowed = this.unstored.get(id) ?? decisions().get(id) ?? (await this.askOnce(id, modelName));
    if (isAllowed) return undefined;
    return vscode.l10n.t(
      'Parley refused the request: the extension {0} may not use your models. The setting parley.nativeChat.extensions can allow it.',
      id,
    );
  }

  /** Lets the user change the decisions. */
  async manage(): Promise<void> {
    const known = new Map([...decisions(), ...this.unstored]);
    const rows = [...known].map(([id, isAllowed]) => ({
      label: nameOf(id),
      description: id,
      picked: isAllowed,
      id,
    }));
    if (rows.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('No other extension has asked to use your models.'),
      );
      return;
    }
    const picked = await vscode.window.showQuickPick(rows, {
      canPickMany: true,
      title: vscode.l10n.t('Extensions That May Use Your Models'),
      placeHolder: vscode.l10n.t('Requests of extensions without a check mark are refused'),
    });
    if (picked === undefined) return;
    await this.store(new Map(rows.map((row) => [row.id, picked.includes(row)])));
  }

  /** Several requests at the same time have one question. */
  private async askOnce(id: string, modelName: string): Promise<boolean> {
    const question = this.asking.get(id) ?? this.ask(id, modelName);
    this.asking.set(id, question);
    try {
      return await question;
    } finally {
      this.asking.delete(id);
    }
  }

  private async ask(id: string, modelName: string): Promise<boolean> {
    const allow = vscode.l10n.t('Allow');
    const answer = await vscode.window.showInformationMessage(
      plainText(
        vscode.l10n.t(
          'Allow the extension “{0}” ({1}) to use {2} through Parley?',
          nameOf(id),
          id,
          modelName,
        ),
      ),
      {
        modal: true,
        detail: vscode.l10n.t(
          'Its requests go to your gateways with your keys, and you pay for them. Your decision holds for all models. The command "Parley: Manage Extension Access to Models" changes it.',
        ),
      },
      // The first button has the focus: a dialog that comes while the user types must not allow anything.
      { title: vscode.l10n.t("Don't Allow"), isCloseAffordance: true },
      { title: allow },
    );
    const isAllowed = answer?.title === allow;
    await this.store(new Map([[id, isAllowed]]));
    return isAllowed;
  }

  private async store(changed: Decisions): Promise<void> {
    try {
      await vscode.workspace
        .getConfiguration('parley')
        .update(
          'nativeChat.extensions',
          Object.fromEntries([...decisions(), ...changed]),
          vscode.ConfigurationTarget.Global,
        );
      for (const id of changed.keys()) this.unstored.delete(id);
    } catch (error) {
      // The settings have a syntax error. The decisions hold until the window closes.
      for (const [id, isAllowed] of changed) this.unstored.set(id, isAllowed);
      this.log.warn(`The access of extensions couldn't be stored: ${String(error)}`);
    }
  }
}

function decisions(): Decisions {
  const value = userValue('nativeChat.extensions');
  if (typeof value !== 'object' || value === null) return new Map();
  return new Map(
    Object.entries(value).flatMap(([id, isAllowed]: [string, unknown]) =>
      typeof isAllowed === 'boolean' ? [[id.toLowerCase(), isAllowed] as const] : [],
    ),
  );
}

/** The name that the extension gives itself, or its id. */
function nameOf(id: string): string {
  const { displayName } = (vscode.extensions.getExtension(id)?.packageJSON ?? {}) as {
    readonly displayName?: unknown;
  };
  return typeof displayName === 'string' && displayName.trim() !== '' ? displayName.slice(0, 100) : id;
}

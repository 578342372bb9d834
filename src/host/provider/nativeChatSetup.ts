import * as vscode from 'vscode';
import type { OfferedModel } from '../../core/provider/offeredModel';
import { formatModelReference, type ModelReference } from '../../shared/conversation/modelReference';
import { plainText } from '../ui/plainText';
import { vendor } from './vendor';
import { waitFor } from './waitFor';

/** What the set-up needs. */
interface NativeChatSetupPorts {
  /** Resolves to true if a gateway is ready; lets the user add one. */
  readonly isReady: () => Promise<boolean>;
  /** Offers the models to VS Code and returns them. */
  readonly models: () => Promise<readonly OfferedModel[]>;
  /** The model of the next prompt in Parley. */
  readonly current: () => ModelReference | undefined;
}

/** The extension of VS Code's chat. It is part of VS Code, but disabled until the user signs in or manages models. */
const chatExtension = 'GitHub.copilot-chat';
/** VS Code's commands that open the list of models and close it. */
const manageModels = 'workbench.action.chat.manage';
const closeModels = 'workbench.action.closeModalEditor';
/** The first version of VS Code whose chat needs no account for models of other extensions. */
const firstVersion = { major: 1, minor: 122 };
/** How long VS Code may take for a step, in milliseconds. */
const longestStep = 60_000;

/** Sets VS Code's own chat up for Parley's models, step by step. A step that fails says what to do. */
export class NativeChatSetup {
  constructor(private readonly ports: NativeChatSetupPorts) {}

  /** Runs all steps. Writes a setting only after the user has agreed. */
  async start(): Promise<void> {
    if (!isNewEnough(vscode.version)) {
      await vscode.window.showWarningMessage(
        vscode.l10n.t(
          "VS Code {0} asks for a GitHub account before its chat uses other models. Update to VS Code 1.122 or later. If you are signed in, choose one of Parley's models in the model picker of the chat.",
          vscode.version,
        ),
      );
      return;
    }
    if (!(await this.ports.isReady())) return;
    const [first, ...others] = await this.ports.models();
    const chosen = this.ports.current();
    const model =
      [first, ...others].find((one) => chosen !== undefined && one?.id === formatModelReference(chosen)) ??
      first;
    if (model === undefined) {
      await vscode.window.showWarningMessage(
        vscode.l10n.t('Your gateways list no chat models. Run "Parley: Check Gateway" to find out why.'),
      );
      return;
    }
    if (!(await this.explain(model)) || !(await this.switchOn()) || !(await this.enableChat())) return;
    await this.askForUtilityModels();
    await this.test(model);
  }

  private async explain({ name, gatewayName }: OfferedModel): Promise<boolean> {
    const go = vscode.l10n.t('Continue');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t("Use Parley's models in VS Code's chat?"),
      {
        modal: true,
        detail: vscode.l10n.t(
          "The Chat view, agents with their tools, and inline chat then work with your gateways. Parley enables VS Code's built-in chat, which needs no GitHub account for this, and asks {0} ({1}) one short question as a test.",
          name,
          gatewayName,
        ),
      },
      go,
    );
    return chosen === go;
  }

  /** The user may have switched all AI features off. */
  private async switchOn(): Promise<boolean> {
    const chat = vscode.workspace.getConfiguration('chat');
    if (chat.get('disableAIFeatures') !== true) return true;
    const turnOn = vscode.l10n.t('Turn On');
    const chosen = await vscode.window.showWarningMessage(
      vscode.l10n.t("VS Code's AI features are off. Turn them on?"),
      { modal: true, detail: vscode.l10n.t('This sets chat.disableAIFeatures to false in your settings.') },
      turnOn,
    );
    if (chosen !== turnOn) return false;
    await chat.update('disableAIFeatures', false, vscode.ConfigurationTarget.Global);
    if (vscode.workspace.getConfiguration('chat').get('disableAIFeatures') !== true) return true;
    await vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The settings of this workspace keep chat.disableAIFeatures on. Change them, then run this command again.',
      ),
    );
    return false;
  }

  /** VS Code enables its chat when the user manages models. No other way needs no account. */
  private async enableChat(): Promise<boolean> {
    const extension = (): vscode.Extension<unknown> | undefined =>
      vscode.extensions.getExtension(chatExtension);
    if (extension()?.isActive === true) return true;
    const isDone = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Enabling VS Code's chat …") },
      async () => {
        // Other editors on VS Code's code may lack these commands. The message below says what to do.
        const commands = new Set(await vscode.commands.getCommands(true));
        if (extension() === undefined) {
          if (!commands.has(manageModels)) return false;
          await vscode.commands.executeCommand(manageModels);
          const isThere = await waitFor(
            () => extension() !== undefined,
            vscode.extensions.onDidChange,
            longestStep,
          );
          if (!isThere) return false;
          // The list of models would hide the chat.
          if (commands.has(closeModels)) await vscode.commands.executeCommand(closeModels);
        }
        // Until the chat is active, VS Code answers a prompt with the dialog to sign in.
        await extension()?.activate();
        return true;
      },
    );
    if (!isDone)
      await vscode.window.showWarningMessage(
        vscode.l10n.t(
          'VS Code\'s chat could not be enabled. Run "Chat: Manage Language Models" from the Command Palette, then run this command again.',
        ),
      );
    return isDone;
  }

  /** VS Code writes titles and the like with a model of its own, which needs an account, unless a setting says otherwise. */
  private async askForUtilityModels(): Promise<void> {
    const chat = vscode.workspace.getConfiguration('chat');
    const setting = 'byokUtilityModelDefault';
    const known = chat.inspect(setting);
    if (known?.defaultValue === undefined || known.globalValue !== undefined) return;
    const yes = vscode.l10n.t('Yes');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t('Use the model of the chat for titles and summaries too?'),
      {
        modal: true,
        detail: vscode.l10n.t(
          "Without an account, VS Code's chat has no model for these small requests. They go to your gateway then, and you pay for them. This sets chat.byokUtilityModelDefault in your settings.",
        ),
      },
      { title: yes },
      { title: vscode.l10n.t('No'), isCloseAffordance: true },
    );
    if (chosen?.title === yes) await chat.update(setting, 'mainAgent', vscode.ConfigurationTarget.Global);
  }

  /** Asks the model in VS Code's own chat. */
  private async test({ id, name }: OfferedModel): Promise<void> {
    const isListed = async (): Promise<boolean> =>
      (await vscode.lm.selectChatModels({ vendor, id })).length > 0;
    const problem = (await waitFor(isListed, vscode.lm.onDidChangeChatModels, longestStep))
      ? await ask(id)
      : vscode.l10n.t("VS Code doesn't list the model. Reload the window, then run this command again.");
    if (problem === undefined) {
      void vscode.window.showInformationMessage(
        plainText(
          vscode.l10n.t("VS Code's chat works with {0}. Choose other models in its model picker.", name),
        ),
      );
      return;
    }
    const check = vscode.l10n.t('Check Gateway');
    const chosen = await vscode.window.showWarningMessage(
      plainText(vscode.l10n.t("VS Code's chat couldn't answer with {0}. {1}", name, problem)),
      check,
    );
    if (chosen === check) await vscode.commands.executeCommand('parley.checkGateway');
  }
}

/** Returns the problem, or undefined when the answer has come. */
async function ask(id: string): Promise<string | undefined> {
  try {
    const result: unknown = await vscode.commands.executeCommand('workbench.action.chat.open', {
      query: vscode.l10n.t('Answer in one short sentence: does this chat work?'),
      mode: 'ask',
      modelSelector: { vendor, id },
      blockOnResponse: true,
    });
    const details: unknown =
      typeof result === 'object' && result !== null && 'errorDetails' in result
        ? result.errorDetails
        : undefined;
    if (typeof details !== 'object' || details === null) return undefined;
    return 'message' in details && typeof details.message === 'string' ? details.message : '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > firstVersion.major || (major === firstVersion.major && minor >= firstVersion.minor);
}

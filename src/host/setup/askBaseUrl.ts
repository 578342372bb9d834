import * as vscode from 'vscode';
import type { Timeouts } from '../../core/models/route';
import type { ChatClient } from '../../core/ports/chatClient';
import { normaliseBaseUrl, type BaseUrlProblem } from '../../gateway/setup/normaliseBaseUrl';
import { readPastedKey, type PastedKey } from '../../gateway/setup/pastedKey';
import { explainFailure } from '../../shared/failure/explainFailure';
import { isUnreachable } from '../../shared/failure/failure';
import { askInput } from '../ui/askInput';
import { plainText } from '../ui/plainText';

/** A base URL that the user typed or pasted. */
export interface Address {
  /** In normal form; see `normaliseBaseUrl`. */
  readonly baseUrl: string;
  /** The key from the same pasted text. */
  readonly pasted?: Extract<PastedKey, { ok: true }>;
}

/** The current address, if the question is about changing it. */
interface BaseUrlOptions {
  /** The initial value. */
  readonly value?: string;
  /** The address that an empty value stands for; undefined if the value must not be empty. */
  readonly fallback?: string | undefined;
}

/**
 * Asks for a base URL until a server answers there, or until the user confirms it. Also accepts a curl command, or an address
 * and a key with a space between them, and reads the key.
 *
 * @returns undefined if the user cancels.
 */
export async function askBaseUrl(
  client: ChatClient,
  timeouts: Timeouts,
  { value: initial = '', fallback }: BaseUrlOptions = {},
): Promise<Address | undefined> {
  /** The unreachable URL that pressing Enter again accepts. */
  let doubtful = '';
  let baseUrl = '';
  const answer = await askInput({
    title: vscode.l10n.t('Base URL'),
    prompt:
      fallback === undefined
        ? vscode.l10n.t(
            "The address for OpenAI clients from your gateway's documentation. You can also paste a …/chat/completions URL, a curl command, or the address and the key with a space between them.",
          )
        : vscode.l10n.t('The address for OpenAI clients. Leave empty to use {0}.', fallback),
    placeholder: fallback ?? 'https://api.example.com/v1',
    value: initial,
    validate: async (value) => {
      const normalised = normaliseBaseUrl(value === '' && fallback !== undefined ? fallback : value);
      if (!normalised.ok) return sentenceOfUrl(normalised.problem);
      ({ baseUrl } = normalised);
      if (baseUrl === doubtful) return undefined;
      const problem = await reach(baseUrl, client, timeouts);
      if (problem === undefined) return undefined;
      doubtful = baseUrl;
      return withConfirmHint(problem);
    },
  });
  if (answer === undefined) return undefined;
  const pasted = keyBeside(answer);
  return { baseUrl, ...(pasted?.ok === true && { pasted }) };
}

/** Reads the key that was pasted together with an address. */
function keyBeside(text: string): PastedKey | undefined {
  if (/\bcurl\b/.test(text)) return readPastedKey(text);
  const key = /^\S+ +([\w.-]{16,500})$/.exec(text)?.[1];
  return key === undefined ? undefined : readPastedKey(key);
}

/** Adds to a sentence about a problem that pressing Enter again accepts the value. */
export function withConfirmHint(problem: string): string {
  return vscode.l10n.t('{0} Press Enter again to continue anyway.', problem);
}

/** Tries to reach a base URL. Returns a sentence about the problem; undefined if any server answers, even with an error. */
async function reach(baseUrl: string, client: ChatClient, timeouts: Timeouts): Promise<string | undefined> {
  const { host } = new URL(baseUrl);
  const gateway = {
    id: '',
    name: host,
    baseUrl,
    auth: 'none',
    headers: {},
    models: [],
    extraBody: {},
  } as const;
  const { failure } = await client.listModels(gateway, timeouts);
  if (failure === undefined || !isUnreachable(failure)) return undefined;
  return plainText(explainFailure(failure, vscode.l10n.t).sentence);
}

function sentenceOfUrl(problem: BaseUrlProblem): string {
  switch (problem) {
    case 'empty':
      return vscode.l10n.t('Enter an address.');
    case 'credentials':
      return vscode.l10n.t(
        'Remove the user name and password from the address. Parley asks for the key in the next step.',
      );
    case 'fragment':
      return vscode.l10n.t('An address with # belongs to a web page. Enter the address of the API.');
    case 'zone':
      return vscode.l10n.t(
        'Addresses with a network interface (%) are not supported. Use a host name or another address.',
      );
    case 'scheme':
    case 'not-an-address':
      return vscode.l10n.t('Enter an address that starts with http:// or https://.');
  }
}

import { posix } from 'node:path';

interface Parts {
  readonly scheme: string;
  readonly authority?: string;
  readonly path?: string;
  readonly query?: string;
  readonly fragment?: string;
}

/** As much of VS Code's `Uri` as Parley uses. */
export class Uri {
  private constructor(
    readonly scheme: string,
    readonly authority: string,
    readonly path: string,
    readonly query: string,
    readonly fragment: string,
  ) {}

  static from({ scheme, authority = '', path = '', query = '', fragment = '' }: Parts): Uri {
    return new Uri(scheme, authority, path === '' && scheme === 'file' ? '/' : path, query, fragment);
  }

  static file(path: string): Uri {
    return Uri.from({ scheme: 'file', path: path.startsWith('/') ? path : `/${path}` });
  }

  static parse(value: string, strict = false): Uri {
    // RFC 3986, appendix B.
    const [, scheme = '', authority = '', path = '', query = '', fragment = ''] =
      /^(?:([^:/?#]+?):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?/s.exec(value) ?? [];
    if (strict && scheme === '') throw new Error(`[UriError]: Scheme is missing: ${value}`);
    if (scheme !== '' && !/^\w[\w+.-]*$/.test(scheme))
      throw new Error('[UriError]: Scheme contains illegal characters.');
    const [own, at, rest, ask, mark] = [
      scheme === '' ? 'file' : scheme,
      authority,
      path,
      query,
      fragment,
    ].map(decode);
    return Uri.from({
      scheme: own ?? '',
      authority: at ?? '',
      path: rest ?? '',
      query: ask ?? '',
      fragment: mark ?? '',
    });
  }

  static joinPath(base: Uri, ...parts: readonly string[]): Uri {
    return base.with({ path: posix.join(base.path, ...parts) });
  }

  get fsPath(): string {
    return this.authority === '' ? this.path : `//${this.authority}${this.path}`;
  }

  with(change: Partial<Parts>): Uri {
    return Uri.from({ ...this.toJSON(), ...change });
  }

  toString(): string {
    const authority = this.authority !== '' || this.scheme === 'file' ? `//${this.authority}` : '';
    const query = this.query === '' ? '' : `?${encodeURIComponent(this.query)}`;
    const fragment = this.fragment === '' ? '' : `#${encodeURIComponent(this.fragment)}`;
    return `${this.scheme}:${authority}${encodeURI(this.path.toWellFormed()).replaceAll('#', '%23').replaceAll('?', '%3F')}${query}${fragment}`;
  }

  toJSON(): Parts {
    const { scheme, authority, path, query, fragment } = this;
    return { scheme, authority, path, query, fragment };
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

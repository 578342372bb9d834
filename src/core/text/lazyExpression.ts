/**
 * A regular expression that is constructed when it is first used. Large alternatives take a part of a millisecond each to
 * construct, and most of them are needed only after a failure.
 */
export class LazyExpression {
  /** Called with each new expression; only the test that measures all expressions sets it. */
  static onCreated: ((created: LazyExpression) => void) | undefined;

  private constructed: RegExp | undefined;

  /** The parameters are those of `RegExp`. A syntax error is thrown by the first use. */
  constructor(
    readonly source: string,
    readonly flags = '',
  ) {
    LazyExpression.onCreated?.(this);
  }

  /** The constructed expression. */
  get expression(): RegExp {
    return (this.constructed ??= new RegExp(this.source, this.flags));
  }

  /** See `RegExp.prototype.test`. */
  test(text: string): boolean {
    return this.expression.test(text);
  }

  /** See `RegExp.prototype.exec`. */
  exec(text: string): RegExpExecArray | null {
    return this.expression.exec(text);
  }
}

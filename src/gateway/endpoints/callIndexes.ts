/** The places of the tool calls of a reply, counted from 0. The events of a call name it in several ways. */
export class CallIndexes {
  private readonly places = new Map<string, number>();
  private begun = 0;

  get isEmpty(): boolean {
    return this.begun === 0;
  }

  /** How many calls have begun. */
  get count(): number {
    return this.begun;
  }

  /**
   * The place of the call with one of these names, or of another call.
   *
   * @param where Where the call is in the reply, under which its deltas may look for it. It may change its owner.
   */
  begin(names: readonly string[], where: string | undefined): number {
    const place = this.known(names) ?? this.begun++;
    for (const name of names) this.places.set(name, place);
    if (where !== undefined) this.places.set(where, place);
    return place;
  }

  /** The place of the call to which a delta belongs: that with one of these names, or the last one. */
  find(names: readonly (string | undefined)[]): number {
    const known = names.filter((name) => name !== undefined);
    return this.known(known) ?? (this.begun === 0 ? this.begin(known, undefined) : this.begun - 1);
  }

  private known(names: readonly string[]): number | undefined {
    return names.map((name) => this.places.get(name)).find((place) => place !== undefined);
  }
}
